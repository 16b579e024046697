// Who may change a firm's money and goods: only the functions here, each a double entry. Beside them stands the audit, which
// compares a firm before and after every handler and so also sees a change that was not booked.
#pragma once

#include "models/manufacturing.hpp"
#include "models/policy/terms.hpp"
#include "models/transactions.hpp"

namespace fabrica {

/// Balance-sheet items summed over firms in every window.
struct Balance {
    std::int64_t cash, debt, receivables, payables, market_receivables, market_payables, goods;
    static Balance of(const Firm& f)
    {
        Balance b = of_money(f);
        b.goods = f.stock.milli;
        for (int s = 0; s < f.slots; ++s) b.goods += f.slot[s].stock.milli;
        return b;
    }
    static Balance of_money(const Firm& f)
    {
        return {
            f.cash.fen, f.debt.fen, f.receivables.fen, f.payables.fen, f.market_receivables.fen, f.market_payables.fen,
            0};
    }
};

/// A handler's desk: the firm it may change, the world it may read, and the books it reports to. Its destructor audits.
class Desk {
public:
    /// What a handler may touch: one that only moves money is not asked about the stocks, which lie on other cache lines
    /// (the month's end counts all of them).
    enum class Scope { money, all };

    Desk(Firm& f, Context& c, const World& w, Scope scope = Scope::all)
        : firm(f), context(c), world(w), thread_(c.thread()), scope_(scope), before_(balance())
    {
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    ~Desk() { audit(); }

    Firm& firm;
    Context& context;
    const World& world;
    const Terms* terms = &no_terms; // of programmes; set for a review

    [[nodiscard]] const Config& config() const { return world.config; }
    [[nodiscard]] const SectorBoard& sector() const { return world.sector[firm.sector]; }
    [[nodiscard]] const RegionBoard& region() const { return world.region[firm.region]; }
    [[nodiscard]] const SectorTechnology& technology() const { return world.technology[firm.sector]; }
    [[nodiscard]] double units_price(int product) const
    {
        return world.sector[static_cast<std::size_t>(product)].price;
    }

    /// Money from the firm to an institution's account (negative: to the firm).
    void pay(Transaction what, std::size_t account, Money m)
    {
        firm.cash -= m;
        add(world.flows.account(account), m.fen);
        add(world.flows.transaction(cell(what, holder_of(world.accounts, account))), m.fen);
    }
    /// Loan paid out (negative: repaid) by the firm's bank.
    void borrow(Money m)
    {
        firm.debt += m;
        pay(Transaction::loans, world.accounts.bank(firm.bank), -m);
        add(world.flows.loans(firm.bank), m.fen);
    }
    /// Something bought on credit; the clearing house pays the sellers, which the caller reports to the named cell.
    void buy_on_credit(Money m, std::size_t sellers_cell)
    {
        firm.market_payables += m;
        add(world.flows.clearing_receivable(), m.fen);
        add(sellers_cell, m.fen);
    }
    void settle_market_payables(Money m)
    {
        firm.market_payables -= m;
        add(world.flows.clearing_receivable(), -m.fen);
        pay(Transaction::trade_credit, world.accounts.clearing(), m);
    }
    void collect_market_receivables(Money m)
    {
        firm.market_receivables -= m;
        add(world.flows.clearing_payable(), -m.fen);
        pay(Transaction::trade_credit, world.accounts.clearing(), -m);
    }
    /// Goods sold to the sector's wholesaler, on credit.
    void sell_to_wholesaler(Goods q, Money m)
    {
        firm.stock -= q, firm.market_receivables += m;
        add(world.flows.clearing_payable(), m.fen);
        add(world.flows.by_sector(FlowPlan::to_wholesaler, firm.sector), q.milli);
        add(world.flows.by_sector(FlowPlan::wholesaler_money, firm.sector), m.fen);
    }
    void count(FlowPlan::Field field, int sector, std::int64_t x) { add(world.flows.by_sector(field, sector), x); }
    void add(std::size_t cell, std::int64_t x) { world.flow_tally.add(thread_, cell, x); }
    void report(std::size_t cell, std::int64_t x) { world.statistics_tally.add(thread_, cell, x); }
    [[nodiscard]] int thread() const { return thread_; }

    /// Notes an event when the firm is in the panel.
    void note(EventKind kind, sim::AgentId other = sim::no_agent, Goods goods = {}, Money money = {})
    {
        if (world.event_log && world.event_log->watches(firm.key))
            world.event_log->note(thread_, {firm.id, firm.key, kind, other, goods.milli, money.fen});
    }

private:
    [[nodiscard]] Balance balance() const { return scope_ == Scope::all ? Balance::of(firm) : Balance::of_money(firm); }

    void audit()
    {
        const Balance after = balance();
        const auto& f = world.flows;
        const auto report_change = [&](int item, std::int64_t change) {
            if (change != 0) add(f.firm_balance(item), change);
        };
        report_change(0, after.cash - before_.cash), report_change(1, after.debt - before_.debt);
        report_change(2, after.receivables - before_.receivables), report_change(3, after.payables - before_.payables);
        report_change(4, after.market_receivables - before_.market_receivables);
        report_change(5, after.market_payables - before_.market_payables),
            report_change(6, after.goods - before_.goods);
    }

    int thread_;
    Scope scope_;
    Balance before_;
};

/// Assets, liabilities and their difference, at historic cost. An overdraft is a liability.
Money assets_of(const Firm& firm);
Money liabilities_of(const Firm& firm);
inline Money equity_of(const Firm& firm) { return assets_of(firm) - liabilities_of(firm); }
/// Part of its sector's assets at the last month's end that is the firm's; 0 before the first one.
[[nodiscard]] double share_of_sector(const Firm& firm, const World& world);

/// Moves the flows of a window into the books.
void post_flows(World& world, std::span<const std::int64_t> flows);

/// Checks every identity after a window, and names the first that is broken.
/// @return "" or a message with identity, window and sector
std::string close_books(const World& world, sim::Window window);

} // namespace fabrica
