// Bills, loans and dividends of a firm; E11, E12.
#include "models/credit/lending.hpp"
#include "models/energy/energy.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/state_firm.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

double share_of_sector(const Firm& f, const World& w)
{
    const double sector = w.sector[f.sector].assets;
    return sector > 0 ? static_cast<double>(assets_of(f).fen) / sector : 0;
}

Money assets_of(const Firm& f)
{
    Money inputs{};
    for (int j = 0; j < f.slots; ++j) inputs += f.slot[j].cost;
    return std::max(Money{}, f.cash) + f.receivables + f.market_receivables + f.stock_cost + inputs + f.fixed_assets +
           f.under_construction + f.other_assets;
}

double cash_gap(Money target, Money cash) { return std::max(0.0, static_cast<double>(target.fen - 2 * cash.fen)); }

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

const OwnershipData& owner(const Desk& desk)
{
    return desk.world.nation.ownerships[static_cast<std::size_t>(desk.firm.ownership)];
}

/// Trade credit with institutions: a part falls due each month, so that its mean age is the usual term.
void run_off_trade_credit(Desk& desk)
{
    const double due = desk.world.trade_credit_due;
    Firm& f = desk.firm;
    const Money in = rounded_fen(static_cast<double>(f.market_receivables.fen) * due);
    const Money out = rounded_fen(static_cast<double>(f.market_payables.fen) * due);
    desk.collect_market_receivables(in), desk.note(EventKind::market_collection, sim::no_agent, {}, in);
    desk.settle_market_payables(out), desk.note(EventKind::market_payment, sim::no_agent, {}, out);
}

void pay_interest(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().credit;
    const bool is_small = real_employees(f, desk.world) < 300;
    const double rate = std::max(
        0.0, loan_rate(rule.policy_rate,
                       wedge(owner(desk).spread, desk.world.nation.ownerships.front().spread, desk.terms->state_dial),
                       is_small ? rule.spread_size : 0, rule.gamma_leverage, leverage_of(f)) +
                 desk.terms->loan_rate);
    const double owed = static_cast<double>(f.debt.fen + std::max<std::int64_t>(0, -f.cash.fen));
    const Money interest = rounded_fen(owed * rate / 12);
    desk.pay(Transaction::interest, desk.world.accounts.bank(f.bank), interest);
    desk.note(EventKind::interest, sim::no_agent, {}, interest);
    desk.report(desk.world.statistics.cell(Measure::interest, f.sector, f.ownership), interest.fen);
}

void pay_wages(Desk& desk)
{
    Firm& f = desk.firm;
    const Money wages =
        rounded_fen(static_cast<double>(f.wage) * desk.region().wage_index * static_cast<double>(f.workers) * 1e-3);
    desk.pay(Transaction::wages, desk.world.accounts.households(), wages);
    desk.note(EventKind::wages, sim::no_agent, {}, wages);
    desk.report(desk.world.statistics.cell(Measure::wages, f.sector, f.ownership), wages.fen);
}

void pay_carbon_levy(Desk& desk)
{
    const Money levy = amount(desk.firm.made, carbon_levy(desk.firm, desk.world));
    if (levy.fen == 0) return;
    desk.pay(Transaction::carbon_levy, desk.world.accounts.treasury(), levy);
    desk.note(EventKind::carbon_levy, sim::no_agent, desk.firm.made, levy);
}

} // namespace

Money cash_target(const Firm& firm, const Config& config)
{
    return rounded_fen(config.credit.cash_target * expected_yearly_revenue(firm));
}

void pay_bills(Desk& desk)
{
    Firm& f = desk.firm;
    run_off_trade_credit(desk);
    pay_wages(desk);
    // Wholesale, imported and outside inputs of what was made since the last plan, on credit; sellers are told apart at the barrier.
    const Money bundle = amount(f.made, desk.sector().bundle_price);
    desk.buy_on_credit(bundle, desk.world.flows.by_sector(FlowPlan::bundle_money, f.sector));
    desk.note(EventKind::bundle_purchase, sim::no_agent, f.made, bundle);
    desk.count(FlowPlan::bundle_output, f.sector, f.made.milli);
    pay_carbon_levy(desk);
    f.absorbed = {}; // the conversion cost that went into stock is now booked as it really was
    const double normal_revenue =
        total_capacity(f.capacity) * desk.world.first_utilisation[f.sector] * desk.world.days_per_month() * 0.1;
    const Money overhead = rounded_fen(normal_revenue * static_cast<double>(f.overhead) * desk.terms->overhead *
                                       desk.world.national.overhead_price);
    desk.buy_on_credit(overhead, desk.world.flows.overhead_money());
    desk.note(EventKind::overhead, sim::no_agent, {}, overhead);
    pay_interest(desk);
}

void pay_production_tax(Desk& desk)
{
    const Firm& f = desk.firm;
    const Money tax = rounded_fen(static_cast<double>(f.month_revenue.fen) * desk.technology().tax);
    desk.pay(Transaction::production_tax, desk.world.accounts.province(f.region), tax);
    desk.note(EventKind::production_tax, sim::no_agent, {}, tax);
}

namespace {

/// Cash beyond its target repays debt above the owner's leverage; what is left goes to the owners in part.
void use_spare_cash(Desk& desk, Money target, double wanted_debt)
{
    Firm& f = desk.firm;
    const double surplus_debt = static_cast<double>(f.debt.fen) - wanted_debt;
    if (surplus_debt > 0 && f.cash > target) {
        const Money repaid{std::min(rounded_fen(surplus_debt).fen, (f.cash - target).fen)};
        desk.borrow(-repaid);
        desk.note(EventKind::repayment, sim::no_agent, {}, repaid);
    }
    if (f.cash <= target) return;
    const Money dividend = rounded_fen(desk.config().credit.payout * static_cast<double>((f.cash - target).fen));
    desk.pay(Transaction::dividends,
             f.ownership == Ownership::state ? desk.world.accounts.treasury() : desk.world.accounts.households(),
             dividend);
    desk.note(EventKind::dividend, sim::no_agent, {}, dividend);
    f.equity_at_month -= dividend; // not a loss
}

} // namespace

void balance_finances(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().credit;
    const Money target = cash_target(f, desk.config());
    const auto assets = static_cast<double>(assets_of(f).fen);
    const double wanted_debt = std::max(
        0.0, owner(desk).leverage * assets - static_cast<double>((f.payables + f.market_payables + f.absorbed).fen));
    use_spare_cash(desk, target, wanted_debt);
    // A sound firm rolls its debt over each quarter.
    const bool rolls_over = f.loss_quarters == 0 && is_review_month(f, desk.world, 3);
    const double roll_over = rolls_over ? rule.repayment * (wanted_debt - static_cast<double>(f.debt.fen)) : 0;
    const double factor =
        f.ownership == Ownership::state ? wedge(rule.state_loan_factor, 1, desk.terms->state_dial) : 1;
    const double limit = loan_limit(std::max(cash_gap(target, f.cash), roll_over),
                                    rule.loan_to_value * factor + desk.terms->loan_to_value, assets,
                                    static_cast<double>(liabilities_of(f).fen));
    if (limit >= 100 * 100 * desk.config().prices.level)
        desk.world.loan_requests.add(desk.thread(), {f.key, f.id, rounded_fen(limit).fen, f.bank});
}

void Manufacturing::on(const LoanAnswer& answer, const sim::Header&, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_, Desk::Scope::money);
    desk.note(EventKind::loan_answer, sim::no_agent, {}, answer.principal);
    desk.borrow(answer.principal);
}

} // namespace fabrica
