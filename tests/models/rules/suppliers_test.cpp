// The rotation of orders over the links of an input.
#include "models/firms/suppliers.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace fabrica;

namespace {

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
