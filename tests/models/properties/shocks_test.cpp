// Dated disturbances of an economy at rest.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace fabrica;
using bench::Month;
using bench::Run;

namespace {

bench::Scenario disturbed(const char* name, std::vector<std::string> more, std::vector<Shock> shocks)
{
    more.emplace_back("switches.shocks=true");
    auto s = bench::load(name, bench::at_rest(std::move(more)));
    s.config.shocks = std::move(shocks);
    return s;
}

/// Monthly output of all sectors over that of the month before the shock; the spin-up is not in it.
std::vector<double> relative_output(const std::vector<Month>& months, std::size_t base)
{
    std::vector<double> all;
    for (const auto& m : months) all.push_back(bench::sum(m.output) / bench::sum(months[base].output));
    return all;
}

/// Output from June 2015 on, relative to it: final demand is 10 % lower from July to September.
const std::vector<double>& answer_to_a_dip()
{
    static const std::vector<double> answer = [] {
        Run run(disturbed("china", {"run.scale=0.001", "population.spin_up_years=20"},
                          {{"dip", "final_demand", "", {}, {2015, 7, 1}, {2015, 10, 1}, -0.10}}));
        run.years(23);
        REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
        auto output = relative_output(run.recorded(), 5);
        output.erase(output.begin(), output.begin() + 5);
        return output;
    }();
    return answer;
}

} // namespace

TEST_SUITE("slow")
{
    TEST_CASE("final demand 10 % lower for 90 days: output falls by 10 to 13 % and overshoots by less than 4 %")
    {
        const auto& output = answer_to_a_dip();
        const double trough = *std::min_element(output.begin(), output.end()),
                     peak = *std::max_element(output.begin(), output.end());
        std::string path;
        for (const double x : output) path += std::to_string(100 * (x - 1)).substr(0, 5) + " ";
        MESSAGE("trough ", trough - 1, ", overshoot ", peak - 1, "; months, per cent: ", path);
        CHECK(trough < 0.90);
        CHECK(trough > 0.87);
        CHECK(peak < 1.04);
    }

    TEST_CASE("a dip of final demand is over after a year: output within 1 % from then on")
    {
        const auto& output = answer_to_a_dip();
        for (std::size_t m = 16; m < output.size(); ++m) CHECK(std::abs(output[m] - 1) < 0.01); // from October 2016
    }
}

TEST_CASE("a shock of size zero is no shock, exactly")
{
    Run nothing(disturbed("toyland", {}, {})),
        zero(disturbed("toyland", {}, {{"nil", "final_demand", "", {}, {2015, 3, 1}, {2015, 6, 1}, 0}}));
    nothing.years(4), zero.years(4);
    CHECK(nothing.engine.state_hash() == zero.engine.state_hash());
}

TEST_CASE("a shock hits the sectors it names")
{
    Run run(disturbed("toyland", {}, {{"dip", "final_demand", "", {"cloth"}, {2015, 7, 1}, {2015, 10, 1}, -0.3}}));
    run.years(4);
    const auto months = run.recorded();
    // Nobody but cloth uses cloth: at once its sales to final users fall by 30 %; ore and tools feel it through what cloth buys of tools.
    const auto lowest = [&](std::size_t s) {
        double low = 1;
        for (std::size_t m = 6; m < 12; ++m) low = std::min(low, months[m].output[s] / months[5].output[s]);
        return low;
    };
    CHECK(lowest(2) < 0.80);
    CHECK(lowest(1) > 0.97); // cloth takes 40 of 800 tools: at most 1.5 % and their echo
    CHECK(lowest(0) > 0.98);
}

TEST_CASE("half of the labour for a month: half of the month's output")
{
    Run run(disturbed("toyland", {}, {{"closed", "supply", "", {}, {2015, 7, 1}, {2015, 8, 1}, -0.5}}));
    run.years(4);
    const auto output = relative_output(run.recorded(), 5);
    MESSAGE("July ", output[6], ", August ", output[7], ", September ", output[8]);
    CHECK(output[5] == doctest::Approx(1).epsilon(1e-3));
    CHECK(output[6] == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("a shock on the first day of the run is as large as one later on")
{
    Run first(disturbed("toyland", {}, {{"closed", "supply", "", {}, {2015, 1, 1}, {2015, 2, 1}, -0.5}}));
    Run later(disturbed("toyland", {}, {{"closed", "supply", "", {}, {2015, 7, 1}, {2015, 8, 1}, -0.5}}));
    first.years(4), later.years(4);
    const double january = bench::sum(first.recorded()[0].output), july = bench::sum(later.recorded()[6].output);
    MESSAGE("January ", january, ", July ", july);
    CHECK(january == doctest::Approx(july).epsilon(0.005));
}

TEST_CASE("a supply shock in mid-month takes its days' share of output")
{
    // 50 % for the ten days from 11 to 20 July: a sixth of the month's output.
    Run run(disturbed("toyland", {}, {{"closed", "supply", "", {}, {2015, 7, 11}, {2015, 7, 21}, -0.5}}));
    run.years(4);
    const auto output = relative_output(run.recorded(), 5);
    MESSAGE("July ", output[6]);
    CHECK(output[6] == doctest::Approx(1 - 0.5 / 3).epsilon(0.03));
}

TEST_CASE("dearer imports move purchases to home goods, with the elasticity of trade")
{
    auto s = disturbed("toyland", {"trade.import_elasticity=2"},
                       {{"dear", "import_price", "", {}, {2015, 7, 1}, {2017, 7, 1}, 0.2}});
    for (auto& sector : s.nation.sectors) sector.critical_import_share = 0;
    Run run(s);
    run.years(5);
    const auto months = run.recorded();
    double before = 0, after = 0, output_before = 0, output_after = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        before += months[5].imports[i], after += months[20].imports[i] / 1.2; // in goods
        output_before += months[5].output[i], output_after += months[20].output[i];
    }
    MESSAGE("imports ", after / before, ", output ", output_after / output_before);
    CHECK(after < before);
    CHECK(output_after > output_before);
}
