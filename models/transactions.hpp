// The two matrices of the books (MODEL.md, section 7): who holds what, and who has paid whom for what.
#pragma once

#include "models/accounts.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fabrica {

struct World;

/// Who holds money and claims. `under_way` is money that has left one firm and not reached the other.
enum class Holder : std::uint8_t {
    households,
    firms,
    banks,
    clearing,
    estates,
    wholesalers,
    importers,
    outside,
    treasury,
    provinces,
    partners,
    under_way,
    platforms
};
inline constexpr std::array<std::string_view, 13> holder_names{
    "households", "firms",    "banks",     "clearing_house", "estates",   "wholesalers", "importers",
    "outside",    "treasury", "provinces", "partners",       "under_way", "platforms"};

/// What a payment is for.
enum class Transaction : std::uint8_t {
    invoices,             // between linked firms
    trade_credit,         // firms and the clearing house, for what follows in the next four rows
    sales_to_wholesalers, // wholesalers to the clearing house
    wholesale_inputs,
    imported_inputs,
    outside_inputs,
    machines,
    final_demand,
    final_imports,
    wages,
    interest,
    production_tax,
    profit_tax,
    dividends,
    bank_dividends,
    bail_outs,
    founding,      // cash paid in by founders; their machines are in `machines`
    liquidation,   // of closed firms
    loans,         // paid out less repaid
    used_machines, // of firms with too many, and of closed firms, sites and projects included
    subsidies,     // of programmes, clawed back ones deducted
    levies,        // of programmes
    research,      // of firms: to researchers, and to the services and supplies that they use
    platform_jobs, // rents of designs, and goods sold to single customers; jobs for firms are invoices
    platform_fees,
    platform_costs, // of platforms, and carriage of jobs to other provinces
    import_duties,
    export_licences, // what foreigners pay above the home price for goods that are kept back
    carbon_levy,
};
inline constexpr std::array<std::string_view, 29> transaction_names{"invoices",
                                                                    "trade_credit",
                                                                    "sales_to_wholesalers",
                                                                    "wholesale_inputs",
                                                                    "imported_inputs",
                                                                    "outside_inputs",
                                                                    "machines",
                                                                    "final_demand",
                                                                    "final_imports",
                                                                    "wages",
                                                                    "interest",
                                                                    "production_tax",
                                                                    "profit_tax",
                                                                    "dividends",
                                                                    "bank_dividends",
                                                                    "bail_outs",
                                                                    "founding",
                                                                    "liquidation",
                                                                    "loans",
                                                                    "used_machines",
                                                                    "subsidies",
                                                                    "levies",
                                                                    "research",
                                                                    "platform_jobs",
                                                                    "platform_fees",
                                                                    "platform_costs",
                                                                    "import_duties",
                                                                    "export_licences",
                                                                    "carbon_levy"};

/// Claims, each held by one and owed by another.
inline constexpr std::array<std::string_view, 4> instrument_names{"money", "loans", "invoices", "clearing_credit"};

[[nodiscard]] Holder holder_of(const AccountPlan& accounts, std::size_t account);

/// Cell of a table by transaction and holder.
[[nodiscard]] constexpr std::size_t cell(Transaction t, Holder h)
{
    return static_cast<std::size_t>(t) * holder_names.size() + static_cast<std::size_t>(h);
}
inline constexpr std::size_t transaction_cells = transaction_names.size() * holder_names.size();

/// Money from one institution to another, at a barrier.
void transfer(World& world, Transaction what, std::size_t from, std::size_t to, std::int64_t fen);

/// Holdings at the end of a month, by instrument and holder [fen]: what is owed is negative, so that each instrument sums to zero.
[[nodiscard]] std::vector<std::int64_t> balance_sheet(const World& world);

} // namespace fabrica
