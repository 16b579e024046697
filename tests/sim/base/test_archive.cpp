#include "sim/base/archive.hpp"

#include <doctest/doctest.h>

namespace {

enum class Colour : std::int8_t { red, green };

struct Purse {
    std::int64_t coins = 0;
    std::vector<double> notes{};
    std::string owner{};
    Colour colour = Colour::red;
    bool operator==(const Purse&) const = default;
};

void visit_state(sim::Archive& archive, Purse& p)
{
    archive("coins", p.coins), archive("notes", p.notes), archive("owner", p.owner), archive("colour", p.colour);
}

struct Household {
    std::vector<Purse> purses{};
    std::array<std::vector<int>, 2> rooms{};
    std::pair<float, bool> heat{};
    bool operator==(const Household&) const = default;

    void visit_state(sim::Archive& archive)
    {
        archive("purses", purses), archive("rooms", rooms), archive("heat", heat);
    }
};

const Household example{{{3, {0.1, -0.0}, "Ada", Colour::green}, {}}, {{{1, 2, 3}, {}}}, {20.5F, true}};

std::vector<std::byte> bytes_of(Household state)
{
    sim::Archive out;
    out("household", state);
    return out.take();
}

} // namespace

TEST_CASE("one description takes a state down and brings it back")
{
    const auto bytes = bytes_of(example);
    sim::Archive in(bytes);
    Household back{{{9, {1, 2, 3, 4}, "other", Colour::red}}, {{{7}, {8, 9}}}, {1, false}}; // all of it has to go
    in("household", back);
    in.end();
    CHECK(back == example);
    CHECK(bytes_of(back) == bytes);
}

TEST_CASE("every cut of the bytes is refused, and so is what is left over")
{
    const auto bytes = bytes_of(example);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        sim::Archive in(std::span<const std::byte>(bytes).first(size));
        Household back;
        CHECK_THROWS_AS(in("household", back), sim::ArchiveError);
    }
    auto longer = bytes;
    longer.push_back(std::byte{0});
    sim::Archive in(longer);
    Household back;
    in("household", back);
    CHECK_THROWS_AS(in.end(), sim::ArchiveError);
}

TEST_CASE("bytes of a field of another name or size are refused with the name")
{
    sim::Archive out;
    std::int32_t small = 5;
    out("stock", small);
    const auto bytes = out.take();
    std::int64_t large = 0;
    sim::Archive other_size(bytes), other_name(bytes);
    CHECK_THROWS_WITH(other_size("stock", large), "'stock' was expected behind the beginning");
    CHECK_THROWS_WITH(other_name("price", small), "'price' was expected behind the beginning");
}

TEST_CASE("a length that the bytes cannot hold is refused before memory is taken for it")
{
    sim::Archive out;
    std::vector<double> values{1, 2};
    out("values", values);
    auto bytes = out.take();
    bytes[9] = std::byte{0xFF}; // the length follows four bytes of the mark
    sim::Archive in(bytes);
    CHECK_THROWS_AS(in("values", values), sim::ArchiveError);
}
