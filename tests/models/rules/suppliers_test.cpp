// Links: the rotation of orders over them, what a seller ships at once of an order, reviews.
#include "models/firms/suppliers.hpp"
#include "models/markets/orders.hpp"
#include "sim/base/random.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace fabrica;

namespace {

constexpr Goods units(std::int64_t n) { return {1000 * n}; }

InputLinks slot_with(std::array<std::uint16_t, max_suppliers> shares, int links)
{
    InputLinks slot;
    slot.share = shares, slot.suppliers = static_cast<std::uint8_t>(links);
    return slot;
}

std::array<int, max_suppliers> visits(InputLinks slot, sim::Key key, int reviews)
{
    std::array<int, max_suppliers> count{};
    for (int i = 0; i < reviews; ++i) {
        slot.reviews = static_cast<std::uint16_t>(i);
        ++count[static_cast<std::size_t>(rotated_link(slot, key, 0))];
    }
    return count;
}

} // namespace

TEST_CASE("each link is visited in proportion to its share, evenly over time")
{
    // shares 1 : 2 : 5; steps of the golden ratio leave less than a few visits of error, whatever the number of reviews
    for (const sim::Key key : {1ULL, 77ULL, 123456789ULL})
        for (const int reviews : {16, 100, 1000}) {
            const auto count = visits(slot_with({1000, 2000, 5000, 0}, 3), key, reviews);
            CHECK(std::abs(count[0] - reviews / 8.0) <= 3);
            CHECK(std::abs(count[1] - reviews / 4.0) <= 3);
            CHECK(std::abs(count[2] - reviews * 5 / 8.0) <= 3);
            CHECK(count[3] == 0);
        }
}

TEST_CASE("one link gets every order, and what the market supplies takes no turn")
{
    CHECK(visits(slot_with({65535, 0, 0, 0}, 1), 5, 50)[0] == 50);
    CHECK(visits(slot_with({3000, 0, 0, 0}, 1), 5, 50)[0] == 50);
}

TEST_CASE("two firms with equal links do not take turns in step")
{
    int together = 0;
    const auto slot = slot_with({1, 1, 0, 0}, 2);
    for (sim::Key key = 0; key < 400; ++key) together += rotated_link(slot, key, 0) == 0;
    CHECK(together > 150); // about 200 of 400, each by its own start
    CHECK(together < 250);
}

TEST_CASE("a part of an order is shipped from a third of it on, in proportion to all that is open")
{
    // 60 are ordered beside a backlog of 30: of a stock of 30, 30 x 60 / 90 = 20, just a third; of 29.997 it is 19.998, which waits.
    CHECK(ration(units(30), units(30), units(60), false) == units(20));
    CHECK(ration(Goods{29997}, units(30), units(60), false) == Goods{});
    CHECK(ration(units(45), units(30), units(60), false) == units(30)); // half of it
    // The stock covers all that is open: all of the order, not more.
    CHECK(ration(units(90), units(30), units(60), false) == units(60));
    CHECK(ration(units(500), units(30), units(60), false) == units(60));
    CHECK(ration(units(0), units(0), units(60), false) == Goods{});
    // With priority the whole stock is there for the order, again from a third on.
    CHECK(ration(units(30), units(300), units(60), true) == units(30));
    CHECK(ration(units(20), units(300), units(60), true) == units(20));
    CHECK(ration(Goods{19999}, units(300), units(60), true) == Goods{});
    CHECK(ration(units(80), units(300), units(60), true) == units(60));
}

TEST_CASE("rationing ships no more than there is, whatever is open")
{
    // Ten orders of 7 share a stock of 40: the backlog of each is that of the nine others, 63. 40 x 7 / 70 = 4 each.
    CHECK(ration(units(40), units(63), units(7), false) == units(4));
    CHECK(ration(Goods{3'000'000'000'000'000}, Goods{4'000'000'000'000'000}, Goods{4'000'000'000'000'000}, false) ==
          Goods{1'500'000'000'000'000}); // beyond 64 bits in between
}

TEST_CASE("E6: the least useful link competes in a third of the months of the probability of a quarter")
{
    // 0.3 a quarter is 0.1 a month: of 100 000 reviews 10 000, with a standard deviation of sqrt(100 000 x 0.1 x 0.9) = 95.
    int reviewed = 0, both = 0;
    for (sim::Key firm = 0; firm < 100000; ++firm) {
        const auto chance = sim::mix64(firm);
        const bool first = is_reviewed_this_month(chance, 0, 0.3), second = is_reviewed_this_month(chance, 1, 0.3);
        reviewed += first, both += first && second;
    }
    CHECK(std::abs(reviewed - 10000) < 5 * 95);
    CHECK(std::abs(both - 1000) < 5 * 32); // inputs of a firm independently: 0.01
    for (sim::Key firm = 0; firm < 1000; ++firm) CHECK_FALSE(is_reviewed_this_month(firm, 0, 0));
}
