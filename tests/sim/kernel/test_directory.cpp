#include "sim/kernel/directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using Entry = sim::Directory::Entry;

namespace {

std::vector<Entry> sellers(std::size_t n, std::int64_t (*weight)(std::size_t))
{
    std::vector<Entry> list;
    for (std::size_t i = 0; i < n; ++i) list.push_back({static_cast<sim::AgentId>(i), sim::make_key(1, i), weight(i)});
    return list;
}

sim::Directory directory_of(std::vector<Entry> list)
{
    sim::Directory directory;
    directory.publish(std::move(list));
    return directory;
}

std::vector<sim::AgentId> drawn(const sim::Directory& directory, std::uint64_t buyer, int n)
{
    std::vector<Entry> out(static_cast<std::size_t>(n));
    out.resize(static_cast<std::size_t>(directory.draw(1, sim::make_key(2, buyer), 3, 4, n, out)));
    std::vector<sim::AgentId> ids;
    for (const Entry& entry : out) ids.push_back(entry.id);
    return ids;
}

} // namespace

TEST_CASE("sellers are drawn as often as their weights say")
{
    const sim::Directory directory =
        directory_of(sellers(4, [](std::size_t i) { return static_cast<std::int64_t>(i + 1); }));
    const int n = 100000;
    std::map<sim::AgentId, int> wins;
    for (int buyer = 0; buyer < n; ++buyer) ++wins[drawn(directory, static_cast<std::uint64_t>(buyer), 1)[0]];
    for (sim::AgentId i = 0; i < 4; ++i) { // weights 1 2 3 4 of 10
        const double p = (i + 1) / 10.0;
        CHECK(std::fabs(wins[i] - n * p) < 4 * std::sqrt(n * p * (1 - p)));
    }
}

TEST_CASE("beyond the 64 largest a bucket stands for all: large and small sellers keep their shares")
{
    // 64 sellers of weight 100 and 6400 of weight 1: the small ones have half of all.
    sim::Directory directory =
        directory_of(sellers(6464, [](std::size_t i) { return std::int64_t{i < 64 ? 100 : 1}; }));
    CHECK(directory.buckets() == 100);
    const int n = 40000;
    int small = 0;
    std::vector<int> wins(6464);
    for (int buyer = 0; buyer < n; ++buyer) {
        const sim::AgentId id = drawn(directory, static_cast<std::uint64_t>(buyer), 1)[0];
        small += id >= 64;
        ++wins[id];
    }
    // Buckets hold 64 +- 8 sellers, so a share within one draw varies a little; on the average over buckets it is 0.498.
    CHECK(small > 0.485 * n);
    CHECK(small < 0.511 * n);
    const double mean = small / 6400.0;
    double variance = 0;
    for (std::size_t i = 64; i < wins.size(); ++i) variance += (wins[i] - mean) * (wins[i] - mean) / 6400;
    CHECK(variance < 1.3 * mean); // Poisson: equal to the mean
}

TEST_CASE("one more small seller changes only the buyers it wins")
{
    auto list = sellers(2000, [](std::size_t i) { return static_cast<std::int64_t>(1000 - i / 2 + 5); });
    sim::Directory directory = directory_of(list);
    std::vector<std::vector<sim::AgentId>> before;
    for (std::uint64_t buyer = 0; buyer < 20000; ++buyer) before.push_back(drawn(directory, buyer, 3));
    list.push_back({5000, sim::make_key(9), 400});
    directory.publish(list); // the number of buckets is that of the first day
    int won = 0, other = 0;
    for (std::uint64_t buyer = 0; buyer < 20000; ++buyer) {
        auto now = drawn(directory, buyer, 3);
        const auto newcomer = std::find(now.begin(), now.end(), 5000u);
        if (newcomer == now.end()) {
            other += now != before[buyer];
            continue;
        }
        ++won;
        now.erase(newcomer); // the others move down by one place, in the same order
        other += now != std::vector<sim::AgentId>(before[buyer].begin(), before[buyer].begin() + 2);
    }
    CHECK(won > 5);
    CHECK(other == 0);
}

TEST_CASE("a draw has no entry twice, none of weight 0, and ends when there are no more")
{
    const sim::Directory directory =
        directory_of(sellers(10, [](std::size_t i) { return static_cast<std::int64_t>(i % 5); })); // 8 of weight > 0
    for (std::uint64_t buyer = 0; buyer < 500; ++buyer) {
        auto ids = drawn(directory, buyer, 20);
        REQUIRE(ids.size() == 8);
        std::sort(ids.begin(), ids.end());
        CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
        for (const auto id : ids) CHECK(id % 5 != 0);
    }
    std::vector<Entry> out(20);
    CHECK(sim::Directory{}.draw(1, 1, 1, 1, 3, out) == 0);
    sim::Directory late;
    late.publish({});
    CHECK(late.draw(1, 1, 1, 1, 3, out) == 0);
    late.publish(sellers(3, [](std::size_t) { return std::int64_t{1}; }));
    CHECK(late.draw(1, 1, 1, 1, 5, out) == 3);
}

TEST_CASE("the order in which sellers are published does not matter")
{
    auto list = sellers(3000, [](std::size_t i) { return static_cast<std::int64_t>(sim::mix64(i) % 50); });
    const sim::Directory forward = directory_of(list);
    std::reverse(list.begin(), list.end());
    const sim::Directory backward = directory_of(list);
    for (std::uint64_t buyer = 0; buyer < 500; ++buyer) CHECK(drawn(forward, buyer, 8) == drawn(backward, buyer, 8));
}
