#include "models/first_day/first_day.hpp"

#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/first_day/machines.hpp"
#include "models/first_day/make_firm.hpp"
#include "models/first_day/network.hpp"
#include "models/ledger.hpp"
#include "models/policy/institutions.hpp"
#include "models/series/size_class.hpp"
#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>
#include <numeric>

namespace fabrica {

void publish_prices(World& world, sim::Window tomorrow); // markets/boards.cpp

namespace {

class FirstDay {
public:
    FirstDay(World& world, Engine& engine) : w_(world), engine_(engine) {}

    void operator()(sim::Errors& errors, const sim::Position& where)
    {
        set_demand();
        const auto output = solve_output(errors, where);
        if (!errors.empty()) return;
        auto firms = make_population(w_, output);
        set_research_norms(w_, firms);
        const Network net = make_network(w_, firms, engine_);
        set_normal_prices(w_, firms, net.direct);
        begin_boards(w_, firms);
        count_market(firms, net);
        found_all(firms, net);
        stock_wholesalers();
        open_accounts();
        first_boards(firms);
    }

private:
    /// Thousandths per simulated day for a yuan per year of the base year, at the start of the spin-up.
    [[nodiscard]] double per_day() const { return w_.config.run.scale * 1000 / 365; }

    void set_demand()
    {
        const auto& n = w_.nation;
        const double g = growth();
        // The base year's mean is that of its middle.
        const double years_to_base =
            w_.config.population.spin_up_years + (n.base_year - w_.config.run.start.year) + 0.5;
        const double level = sim::math::exp(-sim::math::log1p(g) * years_to_base);
        w_.first_demand_level = level;
        w_.demand.level.assign(n.demand.size() * w_.groups.size(), level);
        w_.demand.daily_growth.assign(w_.demand.level.size(), 0);
        for (const auto& c : n.demand) {
            std::vector<double> home, abroad;
            for (std::size_t s = 0; s < n.sectors.size(); ++s) {
                home.push_back(c.domestic[s] * per_day());
                abroad.push_back(c.imported[s] * per_day());
            }
            w_.demand.home.push_back(home), w_.demand.imported.push_back(abroad);
        }
        w_.final_asked.assign(n.sectors.size(), 0);
        for (std::size_t c = 0; c < n.demand.size(); ++c)
            for (std::size_t s = 0; s < n.sectors.size(); ++s) w_.final_asked[s] += w_.demand.home[c][s] * level;
    }

    /// Gross output that serves final demand and the investment of manufacturers: (growth + depreciation) x fixed assets.
    std::vector<double> solve_output(sim::Errors& errors, const sim::Position& where)
    {
        const double g = growth();
        std::vector<double> investment;
        for (const auto& t : w_.technology)
            investment.push_back((g + w_.config.production.depreciation) * t.capital_price);
        return leontief_output(w_.nation.domestic, w_.nation.capital_shares, investment, w_.final_asked, errors, where);
    }

    /// What is sold over the market, by sector: all output that links do not take.
    void count_market(const std::vector<FirmPlan>& firms, const Network& net)
    {
        market_.assign(w_.sector.size(), 0);
        capacity_.assign(w_.sector.size(), 0);
        for (std::size_t i = 0; i < firms.size(); ++i) {
            const auto s = static_cast<std::size_t>(firms[i].sector);
            market_[s] += firms[i].output - net.direct[i];
            capacity_[s] += firms[i].output / w_.first_utilisation[s];
        }
    }

    /// Firms are made some at a time on all threads, and enter the books one after the other.
    void found_all(const std::vector<FirmPlan>& firms, const Network& net)
    {
        constexpr std::size_t task = 256, tasks = 32;
        engine_.expect_founders(firms.size());
        tabulate_ages();
        std::vector<Firm> some(task * tasks);
        for (std::size_t first = 0; first < firms.size(); first += some.size()) {
            const std::size_t n = std::min(some.size(), firms.size() - first);
            engine_.for_each(static_cast<int>((n + task - 1) / task), [&](int t, int) {
                const std::size_t from = static_cast<std::size_t>(t) * task;
                for (std::size_t i = from; i < std::min(from + task, n); ++i)
                    some[i] = founder(firms[first + i], net, first + i);
            });
            for (std::size_t i = 0; i < n; ++i) {
                enter_in_books(some[i]);
                engine_.found(some[i]);
            }
        }
    }

    [[nodiscard]] Firm founder(const FirmPlan& plan, const Network& net, std::size_t number) const
    {
        const double market_sales = plan.output - net.direct[number];
        Firm f = make_firm(w_, plan);
        give_market_share(f, market_sales);
        link(f, &net.links[net.offset[number]]);
        put_in_motion(f, plan.output, market_sales);
        give_age(f);
        give_balance_sheet(f, plan.output);
        classify(f, w_);
        return f;
    }

    /// f = market sales / market; appeal as the residual that makes the share stay (E6).
    void give_market_share(Firm& f, double sales) const
    {
        const auto s = static_cast<std::size_t>(f.sector);
        f.share = std::floor(sales / market_[s] * share_scale) / share_scale;
        f.attraction = std::floor(f.share * capacity_[s] * attraction_scale) / attraction_scale;
        f.appeal = f.normal_appeal = static_cast<float>(appeal_of(f, w_));
    }

    void link(Firm& f, const SlotLinks* links) const
    {
        for (int j = 0; j < f.slots; ++j) {
            InputLinks& slot = f.links[j];
            double linked = 0;
            for (int i = 0; i < links[j].count; ++i) {
                const auto at = static_cast<std::size_t>(i);
                slot.supplier[at] = links[j].supplier[at];
                slot.share[at] = static_cast<std::uint16_t>(std::max(1.0F, links[j].part[at] * 65535));
                linked += static_cast<double>(links[j].part[at]);
            }
            slot.suppliers = static_cast<std::uint8_t>(links[j].count);
            slot.market_share = static_cast<float>(std::clamp(1 - linked, 0.0, 1.0));
        }
    }

    /// As if it had always been there: the last plan was on its day last month, its orders have arrived, stocks are on target.
    void put_in_motion(Firm& f, double output, double market_sales) const
    {
        const auto& rule = w_.config.production;
        const int since = 30 - f.cohort;
        f.last_plan = -since;
        f.daily_rate = output;
        f.slow_demand = static_cast<float>(output / w_.slow_lag(growth()));
        // The day before the first is still to be made and sold: stocks are settled at the end of a day for the days before it.
        f.settled = -1;
        f.market_seen = -market_[f.sector]; // shares sum to one
        f.demand = f.made = rounded_goods(output * (since - 1));
        f.expected_market = static_cast<float>(market_sales);
        f.expected_orders = static_cast<float>(output - market_sales);
        f.ordered = rounded_goods((output - market_sales) * (since - 1));
        f.stock = rounded_goods(stock_held() * output * rule.inventory_months * 30);
        const double lead = 1 + rule.delivery_days + rule.delivery_spread_days / 2.0;
        double inputs = 0;
        for (int j = 0; j < f.slots; ++j) {
            const double need = w_.sector[f.sector].alpha[static_cast<std::size_t>(j)] * output;
            const double price = static_cast<double>(f.slot[j].unit_price);
            f.slot[j].stock = rounded_goods(need * (rule.input_days + lead + 30 - since + 1));
            f.slot[j].cost = amount(f.slot[j].stock, price);
            inputs += need * price;
        }
        f.stock_cost = amount(f.stock, static_cast<double>(f.unit_cost));
        f.absorbed = amount(f.made, static_cast<double>(f.unit_conversion));
        // Trade credit of the first day is all with the clearing house; links build up their own within its term.
        const double due = w_.trade_credit_due, price = static_cast<double>(f.price);
        f.market_receivables = rounded_fen(3 * (market_sales * (1 - due) / due + market_sales * since / 30) * price +
                                           0.1 * (output - market_sales) * w_.config.credit.receivable_days * price);
        const double bought = output * w_.sector[f.sector].bundle_price + output * static_cast<double>(f.overhead);
        f.market_payables = rounded_fen(3 * bought / due + 0.1 * inputs * w_.config.credit.receivable_days);
        if (w_.config.switches.lumpy_investment) give_machines(f, w_);
    }

    /// Ages as steady growth and the observed hazards leave them.
    void tabulate_ages()
    {
        const auto& hazard = w_.nation.hazard;
        double alive = 1, sum = 0;
        for (std::size_t a = 0; a < 60; ++a) {
            age_cdf_.push_back(sum += alive);
            alive *= (1 - hazard[std::min(a, hazard.size() - 1)]) * sim::math::exp(-w_.config.population.firm_growth);
        }
        for (double& x : age_cdf_) x /= sum;
    }

    void give_age(Firm& f) const
    {
        const double u = sim::Draw(seed(), f.key, static_cast<std::uint16_t>(Purpose::age), 0).uniform();
        const auto years =
            static_cast<double>(std::lower_bound(age_cdf_.begin(), age_cdf_.end(), u) - age_cdf_.begin());
        const double part = sim::Draw(seed(), f.key, static_cast<std::uint16_t>(Purpose::age), 1).uniform();
        f.born = -static_cast<std::int32_t>((years + part) * w_.days_per_year());
    }

    /// Other assets (land, patents, claims) fill up to the sector's assets; debt is what the owner type's leverage leaves.
    void give_balance_sheet(Firm& f, double output) const
    {
        const auto& sector = w_.nation.sectors[f.sector];
        const auto& owner = w_.nation.ownerships[static_cast<std::size_t>(f.ownership)];
        const double revenue = output * 365 * static_cast<double>(f.price) * 0.1;
        f.cash = rounded_fen(w_.config.credit.cash_target * revenue);
        const double assets = std::min(sector.assets_over_revenue, w_.config.population.most_assets);
        const double listed = static_cast<double>(assets_of(f).fen);
        f.other_assets =
            rounded_fen(std::max(0.1 * revenue, assets * revenue - listed) + 0.16 * (owner.land - 1) * revenue);
        const double wanted = owner.leverage * static_cast<double>(assets_of(f).fen);
        f.debt = rounded_fen(std::max(0.0, wanted - static_cast<double>((f.market_payables + f.absorbed).fen)));
        f.equity_at_month = equity_of(f);
    }

    void enter_in_books(const Firm& f)
    {
        const Balance b = Balance::of(f);
        const std::int64_t items[] = {
            b.cash, b.debt, b.receivables, b.payables, b.market_receivables, b.market_payables, b.goods};
        for (std::size_t i = 0; i < FlowPlan::balance_items; ++i) w_.books.firms[i] += items[i];
        w_.books.loans[f.bank] += f.debt.fen;
        w_.books.first_stock[f.sector] += f.stock.milli;
        for (int j = 0; j < f.slots; ++j) w_.books.first_stock[f.links[j].sector] += f.slot[j].stock.milli;
        w_.share_total[f.sector] += static_cast<std::int64_t>(f.share * share_scale);
        w_.attraction_total[f.sector] += static_cast<std::int64_t>(f.attraction * attraction_scale);
        ++w_.first_firms[f.sector];
        jobs_by_region_.resize(static_cast<std::size_t>(w_.R));
        jobs_by_region_[f.region] += static_cast<double>(f.workers);
    }

    void stock_wholesalers()
    {
        for (std::size_t s = 0; s < w_.sector.size(); ++s) {
            auto& house = w_.wholesaler[s];
            house.slow_demand = house.market_demand = market_[s];
            house.stock = rounded_goods(stock_held() * w_.config.market.wholesale_days * market_[s]);
            const double drawn = market_[s] - w_.final_asked[s];
            house.unsettled = market_[s];
            for (auto& x : house.drawn) x = nearest(std::max(0.0, drawn));
            for (auto& x : house.bought) x = nearest(market_[s]);
            for (auto& x : house.paid) x = nearest(market_[s] * w_.sector[s].price * 0.1);
            w_.books.first_stock[s] += house.stock.milli;
            w_.sector[s].share_sum = static_cast<double>(w_.share_total[s]) / share_scale;
            w_.sector[s].attraction_sum = static_cast<double>(w_.attraction_total[s]) / attraction_scale;
        }
    }

    /// Banks hold the target capital; households hold whatever closes the sum of all cash at zero.
    void open_accounts()
    {
        auto& b = w_.books;
        std::int64_t others = b.firms[0];
        for (int i = 0; i < w_.B; ++i) {
            const auto loans = b.loans[static_cast<std::size_t>(i)];
            b.account[w_.accounts.bank(i)] =
                -loans + nearest(w_.config.credit.bank_capital_target * static_cast<double>(loans));
            others += b.account[w_.accounts.bank(i)];
        }
        b.account[w_.accounts.households()] = -others;
        b.clearing_payable = b.firms[4], b.clearing_receivable = b.firms[5];
    }

    void first_boards(const std::vector<FirmPlan>& firms)
    {
        for (int r = 0; r < w_.R; ++r)
            w_.pool[static_cast<std::size_t>(r)] =
                jobs_by_region_[static_cast<std::size_t>(r)] / (1 - w_.config.labour.natural_rate);
        std::vector<double> sums(w_.sector.size());
        for (const auto& f : firms) {
            const auto s = static_cast<std::size_t>(f.sector);
            const auto cell =
                (s * static_cast<std::size_t>(w_.R) + static_cast<std::size_t>(f.region)) * ownership_count +
                static_cast<std::size_t>(f.ownership);
            w_.cell_share[cell] += 1 / w_.first_firms[s];
            w_.first_output_per_firm[s] += f.output / w_.first_firms[s];
        }
        std::vector<std::vector<sim::Directory::Entry>> sellers(w_.sector.size());
        for (std::size_t i = 0; i < firms.size(); ++i)
            sellers[static_cast<std::size_t>(firms[i].sector)].push_back(
                {static_cast<sim::AgentId>(i), firms[i].key, std::max<std::int64_t>(1, nearest(firms[i].output))});
        for (std::size_t s = 0; s < sellers.size(); ++s) w_.directory[s].publish(std::move(sellers[s]));
    }

    /// Finished goods over their target: buyers who order in turn keep stocks below it.
    [[nodiscard]] double stock_held() const
    {
        return w_.config.switches.rotation ? w_.config.population.first_stock : 1;
    }
    [[nodiscard]] double growth() const { return w_.config.switches.growth ? w_.config.investment.growth : 0; }
    [[nodiscard]] std::uint32_t seed() const { return static_cast<std::uint32_t>(w_.config.run.seed); }

    World& w_;
    Engine& engine_;
    std::vector<double> market_, capacity_, age_cdf_, jobs_by_region_;
};

} // namespace

void build_first_day(World& world, Engine& engine, sim::Errors& errors, const sim::Position& where)
{
    publish_prices(world, 0);
    refresh_programmes(world, 0);
    FirstDay(world, engine)(errors, where);
}

} // namespace fabrica
