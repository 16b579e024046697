// The monthly plan of a firm, one function a step; `Manufacturing::visit(MonthlyPlan)` calls them in order.
#pragma once

#include "models/ledger.hpp"

#include <array>

namespace fabrica {

void pay_bills(Desk& desk);    // wages, bought inputs, services, interest, tax; trade credit runs off
void learn_demand(Desk& desk); // E1
void adjust_staff(Desk& desk, double labour_productivity); // E22
void plan_output(Desk& desk, double labour_productivity);  // E2, E3
void set_price(Desk& desk, double labour_productivity);    // E5
void compete(Desk& desk);                                  // share of the market (E6)
using Turns = std::array<std::int8_t, max_slots>; // by slot: the link that gets this month's order, -1 without links
Turns fetch_suppliers(const Desk& desk);          // whose turn it is; brings near what buy_inputs looks up about them
void buy_inputs(Desk& desk, const Turns& turns);  // E4, E6
void suffer_disasters(Desk& desk);                // machines destroyed since the last plan
void run_projects(Desk& desk);                    // depreciation, maintenance, instalments, machine installed
void review_year(Desk& desk); // tax, investment (E8-E10), zombie test, option value (E15), appeal and efficiency shocks
void balance_finances(Desk& desk); // E11: loans, repayment, dividends
void face_hazards(Desk& desk);     // E14, E15: distress, bail-out, closure
void settle_taxes(
    Desk& desk); // of a firm that closes: on the revenue of its last month, and on its year's profit so far

/// Tax on the revenue of the month so far, to the province.
void pay_production_tax(Desk& desk);

/// Unit cost at today's prices: inputs, labour and depreciation, yuan per unit. Sets the standard conversion cost too.
void update_unit_cost(Firm& firm, const World& world, double labour_productivity);

/// Unit cost as the firm's owner sees it (E13), yuan per unit: what its price is a markup on.
double cost_to_cover(const Firm& firm, const World& world, double dial = 1);

/// Labour in the standard conversion cost, yuan per unit: what is left without bundle and levy.
double labour_per_unit(const Firm& firm, const World& world);

/// What the firm usually sells, that its part of scarce imports and permits is measured by [thousandths per day].
double usual_demand(const Firm& firm, const World& world);

/// Labour productivity of today, thousandths per worker-day.
double labour_productivity(const Firm& firm, const World& world);

/// Yearly revenue at expected demand and today's price [fen].
double expected_yearly_revenue(const Firm& firm);

/// Cash that a firm aims at; below half of it, it borrows (E11).
Money cash_target(const Firm& firm, const Config& config);

/// Weights of the firm's objective (E13): those of state firms, 0 for others.
/// @param dial  of reforms, see Terms::state_dial
struct ObjectiveWeights;
ObjectiveWeights objective_of(const Firm& firm, const Config& config, double dial = 1);

/// Employees of a real firm that the agent stands for.
double real_employees(const Firm& firm, const World& world);

/// Price of capacity for one unit a day [fen per thousandth per day], at today's prices of capital goods.
double price_of_capacity(const World& world, int sector);

/// Price of capacity over the yearly profit that it brings as the owner sees it [years]; negative where it brings none.
double payback_of_capacity(const Firm& firm, const World& world, const Terms& terms = no_terms);

/// Longest payback at which any lack of capacity is reason to build [years].
double longest_payback(const Firm& firm, const Config& config, double dial = 1);

/// How the firm builds at today's prices, see investment.hpp: in lumps unless new capacity pays back in time.
int project_kind(const Firm& firm, const World& world);

/// Mean time of a project [months]: large firms build longer.
double usual_gestation(int kind, const Config& config);

/// Pays for capital goods: money to the suppliers, booked as investment.
void buy_capital_goods(Desk& desk, Money m);

bool is_review_month(const Firm& firm, const World& world, int every);

} // namespace fabrica
