// E21 worked by hand: one accident in a nation at rest, what it costs the firm in customers, and the research that it has to do.
#include "models/firms/plan.hpp"
#include "models/technology/quality.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace fabrica;
using bench::Run;

namespace {

constexpr int remembered = 12; // months

/// Nobody does research of his own accord or has contact with a foreign partner, so that quality rests at 0; no accident by chance.
std::vector<std::string> quiet()
{
    return bench::at_rest({"population.spin_up_years=0", "population.efficiency_sd=0", "state_firms.efficiency_gap=0",
                           "state_firms.jobs_weight=0", "state_firms.output_weight=0", "research.half_size=1e6",
                           "research.size_slope=5", "quality.accident_rate=0", "quality.accident_loss=0.3",
                           "quality.accident_years=1", "quality.mandated_share=0.05", "quality.venture_contact=0",
                           "quality.choice_weight=0", "upgrading.rate_1=0", "upgrading.rate_2=0", "upgrading.rate_3=0",
                           "quality.qualification_rate=0"});
}

bench::Scenario at_rest_with_technology()
{
    auto scenario = bench::load("toyland", quiet());
    scenario.config.switches.technology = true;
    return scenario;
}

/// The first private weaver.
sim::AgentId weaver(const Run& run)
{
    sim::AgentId id = sim::no_agent;
    run.each_firm([&](const Firm& f) {
        if (f.sector == 2 && f.ownership == Ownership::private_owned && f.id < id) id = f.id;
    });
    return id;
}

/// Part of a firm's attraction that an accident leaves in the k-th month: exp(-0.3 x months left / 12), all of it before and afterwards.
double left_of_attraction(int month)
{
    return month < 1 || month > remembered ? 1 : std::exp(-0.3 * (remembered + 1 - month) / remembered);
}

/// Research paid in a month, fen.
double research(const Run& run, int sector) { return run.total(Measure::research, sector); }

} // namespace

TEST_CASE("E21: after an accident a firm's part of the market falls by the loss, which fades evenly over its years")
{
    // Attraction falls to e^-0.3 = 0.741 in the first month, stands at e^-0.15 = 0.861 in the seventh, and is whole again in the thirteenth.
    CHECK(left_of_attraction(1) == doctest::Approx(0.741).epsilon(0.001));
    CHECK(left_of_attraction(7) == doctest::Approx(0.861).epsilon(0.001));
    Run run(at_rest_with_technology());
    run.days(30);
    const sim::AgentId id = weaver(run);
    const Firm& f = *run.engine.find(id);
    const double whole = f.attraction, part = whole / run.world.sector[2].attraction_sum;
    REQUIRE(f.share == doctest::Approx(part).epsilon(1e-6)); // at rest
    const_cast<Firm&>(f).accident_clock = 1;                 // an accident, at the next plan
    // The share moves by 0.08 of the gap a month: from s = a / A towards a l(k) / (A - a + a l(k - 1)), as sums over firms are the day before's.
    double share = part;
    for (int month = 1; month <= 3 * remembered; ++month) {
        run.days(30);
        CAPTURE(month);
        const Firm& now = *run.engine.find(id);
        const double left = left_of_attraction(month), before = left_of_attraction(month - 1);
        CHECK(now.accident_months == (month > remembered ? 0 : remembered + 1 - month));
        CHECK(now.attraction / whole == doctest::Approx(left).epsilon(1e-3));
        share += 0.08 * (part * left / (1 - part + part * before) - share);
        CHECK(now.share == doctest::Approx(share).epsilon(1e-3));
    }
    CHECK(run.engine.find(id)->accidents == 1);
    run.each_firm([&](const Firm& other) { CHECK((other.id == id || other.accidents == 0)); });
}

TEST_CASE("E21: what a firm loses by an accident others gain, and its own demand comes back")
{
    Run run(at_rest_with_technology()), safe(at_rest_with_technology());
    run.days(30), safe.days(30);
    const sim::AgentId id = weaver(run);
    const double before = run.engine.find(id)->expected_demand();
    const_cast<Firm*>(run.engine.find(id))->accident_clock = 1;
    double least = before;
    for (int month = 1; month <= 72; ++month) {
        run.days(30), safe.days(30);
        least = std::min(least, run.engine.find(id)->expected_demand());
    }
    // Shares that close 0.08 of a gap a month, which itself closes within twelve: between nothing and 1 - e^-0.3 = 26 % of its market is lost.
    CHECK(least < 0.95 * before);
    CHECK(least > std::exp(-0.3) * before);
    CHECK(run.engine.find(id)->expected_demand() == doctest::Approx(before).epsilon(0.01));
    for (std::size_t m = 0; m < run.months.size(); ++m)
        CHECK(run.months[m].output[2] == doctest::Approx(safe.months[m].output[2]).epsilon(0.01));
}

TEST_CASE("E21: an accident orders a twentieth of revenue into research, for as many months as it is remembered")
{
    Run run(at_rest_with_technology());
    run.days(30);
    for (int s = 0; s < 3; ++s) CHECK(research(run, s) == 0); // nobody does any
    const sim::AgentId id = weaver(run);
    const_cast<Firm*>(run.engine.find(id))->accident_clock = 1;
    run.days(30);
    CHECK(research(run, 2) == 0); // it happens behind the month's research
    for (int month = 1; month <= remembered; ++month) {
        // A twelfth of a year's revenue at the demand that serves long plans: 365 days of thousandths x yuan x 0.1 fen.
        const Firm& f = *run.engine.find(id);
        const double revenue = static_cast<double>(f.slow_demand) * 365 * static_cast<double>(f.price) * 0.1 / 12;
        run.days(30);
        CAPTURE(month);
        CHECK(std::abs(research(run, 2) - 0.05 * revenue) <= 0.5 + 1e-6 * revenue);
        for (int s = 0; s < 2; ++s) CHECK(research(run, s) == 0);
        // Five times the sector's 0.01 of revenue: quality gains 0.04 ln(1 + 5) = 0.07167 a year, less a tenth of what there is.
        if (month == 1) CHECK(run.engine.find(id)->quality == doctest::Approx(0.04 * std::log(6.0) / 12).epsilon(1e-5));
    }
    run.days(30);
    CHECK(research(run, 2) == 0);
    run.each_firm([&](const Firm& f) { CHECK((f.quality > 0) == (f.id == id)); });
}
