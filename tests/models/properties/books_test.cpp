// Every window closes its books; a leak of one fen stops the run on its day.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace fabrica;
using bench::Run;

TEST_CASE("china with everything on closes its books on every day of five years")
{
    Run run(bench::load("china", {"run.scale=0.001"}));
    run.years(5);
    CHECK_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(run.months.size() == 60);
}

TEST_CASE("the months' output is what the books count as made, that of firms that close included")
{
    Run run(bench::load("china", {"run.scale=0.001"}));
    run.years(4);
    double counted = 0, booked = 0, gone = 0;
    for (const auto& m : run.months) counted += bench::sum(m.output), gone += bench::sum(m.exits);
    for (const auto x : run.world.books.made) booked += static_cast<double>(x);
    CHECK(gone > 100);
    CHECK(counted == booked); // whole thousandths, below 2^53
}

TEST_CASE("toyland closes its books on every day of ten years")
{
    Run run(bench::load("toyland"));
    run.years(10);
    CHECK_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
}

TEST_CASE("a fen that comes from nowhere stops the run on that day and names identity and date")
{
    for (const char* name : {"toyland", "china"})
        for (const int day : {3, 40, 333}) {
            Run run(bench::load(name, {fmt::format("guards.planted_leak_day={}", day),
                                       name == std::string("china") ? "run.scale=0.001" : "run.scale=1.0"}));
            // The leak is in firms whose number divides by seven and whose plan is on that day: in toyland there may be none.
            int leaks = 0;
            std::vector<int> cohorts;
            run.model.due(MonthlyPlan{}, day, cohorts);
            run.each_firm([&](const Firm& f) {
                leaks += f.id % 7 == 0 && std::find(cohorts.begin(), cohorts.end(), f.cohort) != cohorts.end();
            });
            run.days(day);
            REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
            run.days(30);
            if (leaks == 0) {
                CHECK_FALSE(run.engine.stopped());
                continue;
            }
            INFO(run.engine.stop_reason());
            CHECK(run.engine.stopped());
            CHECK(run.engine.window() == day + 1);
            CHECK(run.engine.stop_reason().find("all cash") != std::string::npos);
            CHECK(run.engine.stop_reason().find(sim::to_string(run.world.calendar.date(day))) != std::string::npos);
            CHECK(run.engine.stop_reason().find(fmt::format("window {}", day)) != std::string::npos);
        }
}

TEST_CASE("the audit sees goods as well as money")
{
    // A thousandth of a unit put into one firm's stock behind everybody's back: seen when the firm next reports its stocks.
    Run run(bench::load("toyland"));
    run.days(10);
    const Firm* firm = run.engine.find(5);
    REQUIRE(firm != nullptr);
    const_cast<Firm*>(firm)->stock.milli += 1;
    run.days(60);
    INFO(run.engine.stop_reason());
    CHECK(run.engine.stopped());
    CHECK(run.world.calendar.is_month_end(run.engine.window() - 1));
    CHECK(run.engine.stop_reason().find("goods") != std::string::npos);
}
