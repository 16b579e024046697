// Accounts of the closing agents, and the flows that firms report while a window runs.
#pragma once

#include <cstddef>

namespace fabrica {

/// Numbers the institutions' accounts: single ones first, then one per province, outside sector, wholesaler, import supplier, bank.
struct AccountPlan {
    int sectors = 0, regions = 0, outsides = 0, banks = 0, partners = 0;

    [[nodiscard]] std::size_t households() const { return 0; }
    [[nodiscard]] std::size_t estates() const { return 1; }  // liquidator of dead firms
    [[nodiscard]] std::size_t clearing() const { return 2; } // carries trade credit between firms and institutions
    [[nodiscard]] std::size_t treasury() const { return 3; } // central government
    [[nodiscard]] std::size_t province(int r) const { return 4 + at(r); }
    [[nodiscard]] std::size_t outside(int k) const { return province(regions) + at(k); }
    [[nodiscard]] std::size_t wholesaler(int s) const { return outside(outsides) + at(s); }
    [[nodiscard]] std::size_t importer(int s) const { return wholesaler(sectors) + at(s); }
    [[nodiscard]] std::size_t bank(int b) const { return importer(sectors) + at(b); }
    [[nodiscard]] std::size_t partner(int p) const { return bank(banks) + at(p); } // groups of export markets
    [[nodiscard]] std::size_t platforms() const { return partner(partners); }      // all of them together
    [[nodiscard]] std::size_t count() const { return platforms() + 1; }

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }
};

/// Cells of the daily flow tally: what firms report of their own handlers. Money in fen, goods in thousandths.
struct FlowPlan {
    AccountPlan accounts;

    [[nodiscard]] std::size_t account(std::size_t a) const { return a; }
    // Balance-sheet changes of all firms, found by comparing each firm before and after each handler (not by booking).
    [[nodiscard]] std::size_t firm_balance(int item) const
    {
        return accounts.count() + at(item);
    } // see ledger.hpp: 7 items
    static constexpr int balance_items = 7;
    [[nodiscard]] std::size_t loans(int b) const { return firm_balance(balance_items) + at(b); }
    [[nodiscard]] std::size_t clearing_payable() const { return loans(accounts.banks); }
    [[nodiscard]] std::size_t clearing_receivable() const { return clearing_payable() + 1; }
    [[nodiscard]] std::size_t payments_sent() const { return clearing_payable() + 2; }
    [[nodiscard]] std::size_t payments_received() const { return clearing_payable() + 3; }
    [[nodiscard]] std::size_t invoices_sent() const { return clearing_payable() + 4; }
    [[nodiscard]] std::size_t invoices_received() const { return clearing_payable() + 5; }
    [[nodiscard]] std::size_t estate_receivable() const { return clearing_payable() + 6; } // taken over from the dead
    [[nodiscard]] std::size_t investment_money() const { return clearing_payable() + 7; }
    [[nodiscard]] std::size_t overhead_money() const { return clearing_payable() + 8; }
    [[nodiscard]] std::size_t ordered() const { return clearing_payable() + 9; }
    [[nodiscard]] std::size_t bail_outs() const { return clearing_payable() + 10; }
    [[nodiscard]] std::size_t bail_out_money() const { return clearing_payable() + 11; }
    [[nodiscard]] std::size_t bad_loans() const { return clearing_payable() + 12; }
    [[nodiscard]] std::size_t machines_resold() const { return clearing_payable() + 13; } // at book value
    [[nodiscard]] std::size_t by_sector(int field, int s) const
    {
        return clearing_payable() + 14 + at(field * accounts.sectors + s);
    }
    enum Field {
        made,
        used,
        shipped,
        received,
        to_wholesaler,
        wholesaler_money,
        from_wholesaler,
        from_wholesaler_money,
        bundle_output,
        bundle_money,
        unmet,
        demanded,
        returned,
        scrapped,
        old_orders, // still open beyond the guard's limit
        share_change,
        attraction_change,
        lumpy_change,   // of the shares that ask beyond their mean
        to_individuals, // sold over platforms
        fields
    };
    [[nodiscard]] std::size_t hires(int r) const { return by_sector(fields, 0) + at(r); }
    [[nodiscard]] std::size_t bail_outs_of(int r) const { return hires(accounts.regions) + at(r); }
    [[nodiscard]] std::size_t vacancies(int r) const { return bail_outs_of(accounts.regions) + at(r); }
    /// Payments of firms by transaction and holder (transactions.hpp): what the holder got from firms.
    [[nodiscard]] std::size_t transaction(std::size_t cell) const { return vacancies(accounts.regions) + cell; }
    static constexpr std::size_t most_transactions = 512;
    [[nodiscard]] std::size_t count() const { return transaction(most_transactions); }

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }
};

} // namespace fabrica
