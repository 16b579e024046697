// What a scenario says: one immutable value after validation. The table of keys (keys/) is the only list of them.
#pragma once

#include "models/kinds.hpp"
#include "models/platforms/platform_rule.hpp"
#include "models/policy/programme.hpp"
#include "sim/scenario/key_table.hpp"
#include "sim/scenario/run_settings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim::scenario {
struct Loaded;
}

namespace fabrica {

/// A dated disturbance of one of the model's outside variables.
struct Shock {
    std::string id, kind, category;
    std::vector<std::string> sectors; // empty: all
    sim::Date from{}, to{};           // to is exclusive
    double size = 0;                  // relative change while it lasts, e.g. -0.1; a rate for tariffs
    bool in_demand_paths = false;     // a price shock of the past, whose effect on quantities is in the observed paths
    std::vector<std::string> regions{}; // of supply, disaster, energy; empty: all
    std::vector<double> levels{};       // maturity levels hit, 1-4; empty: all
    double recovery_days = 0;           // after `to`, until nothing is left of it
    std::string recovery = "linear";
    std::optional<sim::Date> announced{}; // of a control of imports
    bool is_soft = false;                 // of a control of imports: licences at a premium
    double lead_days = 0;                 // of a control of imports: longer on the way
};

/// All parameters of the model. Units stand in the key table; each rate names its period.
struct Config {
    sim::scenario::RunSettings run;
    struct {
        std::string folder, demand_scenario;
    } nation;
    struct {
        std::int64_t minimum_firms;
        double spin_up_years, firm_growth, employment_exponent, capacity_log_sd, first_stock, most_assets,
            largest_share;
        double efficiency_sd;
    } population;
    struct {
        double market_weight, order_weight, slow_weight, inventory_months, adjustment_months, input_days,
            input_adjustment_reviews;
        double labour_slack, overhead_scale, depreciation, usable_capacity, productivity_growth;
        std::int64_t delivery_days, delivery_spread_days;
    } production;
    struct {
        std::int64_t backlog_retry_days, backlog_tries, candidates;
        double emergency_days;
        std::string rationing;
        double link_capacity_share, review_probability, price_weight, backlog_weight, size_weight;
    } suppliers;
    struct {
        double level, sector_weight, speed, commodity_speed, commodity_weight, markup_drift, scarcity, markup_reversion,
            dominant_share, sector_elasticity;
        std::vector<std::string> commodity_sectors;
    } prices;
    struct {
        double price_elasticity, share_speed, fill_weight, appeal_shock, appeal_size_exponent, wholesale_days,
            wholesale_memory_days, wholesale_adjustment_days;
    } market;
    struct {
        double growth, utilisation_correction, growth_memory_months, horizon_months, threshold_max,
            gestation_small_months, gestation_large_months, maintained_share;
        double payback_private_years, payback_state_years, resale_loss, resale_threshold, small_threshold;
    } investment;
    struct {
        double loan_to_value, state_loan_factor, bank_capital_ratio, bank_capital_target, repayment, policy_rate,
            spread_size, gamma_leverage;
        double payout, cash_target, profit_tax;
        std::int64_t bank_count, receivable_days;
    } credit;
    struct {
        double wage_growth, tightness, natural_rate, hire_speed, fire_speed, state_fire_speed, elastic_margin;
        std::string ageing, skill_path;
        double migration, training, skill_wage_exponent;
    } labour;
    struct {
        double output_weight, jobs_weight, capacity_margin, efficiency_gap;
        double bail_out_size, bail_out_room, bail_out_budget;
        bool hard_budget;
    } state_firms;
    struct {
        double hazard_scale, size_exponent, profit_slope, state_factor, scrap_value, own_weight, option_rate,
            largest_closure, closed_share, scrapped_stock;
        std::int64_t insolvency_quarters;
    } exit;
    struct {
        double rate, demand_exponent, profit_exponent, growth_exponent, required_return, median_employees, log_sd,
            largest_employees, productivity_gap, share_start, least_incumbents;
    } entry;
    struct {
        double import_elasticity, critical_elasticity, origin_elasticity, shortage_days;
        double export_elasticity, export_adjustment_months, diverted_share;
        double rival_share, rival_labour_cost_growth, relocation, world_growth;
        double licence_premium, critical_coefficient, stockpile_days, reserve_days, reserve_adjustment_days,
            most_restock;
        double qualification_first_years, qualification_last_years, substitute_quality, substitute_learning,
            substitute_kept;
        double world_demand_elasticity, foreign_replacement, foreign_build_years, foreign_return_years;
        bool paths_without_tariffs;
    } trade;
    struct {
        sim::scenario::Dated carbon_price, cap;
        double efficiency_growth, co2_decline;
        bool net_zero;
        sim::Date net_zero_from, net_zero_by;
        double net_zero_residual;
    } energy;
    struct {
        double intensity_scale, half_size, size_slope, venture_rent, wage_share, depreciation, discovery_rate,
            elasticity;
        double imitation, imitation_digital, relabelling;
    } research;
    struct {
        std::array<double, maturity_levels - 1> rate;
        double size_weight, reference_size, neighbour_weight, platform_weight, grant_weight, skill_weight, cost_share,
            months;
    } upgrading;
    struct {
        double research_gain, decay, venture_contact, venture_level, spillover, choice_weight, import_weight,
            defect_rate;
        double accident_rate, accident_loss, accident_years, mandated_share;
        double qualification_rate, qualification_least_years, qualification_most_years;
    } quality;
    struct {
        std::vector<std::string> sectors;
        double rate, own_weight, domestic_weight, world_weight, first_years, world_growth;
    } learning;
    struct {
        std::string new_good, old_good, range_sector;
        double price_weight, range_weight, charging_weight, speed;
    } adoption;
    struct {
        double custom_share, orders_per_month, largest_employees, efficient_lot_days, set_up_cost, most_set_up_cost,
            individual_share;
    } platform_demand;
    struct {
        double overtime, overtime_premium, spare_input_days, client_share, distance_cost, certified_defects,
            uncertified_defects;
        double trust_start, trust_gain, trust_loss, trust_jobs;
        double join_rate, benefit_scale, size_exponent, neighbour_weight, provider_employees;
        double design_part, design_most, employees_per_client, stock_saving, storage_cost, reach;
        std::int64_t job_days, days_saved, failure_months;
    } platforms;
    struct {
        bool growth, entry, exit, rotation, lumpy_investment, shocks, supplier_review, appeal, markup, rivals, skills,
            policies, technology, lumpy_orders, platforms;
    } switches;
    struct {
        double unmet_demand_share, sector_hhi, open_order_months, sector_price;
        std::int64_t planted_leak_day;
    } guards;
    std::vector<Shock> shocks;
    std::vector<PlatformRule> platform;
    std::vector<Programme> policies; // by name
};

/// Binds every key of the model to its place in `config`. Used by run, check, explain, list, the reference page and the schema.
void describe_keys(sim::scenario::KeyTable& table, Config& config);

struct Nation;

/// Checks that no single key can make: the scale, dates, names of the nation's sectors, provinces and categories of demand.
void check_config(const Config& config, const sim::scenario::Loaded& loaded, const Nation& nation, sim::Errors& errors);

/// Names of provinces in shocks, and keys that go together.
void check_places(const Config& config, const sim::scenario::Loaded& loaded, const std::vector<std::string>& regions,
                  sim::Errors& errors);

} // namespace fabrica
