// Everything that is not a firm: what institutions publish (constant during a window) and what they own.
#pragma once

#include "models/accounts.hpp"
#include "models/config.hpp"
#include "models/energy/state.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/production.hpp"
#include "models/labour/people.hpp"
#include "models/month_day.hpp"
#include "models/nation.hpp"
#include "models/platforms/platforms.hpp"
#include "models/policy/state.hpp"
#include "models/series/event_log.hpp"
#include "models/series/statistics.hpp"
#include "models/technology.hpp"
#include "models/trade/state.hpp"
#include "models/units.hpp"
#include "sim/base/calendar.hpp"
#include "sim/base/hash.hpp"
#include "sim/kernel/directory.hpp"
#include "sim/kernel/tally.hpp"

#include "sim/kernel/barrier.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fabrica {

/// Shares of the market and attractions are kept in fixed point, so that their sums over firms are exact.
inline constexpr double share_scale = 0x1p52;
inline constexpr double attraction_scale = 64;

/// What a sector's institutions publish. Read by firms; written at barriers only.
struct SectorBoard {
    double price = 1;          // P: what wholesalers paid on average over 30 days, yuan per unit
    double market_index = 0;   // cumulated market demand per unit of share, thousandths
    double attraction_sum = 1; // over firms, thousandths per day
    double share_sum = 1;
    double growth = 0;                       // expected, per year: slow average of the sector's own growth
    double turnover = 0;                     // demand that firms leave less what entrants plan for, a year, of sales
    double firm_growth = 0;                  // what a firm that goes on expects of its own sales, per year (E8)
    double fill = 1;                         // part of a purchase that the wholesaler can serve now
    double bundle_price = 0;                 // wholesale and outside inputs per unit of output, yuan
    double import_price = 1, home_ratio = 1; // pm (with tariff), and P relative to it as E7 sees it (smoothed)
    double world_price = 1;                  // commodity sectors follow it
    std::array<double, max_slots> alpha{};   // home coefficient of each explicit input
    std::array<std::uint8_t, max_slots> product{};   // and its sector
    double technical = 0, technical_sd = 0;          // logarithm of firms' technical level, mean and spread by capacity
    double quality = 0, first_quality = 0;           // logarithm of quality, mean by capacity, now and at first
    double venture_share = 0;                        // of capacity, in joint ventures
    double critical_share = 0;                       // part of imports without a substitute at home (E7, E21)
    double learning = 1, reference_learning = 1;     // factor on inputs per unit (E20); the same along the demand paths
    double experience = 1, reference_experience = 1; // cumulated output over that of the first day
    double roa = 0;                                  // of the sector, last twelve months
    double assets = 0;                               // of its firms at the last month's end, fen
    std::array<double, 64> worked{};                 // ring: working days up to each window, fewer under a supply shock

    /// Working days of windows from..to-1; at most 62 windows.
    [[nodiscard]] double working_days(sim::Window from, sim::Window to) const
    {
        return worked[static_cast<std::size_t>(to & 63)] - worked[static_cast<std::size_t>(from & 63)];
    }
};

struct RegionBoard {
    double wage_index = 1;                        // yuan of now per yuan of the base date
    double hire_fill = 1;                         // part of wanted hires that the pool can serve
    double room = 1;                              // of the province's budget for bail-outs, left this year
    std::array<double, maturity_levels> mature{}; // part of its capacity at each level or above
};

struct NationalBoard {
    double capital_price = 1; // price index of capital goods
    double productivity = 1;  // exogenous trend
    double overhead_price = 1;
    std::int32_t month = 0; // since the start of the spin-up
    double years = 0;       // since the start of the spin-up
    bool recording = false; // the spin-up is over
    MonthDay bills_due;     // when bills of today's deliveries fall due
};

/// A sector's wholesaler: buys at the market what final users, outside sectors and small inputs need, and keeps a stock.
struct Wholesaler {
    Goods stock;
    double slow_demand = 0;                                 // thousandths per day, ten-month average
    std::array<std::int64_t, 30> drawn{}, bought{}, paid{}; // ring of daily quantities and money
    double market_demand = 0;                               // posted for the day, thousandths
    double unsettled =
        0; // posted and not yet answered by firms, which settle when something happens to them, and at month ends
};

/// Balances that the books must close on; totals of the nation simulated, in fen and thousandths.
struct Books {
    std::vector<std::int64_t> account;                         // institutions' cash, may be negative
    std::array<std::int64_t, FlowPlan::balance_items> firms{}; // sums over all firms, see ledger.hpp
    std::vector<std::int64_t> loans;                           // by bank
    std::int64_t clearing_payable = 0, clearing_receivable = 0;
    std::int64_t payments_under_way = 0, invoices_under_way = 0;
    std::int64_t estate_receivable = 0;
    std::vector<std::int64_t> made, imported, used, final_use, capital_use, scrapped, goods_under_way,
        first_stock; // goods by sector, cumulated
};

/// A firm's request for a loan, answered the next day.
struct LoanRequest {
    sim::Key key;
    sim::AgentId id;
    std::int64_t amount;
    int bank;
};

/// Accounts of the demand side of one day.
struct DemandState {
    std::vector<double> level;                       // [category x group] real index of the path, 1 in the base year
    std::vector<std::size_t> payer;                  // [category] account that pays
    std::vector<double> daily_growth;                // the same, growth of the logarithm per day
    std::vector<std::vector<double>> home, imported; // [category][sector] thousandths per day at the base date
};

/// What one unit of a sector's output needs beside its explicit inputs, today.
struct Bundle {
    std::vector<double> home, imported, outside; // per unit, by product and by outside sector
    double total = 0;                            // at today's prices, yuan: the published bundle price
};

struct Monthly { // of the last month, for series; reset at each month's end
    std::vector<std::int64_t> final_demand, unmet, imports, exports;
    std::vector<std::int64_t>
        left_to_imports; // [sector] goods imported because home makers left them short, thousandths
    std::vector<std::int64_t> demand_by_category;
    std::vector<std::int64_t> served;         // [category x sector] home goods, thousandths
    std::vector<std::int64_t> procured;       // [sector] paid by programmes of procurement, fen
    std::vector<std::int64_t> entries, exits; // [sector x ownership], [sector x cause]
    std::vector<std::int64_t> bad_loans, loans_asked, loans_paid;
    std::vector<std::int64_t> market_demand; // thousandths asked of firms by the market
    std::vector<std::int64_t> transactions;  // [transaction x holder], fen received less paid
    std::int64_t bail_outs = 0, bail_out_money = 0;
    std::vector<std::int64_t> exits_by_age;
    std::vector<std::int64_t>
        demand_left; // [sector] by firms that closed less what entrants plan for, thousandths per day
};

struct World;

/// Which shocks are on, looked up once a day.
class ShockCalendar {
public:
    const std::vector<const Shock*>& on(const World& world, sim::Window window);
    void forget() { days_ = {}; }

private:
    struct Day {
        sim::Window window = -1;
        std::vector<const Shock*> active;
    };
    std::array<Day, 2> days_; // today and tomorrow
};

struct Firm;

/// Days that capacity of each level has worked in each sector and province; empty, and then the sectors' own count holds, unless a supply
/// shock of the scenario tells provinces or levels apart.
class WorkedDays {
public:
    void pass(World& world, sim::Window window);
    [[nodiscard]] double between(const SectorBoard& board, const Firm& firm, sim::Window from, sim::Window to) const
    {
        return days_.empty() ? board.working_days(from, to) : of_place(board, firm, from, to);
    }
    void visit_state(sim::Archive& archive);

private:
    using Ring = std::array<double, 64>;
    void prepare(const World& world);
    [[nodiscard]] double of_place(const SectorBoard& board, const Firm& firm, sim::Window from, sim::Window to) const;
    [[nodiscard]] std::size_t place(int sector, int region) const
    {
        return static_cast<std::size_t>(sector * regions_ + region);
    }

    std::vector<std::array<Ring, maturity_levels>> days_; // [sector x region][level]: ring, as SectorBoard::worked
    int regions_ = 0;
};

class Manufacturing;

/// Number of simulated firms per sector (first_day/population.cpp).
std::vector<std::int64_t> firms_per_sector(const Nation& nation, const Config& config);

struct World {
    World(const Config& config, const Nation& nation, int threads);

    const Config& config;
    const Nation& nation;
    sim::Calendar calendar;     // starts with the spin-up
    sim::Window recording_from; // first window of the run proper
    int S, R, O, B;             // sectors, regions, outside sectors, banks
    std::int64_t k;             // 1 / run.scale: national totals = model totals x k
    std::vector<SectorTechnology> technology;
    std::vector<double> real_firms;        // [sector] real firms that one agent stands for
    std::vector<double> first_firms;       // [sector] agents on the first day
    double mean_employees = 1;             // of real firms, in the base year
    std::vector<double> wage_level;        // [region] wages over the nation's mean by jobs
    std::vector<double> normal_price;      // [sector] what normal markups lead to, over the sector's price
    std::vector<double> capacity_target;   // [sector x kind of project] u*: utilisation that investment aims at
    std::vector<double> first_utilisation; // [sector] on the first day: what normal output is, of capacity
    std::vector<char> is_commodity;        // [sector] follows a world price
    std::vector<char> learns;              // [sector] cost falls with experience (E20)
    SmoothingWeight market_weight, order_weight, slow_weight; // E1
    double trade_credit_due; // part of the trade credit with institutions that falls due in a month

    std::vector<SectorBoard> sector;
    std::vector<RegionBoard> region;
    NationalBoard national;
    std::vector<sim::Directory> directory; // [sector] open sellers

    AccountPlan accounts;
    FlowPlan flows;
    StatisticsPlan statistics;
    mutable sim::Tally flow_tally, statistics_tally; // handlers add through the const World they read
    mutable sim::Claims<LoanRequest> loan_requests;
    std::vector<std::int64_t> month; // statistics of the last month end

    std::vector<Wholesaler> wholesaler;
    DemandState demand;
    Books books;
    Monthly monthly;
    Platforms platforms;
    std::size_t consumption = 0; // category of final demand that households pay for
    ShockCalendar shocks;
    WorkedDays worked;
    std::vector<std::pair<sim::Window, const Shock*>> disasters; // days on which machines are destroyed
    TradeState trade;
    EnergyState energy;
    std::vector<LabourRegion> people; // [region]
    std::vector<double> reference_price,
        reference_target;                       // [sector] relative to the first day, see reference_prices.cpp
    std::vector<const Shock*> reference_shocks; // that the target holds for
    std::vector<double> pool;                   // [region] labour force of manufacturing, thousandths of a person
    std::vector<std::int64_t> employed;         // [region] at the last month end
    std::vector<double> cell_share;             // [sector x region x ownership] entry weights
    std::vector<double> first_output_per_firm;  // [sector] thousandths per day
    std::vector<double> price_index;            // [sector] chained Laspeyres
    std::vector<std::array<double, 13>> sales_history;       // [sector] monthly market and direct demand
    std::vector<std::int64_t> share_total, attraction_total; // [sector] sums over firms, fixed point
    std::vector<std::int64_t> lumpy_total; // [sector] share x (month's demand over its mean - 1), the same (E23)
    std::vector<Bundle> bundle;            // [sector]
    std::vector<double> bundle_prices, bundle_import_prices; // [product] that the bundles were priced at
    std::vector<double> outside_prices;                      // [outside sector] the same, yuan per unit
    std::vector<double> final_asked;                         // [sector] final demand of the day, thousandths
    std::vector<std::string> groups;                         // of the demand paths
    std::vector<int> group_of;                               // [sector]
    int builder = 0, servicer = 0;                           // outside sectors that build, and that sell services
    std::vector<std::int64_t> hires;                         // [region] wanted this month, thousandths
    std::vector<double> size_scale, wage_scale;              // [sector] L = size_scale x^e of real firms; wage level
    std::int64_t month_direct = 0;
    std::int64_t used_machines = 0; // with dealers, at what they ask, fen (E9)
    std::vector<std::int64_t> bailed_out,
        province_first;     // [region] bail-outs of the year; account when the year began, fen
    int days_of_month = 30; // of the month just ended
    double unmet_quarter = 0, demand_quarter = 0;
    std::vector<double> research_norm;   // [sector] part of the first day's revenue that is made by firms with research
    double first_demand_level = 1;       // of the paths of final demand on the first day
    std::vector<double> adoption_factor; // [sector] on what is bought at home along the paths (E19)
    double adopted = 0;                  // share of the new good in what is bought of both (E19)

    PolicyState policy;
    sim::Window window_ahead = 0; // that boards are published for

    int threads;
    std::shared_ptr<EventLog> event_log; // of the panel; empty when nothing is watched
    std::function<void(const sim::Barrier<Manufacturing>&)>
        on_month; // observer of month ends: sees the month before it is reset

    /// All that days change, for checkpoints (world_state.cpp). What only the scenario and the data determine is left out.
    void visit_state(sim::Archive& archive);

    void reset_month();
    /// Tells buyers when the bills of a day fall due.
    void set_due_day(sim::Window day);
    /// Jobs at the start of the spin-up over those of the base year, from trend output and productivity.
    [[nodiscard]] double jobs_factor() const;
    /// Employees of a real firm that one simulated worker of the sector's firms stands for.
    [[nodiscard]] double real_size(int s) const
    {
        return static_cast<double>(k) / real_firms[static_cast<std::size_t>(s)];
    }
    /// Demand over its slow average when demand grows steadily.
    /// @param growth  per year
    [[nodiscard]] double slow_lag(double growth) const;
    /// u* over normal use: what a firm aims at when it invests at an expected growth, so that over the cycle until its next investment
    /// (capacity worn, demand outgrown, averages lagging) use is normal on average.
    /// @param kind  how the firm builds, see investment.hpp
    [[nodiscard]] double utilisation_aim(int kind, double growth) const;
    [[nodiscard]] InvestmentCycle investment_cycle_of(int kind, double growth) const;
    /// How output per firm is expected to change since the first day: firms get fewer workers, each makes more. Trend and the sector's
    /// technical level.
    [[nodiscard]] double size_trend(int s) const;
    [[nodiscard]] double days_per_year() const
    {
        return calendar.kind() == sim::Calendar::Kind::day_360 ? 360.0 : 365.2425;
    }
    [[nodiscard]] double days_per_month() const { return days_per_year() / 12; }
    /// Depreciation of machines per unit of output at normal use and today's prices of capital goods, yuan.
    [[nodiscard]] double depreciation_per_unit(int s) const;
    [[nodiscard]] double years_at(sim::Window w) const { return w / days_per_year(); }
};

} // namespace fabrica
