// What leaves the economy without being used: goods of the dead, machines that are obsolete.
#include "models/firms/investment.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace fabrica;
using bench::Run;

TEST_CASE("a part of what closed firms had in stock is scrapped, and the books still close")
{
    const auto scrapped = [](const char* part) {
        Run run(bench::load("toyland", {std::string("exit.scrapped_stock=") + part, "exit.hazard_scale=3"}));
        run.years(4);
        CHECK_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
        return run.world.books.scrapped;
    };
    const auto none = scrapped("0"), fifth = scrapped("0.2"), all = scrapped("1");
    for (std::size_t s = 0; s < none.size(); ++s) {
        CHECK(none[s] == 0);
        CHECK(fifth[s] > 0);
        CHECK(all[s] > fifth[s]);
    }
}

namespace {

struct Machines {
    double older = 0, all = 0; // capacity below the firm's level, and in total
    std::int64_t book = 0;
    bool builds = false;
};

std::map<sim::Key, Machines> machines_of(const Run& run)
{
    std::map<sim::Key, Machines> all;
    run.each_firm([&](const Firm& f) {
        const double total = total_capacity(f.capacity);
        all[f.key] = {total - static_cast<double>(f.capacity[f.level]), total, f.fixed_assets.fen, f.months_left > 0};
    });
    return all;
}

} // namespace

TEST_CASE("E10: the book value of obsolete machines leaves with them")
{
    // Owners who wait fifty years for their money: less labour is always worth new machines.
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1", "switches.entry=false",
                                  "switches.technology=false", "investment.payback_private_years=50",
                                  "investment.payback_state_years=50"}));
    auto before = machines_of(run);
    int scrapped = 0;
    for (int month = 0; month < 13; ++month) {
        run.days(30);
        auto now = machines_of(run);
        for (const auto& [key, m] : now) {
            const Machines& was = before[key];
            // No project that ends meanwhile: book value only wears (0.7 % a month) and is maintained.
            if (was.older <= 0 || m.older > 0 || was.builds) continue;
            ++scrapped;
            const double part = was.older / was.all;
            CHECK(static_cast<double>(m.book) / static_cast<double>(was.book) ==
                  doctest::Approx(1 - part).epsilon(0.05));
        }
        before = std::move(now);
    }
    CHECK(scrapped > 20);
    CHECK_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
}
