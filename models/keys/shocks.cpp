// Keys of shocks: what happens to the nation from outside, where, to whom, and how it ends.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

#include <algorithm>

namespace fabrica {

using sim::scenario::Check;
using sim::scenario::KeyTable;

namespace {

bool is_one_of(const std::string& kind, std::initializer_list<const char*> kinds)
{
    return std::any_of(kinds.begin(), kinds.end(), [&](const char* k) { return kind == k; });
}

bool has_partner(const std::string& kind) { return is_one_of(kind, {"tariff", "partner_tariff", "export_limit"}); }
bool has_place(const std::string& kind) { return is_one_of(kind, {"supply", "cyber", "disaster", "energy"}); }
bool has_level(const std::string& kind) { return is_one_of(kind, {"supply", "cyber", "disaster"}); }

/// Which way a kind of shock can go.
void check_size(const Shock& shock, Check& check)
{
    if (is_one_of(shock.kind, {"tariff", "partner_tariff"}) && shock.size < 0)
        check.error("size", "a shock of kind {} of size {} is no tariff", shock.kind, shock.size)
            .help("the size is the rate: 0.25 for 25 % of the price");
    if (is_one_of(shock.kind, {"import_supply", "export_limit", "energy", "disaster", "cyber"}) && shock.size > 0)
        check.error("size", "a shock of kind {} takes a part away: its size lies in [-1, 0]", shock.kind)
            .help("write -0.3 for 30 % less");
}

void check_category(const Shock& shock, Check& check)
{
    if (shock.kind == "outside_price" && !shock.sectors.empty())
        check.error("sectors", "a shock of kind outside_price hits no manufacturing sectors")
            .help("name the outside sector as `category`, or leave both out for all");
    const bool has_categories = is_one_of(shock.kind, {"final_demand", "exports", "outside_demand", "outside_price"}) ||
                                has_partner(shock.kind);
    if (!shock.category.empty() && !has_categories)
        check.error("category", "a shock of kind {} has no category", shock.kind)
            .help("leave `category` out; `sectors` limits the shock to some sectors");
    if (has_partner(shock.kind) && !shock.category.empty() && !shock.category.starts_with("exports"))
        check.error("category", "the category of a shock of kind {} is a group of partners", shock.kind)
            .help("such as exports_us; leave it out for all");
}

void check_target(const Shock& shock, Check& check)
{
    if (!shock.regions.empty() && !has_place(shock.kind))
        check.error("regions", "a shock of kind {} is the same in all provinces", shock.kind)
            .help("regions belong to supply, cyber, disaster and energy");
    if (!shock.levels.empty() && !has_level(shock.kind))
        check.error("levels", "a shock of kind {} is the same at all levels", shock.kind)
            .help("levels belong to supply, cyber and disaster");
    for (const double level : shock.levels)
        if (level != 1 && level != 2 && level != 3 && level != 4)
            check.error("levels", "{} is no maturity level", level).help("levels are 1, 2, 3 and 4");
}

void check_course(const Shock& shock, Check& check)
{
    if (!(shock.from < shock.to))
        check.error("to", "the shock ends before it begins").help("`to` is the first day after it");
    const bool is_price = shock.kind.ends_with("_price");
    if (shock.in_demand_paths && !is_price)
        check.error("in_demand_paths", "only shocks to prices can be in the paths of demand");
    if (shock.recovery_days > 0 && (shock.in_demand_paths || shock.kind == "disaster"))
        check.error("recovery_days", "{} has no recovery of its own",
                    shock.in_demand_paths ? "a shock in the paths of demand" : "what a disaster destroyed");
    if (shock.kind == "import_supply") {
        if (shock.announced && shock.from < *shock.announced)
            check.error("announced", "the control is announced after it is in force")
                .help("leave `announced` out for none");
        return;
    }
    if (shock.announced) check.error("announced", "only shocks of kind import_supply are announced");
    if (shock.is_soft) check.error("soft", "only shocks of kind import_supply are soft or hard");
    if (shock.lead_days > 0) check.error("lead_days", "only shocks of kind import_supply have lead_days");
}

} // namespace

void shock_keys(KeyTable& t, Config& c)
{
    t.list<Shock>(
        c.shocks, "shock", "A dated disturbance.",
        [](KeyTable& row, Shock& shock) {
            row.date(shock.from, "from", {2015, 1, 1}, "First day.").required().begins();
            row.date(shock.to, "to", {2015, 1, 1}, "First day after it.").required().ends();
            row.number(shock.size, "size", 0, {-1, 10}, "1",
                       "Relative change while it lasts, -0.1 for ten per cent less; of tariffs the rate.")
                .required();
            row.number(shock.recovery_days, "recovery_days", 0, {0, 3650}, "day",
                       "Days after it until nothing is left of it.");
            row.choice(shock.recovery, "recovery", "linear", {"linear", "exponential"},
                       "How it fades: in a straight line, or most of it at once (a twentieth left at the end).");
            row.flag(
                shock.in_demand_paths, "in_demand_paths", false,
                "A price shock of the past: what it did to the quantities of final demand is in their paths already.");
            row.names(shock.sectors, "sectors", {}, "Sectors hit; all when left out.");
            row.names(shock.regions, "regions", {},
                      "Provinces hit, for supply, cyber, disaster, energy; all when left out.");
            row.numbers(
                shock.levels, "levels", {}, {1, 4}, "1",
                "Maturity levels of the capacity hit, for supply, cyber, disaster; left out: all, of cyber 3 and 4.");
            row.text(
                shock.category, "category", "",
                "Category of final demand, outside sector of an outside_price, or group of partners that is hit; all "
                "when left out.");
            row.date(shock.announced, "announced", "Day on which a control of imports is known to come.").begins();
            row.flag(shock.is_soft, "soft", false, "A control of imports by licences at a premium, not a ban.");
            row.number(shock.lead_days, "lead_days", 0, {0, 1000}, "day",
                       "By how much goods under a control of imports are longer on the way.");
            row.check([&shock](Check& check) {
                check_size(shock, check);
                check_category(shock, check);
                check_target(shock, check);
                check_course(shock, check);
            });
        },
        {"final_demand", "exports", "outside_demand", "supply", "import_price", "world_price", "outside_price", "cyber",
         "disaster", "energy", "tariff", "partner_tariff", "import_supply", "export_limit", "rival_cost"});
}

} // namespace fabrica
