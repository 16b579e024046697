// What institutions do at the barrier behind each day, in this order; each is one function on World.
#pragma once

#include "models/manufacturing.hpp"
#include "models/transactions.hpp"

namespace fabrica {

// Daily.
void split_purchases(World& world, std::span<const std::int64_t> flows); // who is paid for bundles, services, machines
void serve_final_demand(World& world, std::span<const std::int64_t> flows,
                        sim::Window window); // final users buy from wholesalers; imports
void post_market_demand(World& world, std::span<const std::int64_t> flows,
                        sim::Window window);       // prices, tomorrow's market
void answer_loans(World& world, Barrier& barrier); // E11 over all claims

// Monthly, on the last day.
void publish_boards(World& world, sim::Window window); // coefficients, bundle prices, growth, returns (E7)
void settle_banks(World& world);                       // capital, dividends of banks; estates
void clear_labour(World& world);                       // E22: unemployment, wages, hires
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

/// E7: how imports of one product give way to home goods.
struct ImportRule;
[[nodiscard]] ImportRule import_rule(const World& world, std::size_t product);

/// Moves the prices that final demand compares with one day on.
void move_reference_prices(World& world, sim::Window window);

} // namespace fabrica
