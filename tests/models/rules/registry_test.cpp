// The registry of a firm's fields sees every byte of a firm that is not padding, once; and the hash over it sees every bit of them.
#include "models/state/firm.hpp"
#include "sim/base/hash.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include <cstring>
#include <set>
#include <string>
#include <vector>

using namespace fabrica;

namespace {

struct Field {
    std::string name;
    std::size_t offset, size;
    bool is_flag;
};

std::vector<Field> fields_of(Firm& firm)
{
    std::vector<Field> all;
    const auto* start = reinterpret_cast<const char*>(&firm);
    visit_fields(firm, [&](const char* name, auto& value) {
        const auto at = reinterpret_cast<const char*>(&value) - start;
        all.push_back(
            {name, static_cast<std::size_t>(at), sizeof value, std::is_same_v<std::decay_t<decltype(value)>, bool>});
    });
    return all;
}

/// How often each byte of a firm is visited.
std::vector<int> coverage(const std::vector<Field>& fields)
{
    std::vector<int> times(sizeof(Firm));
    for (const auto& field : fields)
        for (std::size_t i = 0; i < field.size; ++i) ++times.at(field.offset + i);
    return times;
}

/// As the engine hashes an agent.
std::uint64_t hash_of(Firm& firm)
{
    sim::Hasher hasher;
    visit_fields(firm, [&](const char*, const auto& value) { hasher.add(value); });
    return hasher.value();
}

} // namespace

TEST_CASE("names are unique and no field is visited twice")
{
    Firm firm;
    const auto fields = fields_of(firm);
    std::set<std::string> names;
    for (const auto& field : fields) names.insert(field.name);
    CHECK(names.size() == fields.size());
    for (const int times : coverage(fields)) CHECK(times <= 1);
}

#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
TEST_CASE("every byte that is not padding belongs to a registered field")
{
    alignas(Firm) unsigned char bytes[sizeof(Firm)];
    Firm* firm = ::new (bytes) Firm;
    const auto times = coverage(fields_of(*firm));
    std::memset(bytes, 0xA5, sizeof bytes);
    __builtin_clear_padding(firm); // the compiler knows which bytes are nobody's
    // Numbers, not places: g++ 12 clears the right number of bytes, but behind an array of structs it clears them too early.
    CHECK(std::count(times.begin(), times.end(), 0) == std::count(std::begin(bytes), std::end(bytes), 0));
}
#endif
#endif

TEST_CASE("bytes that no field owns are too few to hide one: padding before wider fields and at the end")
{
    Firm firm;
    std::size_t unowned = 0, longest = 0, run = 0;
    for (const int times : coverage(fields_of(firm))) {
        run = times == 0 ? run + 1 : 0;
        unowned += times == 0;
        longest = std::max(longest, run);
    }
    INFO("unowned ", unowned, " longest ", longest);
    CHECK(longest < alignof(Firm)); // at the end of the record
}

TEST_CASE("flipping any bit of any field moves the hash")
{
    Firm firm;
    const auto before = hash_of(firm);
    for (const auto& field : fields_of(firm)) {
        const std::size_t bits = field.is_flag ? 1 : 8 * field.size;
        for (std::size_t bit = 0; bit < bits; ++bit) {
            auto* byte = reinterpret_cast<unsigned char*>(&firm) + field.offset + bit / 8;
            *byte = static_cast<unsigned char>(*byte ^ (1U << (bit % 8)));
            INFO("bit ", bit, " of ", field.name);
            CHECK(hash_of(firm) != before);
            *byte = static_cast<unsigned char>(*byte ^ (1U << (bit % 8)));
        }
    }
    CHECK(hash_of(firm) == before);
}

TEST_CASE("two fields that swap their values move the hash")
{
    Firm one, other;
    one.cash = {1}, other.debt = {1};
    CHECK(hash_of(one) != hash_of(other));
}
