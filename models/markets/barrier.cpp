// The order of a day's end.
#include "models/ledger.hpp"
#include "models/markets/institutions.hpp"
#include "models/platforms/sharing.hpp"
#include "models/policy/institutions.hpp"

#include <fmt/format.h>

namespace fabrica {

std::int64_t bank_equity(const World& world, int bank);                                           // credit/banks.cpp
void check_old_orders(const World& world, std::span<const std::int64_t> flows, Barrier& barrier); // guards.cpp
void check_concentration(const World& world, Barrier& barrier);
void check_prices(const World& world, Barrier& barrier);

namespace {

void end_month(World& w)
{
    const auto report = w.statistics_tally.reduce();
    w.month.assign(report.begin(), report.end());
}

} // namespace

/// Sellers of each sector with their capacity as weight.
void publish_directories(World& w, Barrier& barrier)
{
    using Sellers = std::vector<sim::Directory::Entry>;
    const auto sectors = static_cast<std::size_t>(w.S);
    std::vector<std::vector<Sellers>> found(static_cast<std::size_t>(barrier.parts()), std::vector<Sellers>(sectors));
    barrier.each_part([&](int part, int, auto&& agents) {
        agents([&](const Firm& f) {
            const double capacity = total_capacity(f.capacity);
            if (capacity >= 1)
                found[static_cast<std::size_t>(part)][f.sector].push_back(
                    {f.id, f.key, static_cast<std::int64_t>(capacity)});
        });
    });
    barrier.for_each(w.S, [&](int s, int) {
        Sellers all;
        std::size_t sellers = 0;
        for (const auto& part : found) sellers += part[static_cast<std::size_t>(s)].size();
        all.reserve(sellers);
        for (auto& part : found) {
            const Sellers mine = std::exchange(part[static_cast<std::size_t>(s)], {});
            all.insert(all.end(), mine.begin(), mine.end());
        }
        w.directory[static_cast<std::size_t>(s)].publish(std::move(all));
    });
}

/// Fiscal room: what is left of the part of its production tax that a province can spend on bail-outs this year (E14).
void budget_bail_outs(World& w)
{
    for (int r = 0; r < w.R; ++r) {
        const auto at = static_cast<std::size_t>(r);
        const std::int64_t account = w.books.account[w.accounts.province(r)];
        const double tax = static_cast<double>(account - w.province_first[at] + w.bailed_out[at]);
        const double months = 1 + (w.national.month - 1) % 12;
        const double budget = w.config.state_firms.bail_out_budget * tax * 12 / months;
        w.region[at].room = budget > 0 ? std::clamp(1 - static_cast<double>(w.bailed_out[at]) / budget, 0.0, 1.0) : 1;
        if (w.national.month % 12 == 0) w.province_first[at] = account, w.bailed_out[at] = 0;
    }
}

void check_guards(World& w, Barrier& barrier)
{
    check_prices(w, barrier);
    check_concentration(w, barrier);
    for (int b = 0; b < w.B; ++b)
        if (bank_equity(w, b) < 0)
            barrier.stop(fmt::format(
                "guard: bank {} has lost its capital ({:.3g} m yuan) by {}; bad loans exceed what it earned", b,
                static_cast<double>(bank_equity(w, b)) * 1e-8, sim::to_string(w.calendar.date(barrier.window()))));
    double unmet = 0, served = 0;
    for (std::size_t s = 0; s < w.sector.size(); ++s)
        unmet += static_cast<double>(w.monthly.unmet[s]), served += static_cast<double>(w.monthly.final_demand[s]);
    w.unmet_quarter += unmet, w.demand_quarter += unmet + served;
    if (w.national.month % 3 != 0) return;
    if (w.demand_quarter > 0 && w.unmet_quarter > w.config.guards.unmet_demand_share * w.demand_quarter)
        barrier.stop(fmt::format(
            "guard: {:.0f} % of final demand was not met in the quarter ending {}{} (limit {:.0f} %)",
            100 * w.unmet_quarter / w.demand_quarter, sim::to_string(w.calendar.date(barrier.window())),
            w.national.recording ? "" : ", before the start of the run", 100 * w.config.guards.unmet_demand_share));
    w.unmet_quarter = w.demand_quarter = 0;
}

/// Trade, energy and people; what is neutral adds nothing, so that a run without them has the hash it had before they were modelled.
void hash_world_terms(const World& w, sim::Hasher& hasher)
{
    const auto add = [&](double value, double neutral) {
        if (value != neutral) hasher.add(value);
    };
    for (const auto& t : w.trade.sector) {
        for (const double demand : t.demand) add(demand, 1);
        add(t.critical.reserve, 0), add(t.critical.gap, 0), add(t.critical.effort, 0), add(t.critical.available, 1);
        add(t.critical.home, 0), add(t.replaced, 0), add(t.import_factor, 1), add(t.relocation, 0);
    }
    for (const auto& e : w.energy.sector) add(e.carbon_price, 0), add(e.permits, 1);
    for (const auto& people : w.people) add(people.trained, 0);
}

void Manufacturing::hash_state(sim::Hasher& hasher) const
{
    const World& w = world_;
    for (std::size_t a = 0; a < w.accounts.platforms(); ++a) hasher.add(w.books.account[a]);
    for (const Platform& p : w.platforms.all) {
        hasher.add(p.key), hasher.add(p.balance), hasher.add(p.trust), hasher.add(p.members),
            hasher.add(p.month.matches);
        hasher.add(p.months), hasher.add(p.months_below);
    }
    for (const Offer& o : w.platforms.offers) hasher.add(o.key), hasher.add(o.left);
    for (const auto x : w.books.loans) hasher.add(x);
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        hasher.add(w.wholesaler[s].stock.milli), hasher.add(w.wholesaler[s].slow_demand), hasher.add(w.sector[s].price);
        hasher.add(w.sector[s].market_index), hasher.add(w.sector[s].growth), hasher.add(w.share_total[s]),
            hasher.add(w.attraction_total[s]);
    }
    for (const auto& house : w.wholesaler) {
        hasher.add(house.drawn), hasher.add(house.bought), hasher.add(house.paid), hasher.add(house.market_demand),
            hasher.add(house.unsettled);
    }
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        hasher.add(w.sector[s].roa), hasher.add(w.sector[s].assets), hasher.add(w.sector[s].home_ratio),
            hasher.add(w.sector[s].turnover);
        hasher.add(w.sales_history[s]);
    }
    for (const double aim : w.capacity_target) hasher.add(aim);
    for (std::size_t r = 0; r < w.region.size(); ++r) {
        hasher.add(w.region[r].wage_index), hasher.add(w.region[r].hire_fill), hasher.add(w.region[r].room);
        hasher.add(w.pool[r]), hasher.add(w.bailed_out[r]), hasher.add(w.province_first[r]);
    }
    if (w.config.switches.technology)
        for (const auto& b : w.sector) {
            hasher.add(b.technical), hasher.add(b.quality), hasher.add(b.critical_share), hasher.add(b.experience);
        }
    for (const double level : w.demand.level) hasher.add(level);
    for (const double price : w.reference_price) hasher.add(price);
    hasher.add(w.national.productivity), hasher.add(w.used_machines);
    hash_world_terms(w, hasher);
    for (const auto& p : w.policy.programme) {
        if (!p.is_in_force && p.fired == 0) continue; // one that has not begun is no part of the past
        hasher.add(p.budget_factor), hasher.add(p.fill), hasher.add(p.year_spent);
        for (const double x : p.numbers) hasher.add(x);
        for (const auto x : p.counts) hasher.add(x);
        for (const auto x : p.members) hasher.add(x);
    }
}

/// What single customers bought over platforms is final demand served; wholesalers are asked for so much less.
static void count_individuals(World& w, std::span<const std::int64_t> flows)
{
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const std::int64_t sold = flows[w.flows.by_sector(FlowPlan::to_individuals, s)];
        w.platforms.individual_served[at] += sold, w.monthly.final_demand[at] += sold;
        if (sold > 0) w.monthly.demand_by_category[w.consumption] += sold;
    }
}

void Manufacturing::at_barrier(Barrier& barrier)
{
    World& w = world_;
    const sim::Window today = barrier.window();
    const auto flows = w.flow_tally.reduce();
    post_flows(w, flows);
    for (int r = 0; r < w.R; ++r) {
        w.hires[static_cast<std::size_t>(r)] += flows[w.flows.hires(r)];
        w.bailed_out[static_cast<std::size_t>(r)] += flows[w.flows.bail_outs_of(r)];
        w.people[static_cast<std::size_t>(r)].vacancies += static_cast<double>(flows[w.flows.vacancies(r)]);
    }
    w.monthly.bail_outs += flows[w.flows.bail_outs()], w.monthly.bail_out_money += flows[w.flows.bail_out_money()];
    w.monthly.bad_loans[0] += flows[w.flows.bad_loans()];
    w.worked.pass(w, today);
    split_purchases(w, flows);
    import_shortages(w);
    serve_final_demand(w, flows, today);
    collect_duties(w);
    move_trade(w, today + 1);
    move_energy(w, today + 1);
    post_market_demand(w, flows, today);
    answer_loans(w, barrier);
    count_individuals(w, flows);
    run_platforms(w, barrier);
    const bool month_ends = w.calendar.is_month_end(today);
    if (month_ends) end_month(w), w.days_of_month = w.calendar.days_in_month(today);
    if (std::string why = close_books(w, today); !why.empty()) barrier.stop(std::move(why));
    check_old_orders(w, flows, barrier);
    if (month_ends) {
        publish_boards(w, today);
        settle_banks(w);
        clear_labour(w, today);
        share_permits(w, today);
        budget_bail_outs(w);
        check_guards(w, barrier);
        admit_entrants(w, barrier);
        run_programmes(w, barrier);
        publish_turnover(w);
        if (w.on_month) w.on_month(barrier);
        publish_directories(w, barrier);
        w.reset_month();
    }
    refresh_programmes(w, today + 1);
    w.national.recording = today + 1 >= w.recording_from;
    w.set_due_day(today + 1);
}

} // namespace fabrica
