// E16: firms enter by cell (sector, province, ownership) and month.
#include "models/firms/exit.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/first_day/make_firm.hpp"
#include "models/policy/institutions.hpp"
#include "models/series/size_class.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace fabrica {

void buy_capital_goods(World& world, Holder payer, std::int64_t money); // purchases.cpp

namespace {

/// Enters the firms of one cell in one month.
class Entrants {
public:
    Entrants(World& world, Barrier& barrier, int sector, int region, Ownership ownership)
        : world_(world), barrier_(barrier), sector_(sector), region_(region), ownership_(ownership)
    {
    }

    /// @param is_empty  nobody is there whose returns and growth could be seen: they count as normal
    void operator()(double firms, double demand_ratio, bool is_empty)
    {
        const auto& rule = world_.config.entry;
        const auto s = static_cast<std::size_t>(sector_);
        const MarketTerms& markets = world_.policy.markets;
        const double excess = is_empty ? 0 : world_.sector[s].roa - rule.required_return;
        const double growth = is_empty ? 0 : world_.sector[s].growth - world_.config.investment.growth;
        const double expected =
            expected_entrants(rule.rate * markets.entry_rate[owner()], firms, world_.cell_share[cell()], demand_ratio,
                              rule.demand_exponent, rule.profit_exponent, excess, rule.growth_exponent, growth,
                              markets.entry_subsidy[owner()] + foreign_pull());
        if (expected <= 0) return;
        const auto month = static_cast<std::uint32_t>(world_.national.month);
        const sim::Key key = sim::make_key(0xE16, sector_, region_, static_cast<int>(ownership_));
        const auto count =
            sim::Draw(seed(), key, static_cast<std::uint16_t>(Purpose::entry_count), month).poisson(expected);
        for (std::int64_t i = 0; i < count; ++i) enter(sim::make_key(key, month, i));
    }

private:
    /// What draws foreign-owned firms here, or away.
    [[nodiscard]] double foreign_pull() const
    {
        return is_foreign_owned(ownership_) ? world_.trade.sector[static_cast<std::size_t>(sector_)].relocation : 0;
    }
    [[nodiscard]] std::size_t cell() const
    {
        return (static_cast<std::size_t>(sector_) * static_cast<std::size_t>(world_.R) +
                static_cast<std::size_t>(region_)) *
                   ownership_count +
               static_cast<std::size_t>(ownership_);
    }
    [[nodiscard]] std::size_t owner() const
    {
        return static_cast<std::size_t>(sector_) * ownership_count + static_cast<std::size_t>(ownership_);
    }
    [[nodiscard]] std::uint32_t seed() const { return static_cast<std::uint32_t>(world_.config.run.seed); }
    [[nodiscard]] sim::Draw draw(sim::Key key, Purpose purpose) const
    {
        return {seed(), key, static_cast<std::uint16_t>(purpose), 0};
    }

    void enter(sim::Key key)
    {
        const auto& rule = world_.config.entry;
        const auto s = static_cast<std::size_t>(sector_);
        const double real =
            std::min(rule.largest_employees,
                     rule.median_employees * sim::math::exp(rule.log_sd * draw(key, Purpose::entrant_size).normal()));
        const double output = output_of_size(world_, sector_, real) * (1 - rule.productivity_gap);
        Firm firm = make_firm(world_, {key, sector_, region_, ownership_, output, real,
                                       draw(key, Purpose::entrant_efficiency).normal(), 0});
        if (world_.config.switches.technology)
            firm.technical += static_cast<float>(sim::math::log1p(-rule.productivity_gap));
        firm.born = firm.settled = barrier_.window() + 1;
        firm.last_plan = firm.born - 1;
        firm.market_seen = world_.sector[s].market_index;
        take_market_share(firm, output);
        finance(firm);
        classify(firm, world_);
        world_.monthly.demand_left[s] -= nearest(output);
        firm.id = barrier_.create(firm);
        support_founders(world_, barrier_, firm);
        if (world_.event_log && world_.event_log->watches(key))
            world_.event_log->note_at_barrier({firm.id, key, EventKind::entered, sim::no_agent, 0, firm.cash.fen});
        ++world_.monthly.entries[s * ownership_count + static_cast<std::size_t>(ownership_)];
    }

    /// Appeal such that the share it ends up with is what it plans to sell; it starts with a part of that.
    void take_market_share(Firm& f, double output)
    {
        const auto s = static_cast<std::size_t>(f.sector);
        const auto& board = world_.sector[s];
        // No newcomer takes more than a tenth of a market, however small the market has become.
        const double target = std::min(0.1, output / std::max(1.0, world_.wholesaler[s].market_demand));
        // Where nobody else sells the sums are 0: by its capacity, any share is the whole market, and others come by theirs.
        const bool is_alone = world_.attraction_total[s] <= 0 || world_.share_total[s] <= 0;
        const double attraction = is_alone ? total_capacity(f.capacity) : target * board.attraction_sum;
        const double share = is_alone ? target : target * board.share_sum;
        f.attraction = std::floor(attraction * attraction_scale) / attraction_scale;
        f.appeal = f.normal_appeal = static_cast<float>(appeal_of(f, world_));
        f.share = std::floor(share * world_.config.entry.share_start * share_scale) / share_scale;
        world_.share_total[s] += static_cast<std::int64_t>(f.share * share_scale);
        world_.attraction_total[s] += static_cast<std::int64_t>(f.attraction * attraction_scale);
    }

    /// Owners pay for the machines and for twice the usual cash.
    void finance(Firm& f)
    {
        const auto& a = world_.accounts;
        world_.books.account[a.households()] -= f.fixed_assets.fen + f.cash.fen;
        buy_capital_goods(world_, Holder::households, f.fixed_assets.fen);
        world_.monthly.transactions[fabrica::cell(Transaction::founding, Holder::households)] -= f.cash.fen;
        world_.monthly.transactions[fabrica::cell(Transaction::founding, Holder::firms)] += f.cash.fen;
        world_.books.firms[0] += f.cash.fen;
        f.equity_at_month = equity_of(f);
    }

    World& world_;
    Barrier& barrier_;
    int sector_, region_;
    Ownership ownership_;
};

} // namespace

void admit_entrants(World& w, Barrier& barrier)
{
    if (!w.config.switches.entry) return;
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        double firms = 0;
        for (int o = 0; o < ownership_count; ++o)
            firms += static_cast<double>(w.month[w.statistics.cell(Measure::firms, s, static_cast<Ownership>(o))]);
        const bool is_empty = firms == 0;
        firms = std::max(firms, w.config.entry.least_incumbents * w.first_firms[at]);
        if (firms <= 0) continue;
        // What nobody sells, and what is imported because nobody does, is a market for newcomers.
        const auto open = static_cast<double>(w.monthly.unmet[at] + w.monthly.left_to_imports[at]);
        const double asked = w.sales_history[at][0] / w.days_per_month() + open / w.days_of_month;
        const double per_firm = asked / firms;
        const double ratio = per_firm / (w.first_output_per_firm[at]);
        for (int r = 0; r < w.R; ++r)
            for (int o = 0; o < ownership_count; ++o)
                if (w.cell_share[(at * static_cast<std::size_t>(w.R) + static_cast<std::size_t>(r)) * ownership_count +
                                 static_cast<std::size_t>(o)] > 0)
                    Entrants(w, barrier, s, r, static_cast<Ownership>(o))(firms, std::max(0.05, ratio), is_empty);
    }
}

} // namespace fabrica
