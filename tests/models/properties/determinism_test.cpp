// Threads, blocks, back ends and watching are no part of a result.
#include "models/series/event_log.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace fabrica;
using bench::Run;
using sim::Backend;

namespace {

bench::Scenario china() { return bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"}); }

std::uint64_t hash_after_two_years(bench::Threads how)
{
    Run run(china(), how);
    run.years(2);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    return run.engine.state_hash();
}

} // namespace

TEST_CASE("two years of china are the same bits for any number of threads, block size and back end")
{
    const auto expected = hash_after_two_years({1, 1024, Backend::serial});
    CHECK(hash_after_two_years({1, 64, Backend::serial}) == expected);
    CHECK(hash_after_two_years({1, 8192, Backend::serial}) == expected);
    CHECK(hash_after_two_years({1, 0, Backend::tbb}) == expected);
    CHECK(hash_after_two_years({2, 1024, Backend::threads}) == expected);
    CHECK(hash_after_two_years({2, 64, Backend::tbb}) == expected);
    CHECK(hash_after_two_years({4, 64, Backend::threads}) == expected);
    CHECK(hash_after_two_years({4, 1024, Backend::tbb}) == expected);
    CHECK(hash_after_two_years({4, 8192, Backend::threads}) == expected);
}

TEST_CASE("institutions' books are the same, not only the firms")
{
    Run one(china(), {1, 1024, Backend::serial}), other(china(), {4, 64, Backend::threads});
    one.years(2), other.years(2);
    CHECK(one.world.books.account == other.world.books.account);
    CHECK(one.world.month == other.world.month);
    for (int s = 0; s < one.world.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        CHECK(one.world.sector[at].price == other.world.sector[at].price);
        CHECK(one.world.sector[at].market_index == other.world.sector[at].market_index);
        CHECK(one.world.wholesaler[at].stock == other.world.wholesaler[at].stock);
    }
}

TEST_CASE("watching firms changes nothing")
{
    Run plain(china()), watched(china());
    watched.world.event_log = std::make_shared<EventLog>(1, 1);
    std::size_t seen = 0;
    watched.engine.observe([&](const Barrier&) { seen += watched.world.event_log->take().size(); });
    plain.years(2), watched.years(2);
    CHECK(seen > 100000);
    CHECK(plain.engine.state_hash() == watched.engine.state_hash());
}

TEST_CASE("the state hash sees institutions as well as firms")
{
    Run run(bench::load("toyland"));
    run.days(45);
    const auto before = run.engine.state_hash();
    const auto moves_hash = [&](auto& value, auto by) {
        value += by;
        const bool moved = run.engine.state_hash() != before;
        value -= by;
        return moved;
    };
    CHECK(moves_hash(run.world.books.account[run.world.accounts.households()], std::int64_t{1}));
    CHECK(moves_hash(run.world.books.loans[0], std::int64_t{1}));
    CHECK(moves_hash(run.world.wholesaler[1].stock.milli, std::int64_t{1}));
    CHECK(moves_hash(run.world.share_total[2], std::int64_t{1}));
    CHECK(run.engine.state_hash() == before);
}

TEST_CASE("another seed gives another state")
{
    Run one(bench::load("toyland", {"run.seed=1"})), other(bench::load("toyland", {"run.seed=2"}));
    one.days(60), other.days(60);
    CHECK(one.engine.state_hash() != other.engine.state_hash());
}
