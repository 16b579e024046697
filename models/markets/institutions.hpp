// What institutions do at the barrier behind each day, in this order; each is one function on World.
#pragma once

#include "models/manufacturing.hpp"
#include "models/transactions.hpp"

#include <span>

namespace fabrica {

// Daily.
void split_purchases(World& world, std::span<const std::int64_t> flows); // who is paid for bundles, services, machines
void import_shortages(World& world);                                     // E7: wholesalers whose makers cannot deliver
/// Whether imports may take the place of home goods that are short: the product is imported, and neither a control nor a rule of local
/// content stands against it.
[[nodiscard]] bool imports_fill_gaps(const World& world, std::size_t product);
/// Daily use of a wholesaler's goods by producers, mean of the last thirty days [thousandths].
[[nodiscard]] double producers_use(const Wholesaler& house);
void serve_final_demand(World& world, std::span<const std::int64_t> flows,
                        sim::Window window); // final users buy from wholesalers; imports
void post_market_demand(World& world, std::span<const std::int64_t> flows,
                        sim::Window window);       // prices, tomorrow's market
void answer_loans(World& world, Barrier& barrier); // E11 over all claims

// Monthly, on the last day.
void publish_boards(World& world, sim::Window window); // coefficients, bundle prices, growth, returns (E7)
void settle_banks(World& world);                       // capital, dividends of banks; estates
void clear_labour(World& world, sim::Window window);   // E22: unemployment, wages, hires, ageing, skills
void publish_directories(World& world, Barrier& barrier);
void admit_entrants(World& world, Barrier& barrier); // E16
/// What closing firms leave to those that go on, less what entrants take from them: the mean since the start, later a slow average (E8).
void publish_turnover(World& world);
void budget_bail_outs(World& world); // E14: fiscal room of the provinces
void check_guards(World& world, Barrier& barrier);

/// Shocks in force on a day, multiplied together: kind, category ("" matches all) and sector (-1: none).
enum class Shocks { all, in_demand_paths };
double shock_factor(World& world, const char* kind, const std::string& category, int sector, sim::Window window,
                    Shocks which = Shocks::all);

/// What is left of a shock some days after its end: 1 before it, 0 when its recovery is over.
[[nodiscard]] double shock_remains(const Shock& shock, int days_after);
/// Size of a shock on a day on which it is on or fades.
[[nodiscard]] double shock_size(const World& world, const Shock& shock, sim::Window window);
/// Whether a shock hits a maturity level (1-4), a province, a sector.
[[nodiscard]] bool hits_level(const Shock& shock, int level);
[[nodiscard]] bool hits_region(const Shock& shock, const World& world, int region);
[[nodiscard]] bool hits_sector(const Shock& shock, const World& world, int sector);

/// Trade, energy: terms of the day and what comes of them; monthly statistics of both (trade/, energy/).
void open_trade(World& world);
void move_trade(World& world, sim::Window window);
void collect_duties(World& world);
void import_goods(World& world, int sector, std::int64_t fen, double duty);
[[nodiscard]] double market_share(const World& world, int sector); // of this month's exports in the world
void open_energy(World& world);
void move_energy(World& world, sim::Window window);
void share_permits(World& world, sim::Window window);

/// E7: how imports of one product give way to home goods.
struct ImportRule;
[[nodiscard]] ImportRule import_rule(const World& world, std::size_t product);

/// E7, E27: home part of purchases of a product today, under controls of imports and rules of local content.
[[nodiscard]] double home_part(const World& world, std::size_t product, double home_share0);

/// Moves the prices that final demand compares with one day on.
void move_reference_prices(World& world, sim::Window window);

} // namespace fabrica
