// E17, E18, E21 in the running model: who gets what is paid, what a discovery and an upgrade leave behind, and that nothing happens when
// technology is switched off.
#include "tests/models/support.hpp"

#include "models/firms/investment.hpp"
#include "models/policy/state.hpp"
#include "models/technology/technology.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace fabrica;
using bench::Run;

namespace {

/// Toyland with technology, and more of what is rare.
std::vector<std::string> with_technology(std::vector<std::string> more = {})
{
    std::vector<std::string> all{"switches.technology=true"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::int64_t sum_of(const Run& run, Measure m)
{
    double total = 0;
    for (int s = 0; s < run.world.S; ++s) total += run.total(m, s);
    return static_cast<std::int64_t>(total);
}

} // namespace

TEST_CASE("switched off, no firm has a technology of its own")
{
    Run run(bench::load("toyland"));
    run.years(4);
    REQUIRE(!run.engine.stopped());
    run.each_firm([](const Firm& f) {
        CHECK(f.research_share == 0);
        CHECK(f.research_stock == 0);
        CHECK(f.technical == 0);
        CHECK(f.quality == 0);
        CHECK(f.upgrade_clock == 0);
        CHECK(f.qualification == Qualification::none);
        CHECK(f.experience == 0);
    });
    for (const auto& board : run.world.sector) CHECK(board.learning == 1);
}

TEST_CASE("research is paid to households and services, to the fen, and the books close")
{
    Run run(bench::load("toyland", with_technology({"research.half_size=10", "research.wage_share=0.5"})));
    std::int64_t months = 0;
    run.world.on_month = [&](const Barrier& barrier) {
        (void)barrier;
        const World& w = run.world;
        const auto got = [&](Holder h) { return w.monthly.transactions[cell(Transaction::research, h)]; };
        const std::int64_t spent = -got(Holder::firms);
        CHECK(got(Holder::households) + got(Holder::outside) == spent);
        CHECK(std::abs(got(Holder::households) - got(Holder::outside)) <=
              100); // half each, but for the rounding of firms
        double reported = 0;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                reported +=
                    static_cast<double>(w.month[w.statistics.cell(Measure::research, s, static_cast<Ownership>(o))]);
        CHECK(static_cast<double>(spent) == reported);
        if (spent > 0) ++months;
    };
    run.years(4);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(months >= 47);
}

TEST_CASE("of research by order a grant pays its part, and no more is done for it")
{
    const std::vector<std::string> order{"policy.order.kind=\"mandated_research\"", "policy.order.from=2015-01-01",
                                         "policy.order.share_of_revenue=0.04"};
    std::vector<std::string> both = with_technology({"population.spin_up_years=0", "policy.zgrant.kind=\"rd_grant\"",
                                                     "policy.zgrant.from=2015-01-01", "policy.zgrant.rate=0.25"});
    both.insert(both.end(), order.begin(), order.end());
    Run run(bench::load("toyland", both));
    double research = 0, granted = 0;
    run.world.on_month = [&](const Barrier&) {
        const auto& p = run.world.policy;
        granted += static_cast<double>(p.programme.back().month[p.plan.count(PolicyPlan::granted)]);
        for (int s = 0; s < run.world.S; ++s) research += run.total(Measure::research, s);
    };
    run.years(2);
    CHECK(research > 0);
    // An order of 4 % of revenue is more than nearly anyone spends. A quarter is granted at the month's end, of what is due then; paid was
    // at the month's plan.
    CHECK(granted == doctest::Approx(0.25 * research).epsilon(0.02));
}

TEST_CASE("a sector spends on research what the data say of its revenue")
{
    // All firms do research, none has had an accident or a bad year yet.
    Run run(bench::load(
        "toyland", with_technology({"research.half_size=0.001", "switches.growth=false", "quality.accident_rate=0"})));
    run.days(59);
    for (int s = 0; s < run.world.S; ++s) {
        const double told = run.scenario.nation.sectors[static_cast<std::size_t>(s)].research;
        // Joint ventures spend less, and others make up for it.
        CHECK(run.total(Measure::research, s) == doctest::Approx(told * run.total(Measure::revenue, s)).epsilon(0.15));
    }
}

TEST_CASE("upgrades go one level at a time, convert all capacity of the level, and are paid for as machines")
{
    Run run(bench::load("toyland", with_technology({"upgrading.rate_1=0.5", "upgrading.rate_2=0.5",
                                                    "upgrading.rate_3=0.5", "upgrading.size_weight=0"})));
    std::map<sim::Key, std::uint8_t> level;
    run.each_firm([&](const Firm& f) { level[f.key] = f.level; });
    int upgrades = 0;
    for (int month = 0; month < 48; ++month) {
        run.days(30);
        run.each_firm([&](const Firm& f) {
            const auto before = level.find(f.key);
            if (before != level.end() && f.level != before->second) {
                CHECK(f.level == before->second + 1);
                CHECK(f.capacity[before->second] == 0);
                CHECK(f.capacity[f.level] > 0);
                ++upgrades;
            }
            level[f.key] = f.level;
            for (std::size_t m = f.level + std::size_t{1}; m < maturity_levels; ++m) CHECK(f.capacity[m] == 0);
        });
    }
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(upgrades > 20);
}

TEST_CASE("discoveries raise productivity by what the R&D stock has grown, and are numbered")
{
    Run run(bench::load(
        "toyland", with_technology({"research.half_size=1", "research.discovery_rate=1000", "research.imitation=0"})));
    run.years(3);
    int discoverers = 0;
    run.each_firm([&](const Firm& f) {
        CHECK(f.research_applied >= 0);
        if (f.projects == 0) return;
        ++discoverers;
        CHECK(f.research_clock <= 0);
    });
    CHECK(discoverers > 10);
}

TEST_CASE("after an accident demand falls, research is mandated, and both end after their years")
{
    Run run(bench::load("toyland", with_technology({"quality.accident_rate=0.5", "research.half_size=1e6",
                                                    "quality.accident_years=1"})));
    run.years(2);
    int remembered = 0;
    run.each_firm([&](const Firm& f) {
        CHECK(f.accident_months <= 12);
        if (f.accident_months == 0) return;
        ++remembered;
        Firm without = f;
        without.accident_months = 0;
        const double lost = quality_appeal(without, run.world) - quality_appeal(f, run.world);
        CHECK(lost == doctest::Approx(0.3 * f.accident_months / 12.0)); // accident_loss, fading evenly
    });
    CHECK(remembered > 3);
    CHECK(sum_of(run, Measure::research) > 0);
}

TEST_CASE("a home part is qualified within the years that its tests take, and imports become less critical")
{
    Run run(bench::load(
        "toyland", with_technology({"quality.qualification_rate=10", "research.half_size=1",
                                    "quality.qualification_least_years=1", "quality.qualification_most_years=2"})));
    run.years(4);
    REQUIRE(!run.engine.stopped());
    int finished = 0;
    run.each_firm([&](const Firm& f) {
        if (f.qualification == Qualification::none) return;
        const bool is_over = run.engine.window() >= f.qualified_on + 31;
        CHECK((f.qualification == Qualification::finished || !is_over));
        CHECK((f.ownership == Ownership::private_owned || f.ownership == Ownership::state));
        if (f.qualification == Qualification::finished) ++finished;
    });
    CHECK(finished > 10);
    const double before = run.scenario.nation.sectors[1].critical_import_share;
    CHECK(before > 0);
    CHECK(run.world.sector[1].critical_share < before);
    CHECK(run.world.sector[0].critical_share == run.scenario.nation.sectors[0].critical_import_share); // no research
}

TEST_CASE("learning lowers the inputs of the sectors named, and of no other")
{
    Run run(bench::load("toyland", with_technology({"learning.sectors=[\"tools\"]", "learning.first_years=1"})));
    run.years(3);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(run.world.sector[0].learning == 1);
    CHECK(run.world.sector[1].learning < 0.8); // three years on one: experience of four, 0.82^2 and more
    CHECK(run.world.sector[1].learning > 0.6);
    CHECK(run.world.sector[2].learning == 1);
}

TEST_CASE("goods of mature makers arrive sooner, never before the shortest time")
{
    const float first[maturity_levels] = {1, 0, 0, 0}, last[maturity_levels] = {0, 0, 0, 1};
    CHECK(shorter_lead_time(8, first) == 8);
    CHECK(shorter_lead_time(8, last) == 5); // 8 x 0.6 = 4.8
    CHECK(shorter_lead_time(0, last) == 0);
}

TEST_CASE("technology is the same bits for any number of threads and blocks")
{
    const auto hash = [](bench::Threads how) {
        Run run(bench::load("china",
                            with_technology({"run.scale=0.001", "population.spin_up_years=1",
                                             "learning.sectors=[\"batteries\", \"nev\"]", "adoption.new_good=\"nev\"",
                                             "adoption.old_good=\"motor_vehicles\""})),
                how);
        run.years(2);
        REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
        return run.engine.state_hash();
    };
    const auto expected = hash({1, 1024, sim::Backend::serial});
    CHECK(hash({3, 64, sim::Backend::threads}) == expected);
}

TEST_CASE("the new good takes the place of the old one: what is bought of both together stays on its path")
{
    Run run(bench::load("toyland", with_technology({"adoption.new_good=\"tools\"", "adoption.old_good=\"ore\"",
                                                    "adoption.charging_weight=5", "switches.growth=false"})));
    run.years(3);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    const World& w = run.world;
    const auto bought = [&](std::size_t s) {
        double sum = 0;
        for (std::size_t c = 0; c < w.nation.demand.size(); ++c)
            if (!w.nation.demand[c].is_export) sum += w.demand.home[c][s] + w.demand.imported[c][s];
        return sum;
    };
    CHECK(w.adopted > bought(1) / (bought(0) + bought(1)));
    CHECK(bought(0) * w.adoption_factor[0] + bought(1) * w.adoption_factor[1] ==
          doctest::Approx(bought(0) + bought(1)));
    CHECK(w.adoption_factor[2] == 1);
}
