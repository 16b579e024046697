// Keys of programmes: `[policy.NAME]`. Those of every programme here, those of a kind with its instrument.
#include "models/config.hpp"
#include "models/kinds.hpp"
#include "models/policy/instrument.hpp"
#include "sim/scenario/key_table.hpp"

#include <algorithm>

namespace fabrica {

using sim::scenario::Check;
using sim::scenario::KeyTable;
using sim::scenario::Range;

namespace {

template <class Names>
KeyTable::Names list(const Names& names)
{
    return {names.begin(), names.end()};
}

void who_keys(KeyTable& t, Eligibility& who)
{
    t.names(who.sectors, "sectors", {}, "Sectors that the programme is for; all when left out.");
    t.names(who.ownerships, "ownerships", {}, "Ownerships that it is for; all when left out.", list(ownership_names));
    t.names(who.size_classes, "size_classes", {}, "Size classes that it is for; all when left out.",
            list(size_class_names));
    t.names(who.regions, "regions", {}, "Provinces that it is for; all when left out.");
    t.number(who.min_age, "min_age_years", 0, {0, 1000}, "year", "Least age of an eligible firm.");
    t.number(who.max_age, "max_age_years", 1000, {0, 1000}, "year", "Age from which a firm is no longer eligible.");
    t.integer(who.min_level, "min_level", 1, {1, 4}, "1", "Least maturity level installed.");
    t.integer(who.max_level, "max_level", 4, {1, 4}, "1", "Highest maturity level installed.");
    t.check([&who](Check& check) {
        if (who.max_age <= who.min_age)
            check.error("max_age_years", "no firm is at least {} and less than {} years old", who.min_age, who.max_age);
        if (who.max_level < who.min_level)
            check.error("max_level", "no firm has a level of at least {} and at most {}", who.min_level, who.max_level);
    });
}

void date_keys(KeyTable& t, Programme& p)
{
    t.date(p.from, "from", {2015, 1, 1}, "First day in force.").required().begins();
    t.date(p.announced, "announced",
           "Day of the announcement, not after `from`; of use with `anticipation`, or before a control of others.")
        .begins();
    t.date(p.until, "until", "First day on which it is no longer in force; never when left out.").ends();
    t.check([&p](Check& check) {
        if (p.announced && p.from < *p.announced)
            check.error("announced", "the programme is announced after it is in force")
                .help("`announced` is not after `from`");
        if (p.until && !(p.from < *p.until))
            check.error("until", "the programme ends before it begins").help("`until` is the first day after it");
    });
}

void money_keys(KeyTable& t, Programme& p)
{
    t.number(p.intensity, "intensity", 1, {0, 1000}, "1",
             "Factor on the programme's rates and budget; 0: as if there were no programme.");
    t.series(p.budget, "budget_cny_per_year", "amount_cny", -1, {-1, 1e16}, "CNY/year",
             "Money that may be granted in a calendar year, released month by month; -1: no limit.");
    t.number(p.implementation, "implementation", 1, {0, 1}, "1",
             "Part of what is announced that is disbursed (E24): the rest of the thunder brings no rain.");
    t.number(p.central_share, "central_share", 1, {0, 1}, "1",
             "Part paid by the central government; the recipient's province pays the rest, or, where the recipient has "
             "none, all provinces by their factory workers. What is procured and founded is paid by the centre.");
    t.number(p.anticipation, "anticipation", 0, {0, 1}, "1",
             "Part of the firms that count on an announced programme when they invest.");
    t.number(
        p.countercyclical, "countercyclical", 0, {-50, 50}, "1",
        "Growth of the programme's rates per unit of the nation's relative gap of utilisation: more when use is low.");
    t.number(p.misuse_share, "misuse_share", 0, {0, 1}, "1", "Part of the firms that ask for more than is theirs.");
    t.number(p.misuse_size, "misuse_size", 0.5, {0, 10}, "1", "What these ask for beyond, over what is theirs.");
    t.number(p.audit_probability, "audit_probability", 0, {0, 1}, "1", "Probability that an award is audited.");
    t.number(p.clawback, "clawback", 1, {0, 10}, "1", "What a misuser found out pays back, over what it got too much.");
}

void award_keys(KeyTable& t, Allocation& a)
{
    t.choice(a.rule, "allocation.rule", "pro_rata", {"pro_rata", "ranked"},
             "How a budget that does not suffice is shared (E25): to each the same part, or by score.");
    const Range weight{-100, 100};
    t.number(a.merit, "allocation.merit", 0, weight, "1", "Weight of labour productivity, in standard deviations.");
    t.number(a.size, "allocation.size", 0, weight, "1", "Weight of the logarithm of revenue.");
    t.number(a.state, "allocation.state", 0, weight, "1", "Weight of being a state firm.");
    t.number(a.jobs, "allocation.jobs", 0, weight, "1", "Weight of the logarithm of employees.");
    t.number(a.connection, "allocation.connection", 0, weight, "1",
             "Weight of being connected, as a tenth of firms is.");
    t.number(a.noise, "allocation.noise", 0, weight, "1", "Standard deviation of what has no reason.");
}

void target_keys(KeyTable& t, Target& target)
{
    t.text(target.series, "target.series", "", "Series that the programme is to move; none when left out (E26).");
    t.text(target.sector, "target.sector", "", "Sector of the series; its total or mean when left out.");
    t.series(target.value, "target.value", "value", 0, {-1e18, 1e18}, "1",
             "Value to reach, in the unit of the series; dated where phases have targets of their own.");
    t.integer(target.year, "target.year", 2025, {1949, 2100}, "year", "Year of the last target; reviews end with it.");
    t.integer(target.review_years, "target.review_years", 1, {1, 50}, "year",
              "Years between reviews: they fall on the years that it divides (5: 2020, 2025, ...) and on the year of "
              "the target.");
    t.number(target.response, "target.response", 0, {-10, 10}, "1",
             "Growth of the logarithm of the next budget per unit of relative gap.");
}

} // namespace

void policy_keys(KeyTable& t, Config& c)
{
    KeyTable::Names kinds;
    for (const auto& kind : instrument_catalogue()) kinds.push_back(kind.name);
    t.named<Programme>(
        c.policies, "policy", "A programme of industrial policy (E24).",
        [](KeyTable& row, Programme& p) {
            const auto& all = instrument_catalogue();
            const auto kind = std::find_if(all.begin(), all.end(), [&](const auto& k) { return k.name == p.kind; });
            p.instrument = (kind == all.end() ? all.front() : *kind).make();
            date_keys(row, p), p.instrument->bind(row), who_keys(row, p.who), money_keys(row, p);
            award_keys(row, p.allocation), target_keys(row, p.target);
        },
        kinds);
}

} // namespace fabrica
