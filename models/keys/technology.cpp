// Keys of technology: research, upgrading, quality, learning (E17-E21).
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void research_keys(KeyTable& t, Config& c)
{
    auto& p = c.research;
    t.section("research", "Research and development, discoveries, imitation (E17); with switches.technology.");
    t.number(p.intensity_scale, "research.intensity_scale", 1, {0, 10}, "1",
             "Factor on the R&D of sectors over revenue (rd_over_revenue_2018 of sectors.csv).",
             "census 2018: 1.34 % of manufacturing revenue");
    t.number(p.half_size, "research.half_size", 300, Range::above(0, 1e6), "person",
             "Employees of a firm that does research with probability one half.",
             "assumed: a third of above-scale firms had research in 2018");
    t.number(p.size_slope, "research.size_slope", 0.8, {0, 5}, "1",
             "Slope of the logit of doing research in ln employees.", "assumed");
    t.number(p.venture_rent, "research.venture_rent", 0.3, {0, 1}, "1",
             "Part by which a joint venture's own R&D falls short: its profit comes from the partner's designs.",
             "assumed; the press of 2015: no patience for own development while joint ventures pay");
    t.number(p.wage_share, "research.wage_share", 0.5, {0, 1}, "1",
             "Part of R&D spending that is researchers' pay; the rest buys services.", "assumed");
    t.number(p.depreciation, "research.depreciation", 0.15, {0, 1}, "1/year", "Depreciation of the R&D stock.",
             "usual in studies of R&D and productivity, recalled");
    t.number(p.discovery_rate, "research.discovery_rate", 0.3, {0, 1000}, "1",
             "Hazard of a discovery per million yuan of R&D of the real firm, at first-day prices (z).", "assumed");
    t.number(p.elasticity, "research.elasticity", 0.124, {0, 2}, "1", "Elasticity of productivity to the R&D stock.",
             "Chen, Liu, Suarez Serrato, Xu 2021: doubling R&D adds 9 %");
    t.number(p.imitation, "research.imitation", 0.04, {0, 1}, "1/year",
             "Part of the gap to its sector's frontier (mean and one s.d.) that a laggard closes.", "assumed");
    t.number(p.imitation_digital, "research.imitation_digital", 2, {0, 20}, "1",
             "Faster by this x the part of its province's capacity at level 3 or above, and digital infrastructure.",
             "assumed");
    t.number(p.relabelling, "research.relabelling", 0.32, {0, 5}, "1",
             "Most that is added to R&D by relabelling other cost to reach a tax notch (rho).",
             "Chen et al. 2021: 24.2 % of reported R&D is relabelled, 1 - 1/1.32");
}

void upgrading_keys(KeyTable& t, Config& c)
{
    auto& p = c.upgrading;
    t.section("upgrading", "Maturity levels one after another (E18); with switches.technology.");
    const char* names[] = {"upgrading.rate_1", "upgrading.rate_2", "upgrading.rate_3"};
    const double rates[] = {0.03, 0.035, 0.015};
    for (std::size_t m = 0; m < p.rate.size(); ++m)
        t.number(
            p.rate[m], names[m], rates[m], {0, 10}, "1/year",
            "Hazard of an upgrade from this level to the next, of a firm of the reference size without neighbours.",
            "fitted to firms at level 2 or above: 25 % in 2020, 42 % in 2024 of those that diagnosed themselves");
    t.number(p.size_weight, "upgrading.size_weight", 0.25, {-5, 5}, "1", "Weight of ln employees (b1).", "assumed");
    t.number(p.reference_size, "upgrading.reference_size", 264, Range::above(0, 1e6), "person",
             "Employees at which the size has no effect.", "mean of above-scale firms in 2014 (yearbook 2015)");
    t.number(p.neighbour_weight, "upgrading.neighbour_weight", 1, {-20, 20}, "1",
             "Weight of the part of the province's capacity at the next level or above (b2).", "assumed");
    t.number(p.platform_weight, "upgrading.platform_weight", 0.3, {-20, 20}, "1",
             "Weight of membership in a platform, from 0 to 1 (b3).", "assumed");
    t.number(p.grant_weight, "upgrading.grant_weight", 2, {-20, 20}, "1", "Weight of a grant over the cost (b4).",
             "assumed");
    t.number(p.skill_weight, "upgrading.skill_weight", 2, {-20, 20}, "1", "Weight of the skill gap, from 0 to 1 (b5).",
             "assumed");
    t.number(p.cost_share, "upgrading.cost_share", 0.15, {0, 2}, "1",
             "Cost of an upgrade over the price of the capacity that it converts.", "assumed");
    t.number(p.months, "upgrading.months", 9, {1, 120}, "month", "Mean time of an upgrade.", "assumed");
}

void quality_keys(KeyTable& t, Config& c)
{
    auto& p = c.quality;
    t.section("quality", "Quality, defects, accidents, qualification (E21); with switches.technology.");
    t.number(p.research_gain, "quality.research_gain", 0.04, {0, 2}, "1/year",
             "Growth of ln quality x ln(1 + a firm's R&D share over its sector's).", "assumed");
    t.number(p.decay, "quality.decay", 0.10, {0, 2}, "1/year", "Fall of ln quality against a world that moves on.",
             "assumed");
    t.number(p.venture_contact, "quality.venture_contact", 0.02, {0, 2}, "1/year",
             "Speed at which contact with joint ventures closes the gap to their quality (lamJV).",
             "fitted to 3.8-12.7 % higher quality of affiliated firms (Bai, Barwick, Cao, Li)");
    t.number(p.venture_level, "quality.venture_level", 0.4, {0, 5}, "1", "ln quality of foreign partners (q_JV).",
             "assumed");
    t.number(p.spillover, "quality.spillover", 0.3, {0, 1}, "1",
             "Contact of another firm of the sector, per unit of the sector's capacity in joint ventures.", "assumed");
    t.number(p.choice_weight, "quality.choice_weight", 1, {0, 50}, "1",
             "Weight of ln quality in the choice of a supplier and in shares of the market (w3, E6).", "assumed");
    t.number(p.import_weight, "quality.import_weight", 1, {0, 20}, "1",
             "Elasticity of home against imported goods to their relative quality (sigma_q, E7).", "assumed");
    t.number(p.defect_rate, "quality.defect_rate", 0.03, {0, 1}, "1",
             "Defective goods at level 1 and ln quality 0, as a share of output; they are made again.", "assumed");
    t.number(p.accident_rate, "quality.accident_rate", 0.003, {0, 10}, "1/year",
             "Accidents of a firm of ln quality 0; the hazard is this x exp(-ln quality).", "assumed");
    t.number(p.accident_loss, "quality.accident_loss", 0.3, {0, 5}, "1",
             "Fall of ln demand after an accident, fading evenly.", "assumed");
    t.number(p.accident_years, "quality.accident_years", 3, {0, 20}, "year",
             "How long an accident is remembered and its research is mandated; whole months.", "assumed");
    t.number(p.mandated_share, "quality.mandated_share", 0.04, {0, 1}, "1",
             "Least R&D of a firm after an accident, as a share of revenue.", "assumed");
    t.number(p.qualification_rate, "quality.qualification_rate", 0.04, {0, 10}, "1/year",
             "Hazard that a home firm with research begins to qualify a part that only imports serve.", "assumed");
    t.number(p.qualification_least_years, "quality.qualification_least_years", 5, {0, 50}, "year",
             "Shortest time of a qualification.", "South China Morning Post 2015-06-01: 5 to 10 years");
    t.number(p.qualification_most_years, "quality.qualification_most_years", 10, {0, 50}, "year",
             "Longest time of a qualification.", "South China Morning Post 2015-06-01: 5 to 10 years");
}

void learning_keys(KeyTable& t, Config& c)
{
    auto& p = c.learning;
    t.section("learning", "Cost that falls with experience (E20); with switches.technology.");
    t.names(p.sectors, "learning.sectors", {}, "Sectors that learn.");
    t.number(p.rate, "learning.rate", 0.18, Range::below(0, 1), "1",
             "Fall of cost with each doubling of experience (LR).", "batteries: 14 to 24 %, BloombergNEF 18 %");
    t.number(p.own_weight, "learning.own_weight", 1, {0, 10}, "1", "Weight of a firm's own experience.", "assumed");
    t.number(p.domestic_weight, "learning.domestic_weight", 0.5, {0, 10}, "1", "Weight of the nation's.", "assumed");
    t.number(p.world_weight, "learning.world_weight", 0.2, {0, 10}, "1", "Weight of the world's.", "assumed");
    t.number(p.first_years, "learning.first_years", 5, Range::above(0, 100), "year",
             "Experience of the first day, in years of output of then.", "assumed");
    t.number(p.world_growth, "learning.world_growth", 0.15, {-0.5, 2}, "1/year",
             "Growth of the experience of the rest of the world.", "assumed");
}

void adoption_keys(KeyTable& t, Config& c)
{
    auto& p = c.adoption;
    t.section("adoption", "A new good in the place of an old one (E19); with switches.technology.");
    t.text(p.new_good, "adoption.new_good", "", "Sector of the new good; none when left out.");
    t.text(p.old_good, "adoption.old_good", "", "Sector of the good whose place it takes.");
    t.text(p.range_sector, "adoption.range_sector", "",
           "Sector whose experience makes the new good better: batteries make cars go farther.");
    t.number(p.price_weight, "adoption.price_weight", 3, {0, 50}, "1",
             "Weight of the relative price in the logit of the share (b).", "assumed");
    t.number(p.range_weight, "adoption.range_weight", 0.3, {0, 50}, "1", "Weight of ln experience of that sector (c).",
             "assumed");
    t.number(p.charging_weight, "adoption.charging_weight", 0.25, {0, 50}, "1",
             "Weight of ln experience of the new good: the network that has grown with it (d).", "assumed");
    t.number(p.speed, "adoption.speed", 1, {0, 12}, "1/year",
             "Part of the gap between the share that buyers would choose and that they buy, closed in a year.",
             "assumed");
}

} // namespace fabrica
