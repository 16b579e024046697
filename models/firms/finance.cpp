// Bills, loans and dividends of a firm; E11, E12.
#include "models/credit/lending.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/state_firm.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

Money assets_of(const Firm& f)
{
    Money inputs{};
    for (int j = 0; j < f.slots; ++j) inputs += f.slot[j].cost;
    return std::max(Money{}, f.cash) + f.receivables + f.market_receivables + f.stock_cost + inputs + f.fixed_assets + f.under_construction +
           f.other_assets;
}

Money liabilities_of(const Firm& f)
{
    return std::max(Money{}, -f.cash) + f.debt + f.payables + f.market_payables + f.absorbed;
}

namespace {

double leverage_of(const Firm& f)
{
    const double assets = static_cast<double>(assets_of(f).fen);
    return assets > 0 ? static_cast<double>(liabilities_of(f).fen) / assets : 1;
}

const OwnershipData& owner(const Desk& desk) { return desk.world.nation.ownerships[static_cast<std::size_t>(desk.firm.ownership)]; }

Money cash_target(const Desk& desk) { return rounded_fen(desk.config().credit.cash_target * expected_yearly_revenue(desk.firm)); }

/// Trade credit with institutions: a part falls due each month, so that its mean age is the usual term.
void run_off_trade_credit(Desk& desk)
{
    const double due = 1 - sim::math::exp(-30 / desk.config().credit.receivable_days);
    Firm& f = desk.firm;
    desk.collect_market_receivables(rounded_fen(static_cast<double>(f.market_receivables.fen) * due));
    desk.settle_market_payables(rounded_fen(static_cast<double>(f.market_payables.fen) * due));
}

void pay_interest(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().credit;
    const bool is_small = real_employees(f) < 300;
    const double rate = loan_rate(rule.policy_rate, owner(desk).spread, is_small ? rule.spread_size : 0, rule.gamma_leverage, leverage_of(f));
    const double owed = static_cast<double>(f.debt.fen + std::max<std::int64_t>(0, -f.cash.fen));
    const Money interest = rounded_fen(owed * rate / 12);
    desk.pay(desk.world.accounts.bank(f.bank), interest);
    f.year_interest += interest;
    desk.report(desk.world.statistics.cell(Measure::interest, f.sector, f.ownership), interest.fen);
}

void pay_wages(Desk& desk)
{
    Firm& f = desk.firm;
    const Money wages = rounded_fen(static_cast<double>(f.wage) * desk.region().wage_index * static_cast<double>(f.workers) * 1e-3);
    desk.pay(desk.world.accounts.households(), wages);
    desk.report(desk.world.statistics.cell(Measure::wages, f.sector, f.ownership), wages.fen);
}

} // namespace

void pay_bills(Desk& desk)
{
    Firm& f = desk.firm;
    run_off_trade_credit(desk);
    pay_wages(desk);
    // Wholesale, imported and outside inputs of what was made since the last plan, on credit; sellers are told apart at the barrier.
    desk.buy_on_credit(amount(f.made, desk.sector().bundle_price), desk.world.flows.by_sector(FlowPlan::bundle_money, f.sector));
    desk.count(FlowPlan::bundle_output, f.sector, f.made.milli);
    f.absorbed = {}; // the conversion cost that went into stock is now booked as it really was
    const double normal_revenue = total_capacity(f.capacity) * desk.world.first_utilisation[f.sector] * desk.world.days_per_month() * 0.1;
    desk.buy_on_credit(rounded_fen(normal_revenue * static_cast<double>(f.overhead) * desk.world.national.overhead_price),
                       desk.world.flows.overhead_money());
    pay_interest(desk);
}

void balance_finances(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().credit;
    const Money target = cash_target(desk);
    const double assets = static_cast<double>(assets_of(f).fen);
    const double wanted_debt = std::max(0.0, owner(desk).leverage * assets - static_cast<double>((f.payables + f.market_payables).fen));
    const auto debt = static_cast<double>(f.debt.fen);
    const double monthly = 1 - sim::math::exp(sim::math::log(1 - rule.repayment) / 3);
    if (debt > wanted_debt && f.cash > Money{target.fen / 2})
        desk.borrow(-Money{std::min(rounded_fen(monthly * debt).fen, f.cash.fen - target.fen / 2)});
    // Cash is brought back to its target by a loan; a sound firm also rolls its debt over.
    const double cash_gap = static_cast<double>((target - f.cash).fen);
    const double roll_over = f.loss_quarters == 0 ? monthly * (wanted_debt - debt) : 0;
    const double factor = f.ownership == Ownership::state ? rule.state_loan_factor : 1;
    const double limit = loan_limit(std::max(cash_gap, roll_over), rule.loan_to_value * factor, assets, static_cast<double>(liabilities_of(f).fen));
    if (limit > 100 * 100) desk.world.loan_requests.add(desk.thread(), {f.key, f.id, rounded_fen(limit).fen, f.bank});
    if (f.cash > target) {
        const Money dividend = rounded_fen(rule.payout * static_cast<double>((f.cash - target).fen));
        const bool is_state = f.ownership == Ownership::state;
        desk.pay(is_state ? desk.world.accounts.treasury() : desk.world.accounts.households(), dividend);
        f.equity_at_month -= dividend; // not a loss
    }
}

void Manufacturing::on(const LoanAnswer& answer, const sim::Header&, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    desk.note(EventKind::loan_answer, sim::no_agent, {}, answer.principal);
    desk.borrow(answer.principal);
}

} // namespace fabrica
