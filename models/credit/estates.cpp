// Death of a firm: the liquidator sells what is left, pays suppliers first, then the bank, then the owners.
#include "models/ledger.hpp"

#include "models/firms/investment.hpp"
#include "models/platforms/lumpy_orders.hpp"
#include "models/policy/institutions.hpp"

namespace fabrica {
namespace {

/// One estate, settled in the books of the day through the same flow tally that handlers use.
class Estate {
public:
    Estate(Firm& firm, World& world, Barrier& barrier) : firm_(firm), world_(world), barrier_(barrier) {}

    void operator()()
    {
        take_over_balance();
        const Money goods = sell_stocks();
        const Money machines = sell_machines();
        const Money net = firm_.cash + firm_.market_receivables - firm_.market_payables + firm_.receivables -
                          firm_.payables + goods + machines;
        pay_bank_and_owners(net);
        forget();
    }

private:
    void add(std::size_t cell, std::int64_t x) { world_.flow_tally.add(0, cell, x); }
    void report(Measure m, std::int64_t x)
    {
        world_.statistics_tally.add(0, world_.statistics.cell(m, firm_.sector, firm_.ownership), x);
    }
    void transfer(std::size_t from, std::size_t to, Money m, Transaction what = Transaction::liquidation)
    {
        receive(from, -m, what), receive(to, m, what);
    }
    void receive(std::size_t account, Money m, Transaction what = Transaction::liquidation)
    {
        add(world_.flows.account(account), m.fen);
        add(world_.flows.transaction(cell(what, holder_of(world_.accounts, account))), m.fen);
    }

    void take_over_balance()
    {
        const Balance b = Balance::of(firm_);
        const std::int64_t items[] = {
            b.cash, b.debt, b.receivables, b.payables, b.market_receivables, b.market_payables, b.goods};
        for (int i = 0; i < FlowPlan::balance_items; ++i) add(world_.flows.firm_balance(i), -items[i]);
        const auto& a = world_.accounts;
        receive(a.estates(), firm_.cash);
        transfer(a.clearing(), a.estates(), firm_.market_receivables - firm_.market_payables);
        add(world_.flows.clearing_payable(), -firm_.market_receivables.fen);
        add(world_.flows.clearing_receivable(), -firm_.market_payables.fen);
        add(world_.flows.estate_receivable(), firm_.receivables.fen);
        pay_bills();
    }

    /// What the firm had not paid yet is paid at once; as it ordered, its sellers have it when each term is over.
    void pay_bills()
    {
        receive(world_.accounts.estates(), -firm_.payables, Transaction::invoices);
        add(world_.flows.payments_sent(), firm_.payables.fen);
        note(EventKind::estate_bills_paid, 0, firm_.payables);
    }

    /// Finished goods and inputs: a part is scrapped, the rest goes to the wholesalers of their sectors at the going price.
    Money sell_stocks()
    {
        Money sum = sell(firm_.sector, firm_.stock);
        for (int j = 0; j < firm_.slots; ++j) sum += sell(firm_.links[j].sector, firm_.slot[j].stock);
        return sum;
    }
    Money sell(int sector, Goods quantity)
    {
        const Goods scrapped = rounded_goods(static_cast<double>(quantity.milli) * world_.config.exit.scrapped_stock);
        const Money price = amount(quantity - scrapped, world_.sector[static_cast<std::size_t>(sector)].price);
        add(world_.flows.by_sector(FlowPlan::scrapped, sector), scrapped.milli);
        add(world_.flows.by_sector(FlowPlan::returned, sector), quantity.milli - scrapped.milli);
        transfer(world_.accounts.wholesaler(sector), world_.accounts.estates(), price);
        return price;
    }

    /// Machines, sites and unfinished projects go to new owners at a loss; the capacity is gone.
    Money sell_machines()
    {
        const Money book = firm_.fixed_assets + firm_.under_construction + firm_.other_assets;
        const Money price = rounded_fen(static_cast<double>(book.fen) * (1 - world_.config.investment.resale_loss));
        transfer(world_.accounts.households(), world_.accounts.estates(), price, Transaction::used_machines);
        report(Measure::machines_sold, price.fen), report(Measure::machines_lost, (book - price).fen);
        return price;
    }

    void pay_bank_and_owners(Money net)
    {
        const auto& a = world_.accounts;
        const Money paid = std::clamp(net, Money{}, firm_.debt);
        transfer(a.estates(), a.bank(firm_.bank), paid);
        add(world_.flows.loans(firm_.bank), -firm_.debt.fen);
        const Money lost = firm_.debt - paid;
        add(world_.flows.bad_loans(), lost.fen);
        if (lost.fen > 0) cover_loss(world_, barrier_, firm_, lost);
        transfer(a.estates(), a.households(), net - paid); // a shortfall is the owners' and suppliers' insurers' loss
    }

    void forget()
    {
        const auto s = static_cast<std::size_t>(firm_.sector);
        report_last_month();
        world_.lumpy_total[s] -= lumpy_share(firm_, world_);
        world_.platforms.leave(firm_.id, firm_.sector);
        world_.share_total[s] -= static_cast<std::int64_t>(firm_.share * share_scale);
        world_.attraction_total[s] -= static_cast<std::int64_t>(firm_.attraction * attraction_scale);
        world_.monthly.demand_left[s] += nearest(static_cast<double>(firm_.slow_demand));
        const auto cause = static_cast<std::size_t>(firm_.exit_cause) - 1;
        note(EventKind::left, static_cast<std::int64_t>(cause), firm_.debt);
        ++world_.monthly.exits[s * exit_cause_count + cause];
        const int age = static_cast<int>(world_.years_at(firm_.settled - firm_.born));
        ++world_.monthly.exits_by_age[static_cast<std::size_t>(std::clamp(age, 0, hazard_ages - 1))];
    }

    /// What it made and sold this month still belongs to the month's statistics.
    void report_last_month()
    {
        report(Measure::output, firm_.month_output.milli), report(Measure::sales, firm_.month_sales.milli);
        report(Measure::revenue, firm_.month_revenue.fen), report(Measure::investment, firm_.month_investment.fen);
        world_.statistics_tally.add(0, world_.statistics.by_region(StatisticsPlan::region_output, firm_.region),
                                    firm_.month_output.milli);
    }

    void note(EventKind kind, std::int64_t number, Money money)
    {
        if (world_.event_log && world_.event_log->watches(firm_.key))
            world_.event_log->note_at_barrier({firm_.id, firm_.key, kind, sim::no_agent, number, money.fen});
    }

    Firm& firm_;
    World& world_;
    Barrier& barrier_;
};

} // namespace

void Manufacturing::on_removed(Firm& firm, Barrier& barrier) { Estate(firm, world_, barrier)(); }

} // namespace fabrica
