// E17, E18, E20, E21: the rules of technology, worked by hand.
#include "models/technology/adoption.hpp"
#include "models/technology/learning.hpp"
#include "models/technology/quality.hpp"
#include "models/technology/research.hpp"
#include "models/technology/upgrading.hpp"
#include "models/technology/value_chain.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("half of the firms at the half size do research, and more of the larger ones")
{
    CHECK(research_propensity(300, 300, 0.8) == near(0.5));
    CHECK(research_propensity(1200, 300, 0.5) == near(2.0 / 3)); // 1 / (1 + (1/4)^0.5)
    CHECK(research_propensity(75, 300, 0.5) == near(1.0 / 3));
    CHECK(research_propensity(75, 300, 0) == near(0.5)); // no slope: size does not matter
}

TEST_CASE("the R&D stock wears and grows by what is spent")
{
    CHECK(research_stock_after(1200, 30, 0.12) == near(1218)); // 1200 - 1200 x 0.12 / 12 + 30
    CHECK(research_stock_after(1000, 0, 0) == 1000);
    CHECK(research_stock_after(1000, 12.5, 0.15) == near(1000)); // settled: 1000 x 0.15 / 12 = 12.5
}

TEST_CASE("a discovery brings the R&D stock into use: doubling it adds 9 % to productivity")
{
    CHECK(discovery_gain(200, 100, 0.124) == near(0.124 * 0.6931471805599453)); // exp(0.08595) = 1.0898
    CHECK(discovery_gain(100, 100, 0.124) == 0);
    CHECK(discovery_gain(80, 100, 0.124) == 0); // what is in use is not lost when the stock has worn
    CHECK(discovery_gain(80, 0, 0.124) == 0);
}

TEST_CASE("a laggard closes a part of its gap to the frontier, faster where industry is digital")
{
    CHECK(imitation_gain(0, 0.5, 0.04, 2, 0) == near(0.02));
    CHECK(imitation_gain(0, 0.5, 0.04, 2, 0.25) == near(0.03)); // 0.04 x (1 + 2 x 0.25) x 0.5
    CHECK(imitation_gain(0, 0.5, 0.8, 2, 1) == near(0.5));      // never beyond the frontier
    CHECK(imitation_gain(0.5, 0.5, 0.04, 2, 0) == 0);
    CHECK(imitation_gain(0.7, 0.5, 0.04, 2, 0) == 0);
}

TEST_CASE("a firm spends on research at most half of what it earns before research")
{
    CHECK(affordable_research(0.02, 60, 20, 1000, 0.5) == near(0.02)); // 0.5 x 80 / 1000 = 0.04 is more than it wants
    CHECK(affordable_research(0.06, 60, 20, 1000, 0.5) == near(0.04));
    CHECK(affordable_research(0.02, -10, 20, 1000, 0.5) == near(0.005)); // a loss only because of its research
    CHECK(affordable_research(0.02, -30, 20, 1000, 0.5) == 0);
    CHECK(affordable_research(0.02, 0, 0, 0, 0.5) == 0.02);
}

TEST_CASE("near a tax notch firms call other cost research, or spend up to where that reaches it")
{
    const auto check = [](ResearchShare answer, double spent, double reported) {
        CHECK(answer.spent == near(spent));
        CHECK(answer.reported == near(reported));
    };
    check(answer_notch(0.02, 0, 0.32, 0.01), 0.02, 0.02);       // no notch
    check(answer_notch(0.035, 0.03, 0.32, 0.01), 0.035, 0.035); // above it in truth
    check(answer_notch(0.025, 0.03, 0.25, 0.01), 0.025, 0.03);  // 0.03 / 1.25 = 0.024 is enough
    check(answer_notch(0.020, 0.03, 0.25, 0.01), 0.024, 0.03);  // 0.004 more R&D saves 0.01 of tax
    check(answer_notch(0.010, 0.03, 0.25, 0.01), 0.010, 0.010); // 0.014 more does not
    check(answer_notch(0.024, 0.03, 0, 0.01), 0.03, 0.03);      // without relabelling: up to the notch itself
}

TEST_CASE("a firm that relabels all it can reports 24.2 % too much of what it reports")
{
    const ResearchShare answer = answer_notch(0.03 / 1.32, 0.03, 0.32, 0.01);
    CHECK(1 - answer.spent / answer.reported == doctest::Approx(0.2424).epsilon(1e-3)); // 1 - 1 / 1.32
}

TEST_CASE("the hazard of an upgrade: one weight at a time")
{
    const UpgradeWeights weights{0.5, 1, 0.3, 2, 4};
    const auto hazard = [&](UpgradePull pull) { return upgrade_hazard(0.06, pull, weights); };
    CHECK(hazard({0, 0, 0, 0, 0}) == near(0.06));
    CHECK(hazard({1.3862943611198906, 0, 0, 0, 0}) == near(0.12)); // four times the size: 4^0.5 = 2
    CHECK(hazard({0, 0.6931471805599453, 0, 0, 0}) == near(0.12));
    CHECK(hazard({0, 0, 1, 0, 0}) == near(0.06 * 1.3498588075760032));                // e^0.3
    CHECK(hazard({0, 0, 0, 0.34657359027997264, 0}) == near(0.12));                   // e^(2 x ln 2 / 2)
    CHECK(hazard({0, 0, 0, 0, 0.17328679513998632}) == near(0.03));                   // e^(-4 x ln 2 / 4)
    CHECK(hazard({0, 0, 0, 0.34657359027997264, 0.17328679513998632}) == near(0.06)); // they cancel
}

TEST_CASE("an upgrade costs a part of the capacity that it converts")
{
    CHECK(upgrade_cost(1000, 500, 0.15) == near(75000)); // thousandths per day x fen per thousandth per day
}

TEST_CASE("quality grows with research and contact, and falls behind a world that moves on")
{
    const QualityRule rule{0.04, 0.1, 0.02, 0.4};
    CHECK(quality_after(0.2, 0, 0, 1, rule) == near(0.18));                 // 0.2 - 0.1 x 0.2
    CHECK(quality_after(0.2, 0, 1, 1, rule) == near(0.184));                // + 0.02 x (0.4 - 0.2)
    CHECK(quality_after(0.5, 0, 1, 1, rule) == near(0.45));                 // contact teaches nothing new
    CHECK(quality_after(0, 1.718281828459045, 0, 0.5, rule) == near(0.02)); // half a year x 0.04 x ln e
    CHECK(settled_quality(0, 0, rule) == 0);
    CHECK(settled_quality(1.718281828459045, 0, rule) == near(0.4)); // 0.04 / 0.1
    CHECK(settled_quality(0, 1, rule) == near(0.02 * 0.4 / 0.12));
    const double settled = settled_quality(0.5, 0.5, rule);
    CHECK(quality_after(settled, 0.5, 0.5, 1, rule) == near(settled));
}

TEST_CASE("defects fall with the level of maturity and with quality")
{
    const float first[maturity_levels] = {10, 0, 0, 0}, half[maturity_levels] = {5, 5, 0, 0},
                none[maturity_levels] = {};
    CHECK(defect_share(first, 0, 0.03) == near(0.03));
    CHECK(defect_share(half, 0, 0.03) == near(0.027)); // (1 + 0.8) / 2
    CHECK(defect_share(first, 0.6931471805599453, 0.03) == near(0.015));
    CHECK(over_levels(none, defects_of_level) == 1);
}

TEST_CASE("imports stay critical for what home makers have not qualified")
{
    CHECK(critical_after(0.5, 0) == 0.5);
    CHECK(critical_after(0.5, 0.2) == near(0.4));
    CHECK(critical_after(0.5, 1) == 0);
}

TEST_CASE("cost falls by the learning rate with each doubling of experience")
{
    CHECK(learned_cost(1, 0.18) == near(1));
    CHECK(learned_cost(2, 0.18) == near(0.82));
    CHECK(learned_cost(4, 0.18) == near(0.6724)); // 0.82^2
    CHECK(learned_cost(2, 0) == near(1));
}

TEST_CASE("own, domestic and world experience count by their weights")
{
    Config config{};
    config.learning.own_weight = 1, config.learning.domestic_weight = 0.5, config.learning.world_weight = 0.2;
    CHECK(weighted_experience(1, 1, 1, config) == near(1));
    CHECK(weighted_experience(2.7, 1, 1, config) == near(2)); // (2.7 + 0.5 + 0.2) / 1.7
    CHECK(weighted_experience(1, 4.4, 1, config) == near(2)); // (1 + 2.2 + 0.2) / 1.7
    CHECK(weighted_experience(1, 1, 9.5, config) == near(2)); // (1 + 0.5 + 1.9) / 1.7
}

TEST_CASE("import content counts the imports of inputs' inputs")
{
    // One good that needs half of itself and 0.1 of imports: 0.1 / (1 - 0.5).
    CHECK(import_content({{0.5}}, {0.1})[0] == near(0.2));
    // Cars need 0.5 of steel; steel imports 0.4 of ore, cars 0.1 of chips: 0.1 + 0.5 x 0.4.
    const auto content = import_content({{0, 0.5}, {0, 0}}, {0.4, 0.1});
    CHECK(content[0] == near(0.4));
    CHECK(content[1] == near(0.3));
}

TEST_CASE("the share of a new good is a logit in price, range and charging, and moves there in time")
{
    const AdoptionWeights weights{4, 0.5, 1};
    CHECK(chosen_share(0.2, {0, 0, 0}, weights) == near(0.2));
    CHECK(chosen_share(0.2, {-0.34657359027997264, 0, 0}, weights) == near(0.5)); // odds 1/4 x e^(4 ln 2 / 2) = 1
    CHECK(chosen_share(0.2, {0, 2.772588722239781, 0}, weights) == near(0.5));    // x 16^0.5
    CHECK(chosen_share(0.2, {0, 0, 1.3862943611198906}, weights) == near(0.5));   // x 4
    CHECK(chosen_share(0.2, {0.34657359027997264, 0, 1.3862943611198906}, weights) == near(0.2));
    CHECK(adopted_share(0.2, 0.5, 1.2) == near(0.23)); // a tenth of the gap in a month
    CHECK(adopted_share(0.2, 0.5, 24) == near(0.5));
}
