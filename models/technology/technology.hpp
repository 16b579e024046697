// What the calendar of firms and institutions calls of technology (E17-E21). Each does nothing when switches.technology is off.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

// A firm's monthly plan.
void do_research(Desk& desk);       // pays, adds to the R&D stock, discovers
void review_research(Desk& desk);   // once a year: the R&D share of the year to come, imitation
void run_upgrade(Desk& desk);       // begins, pays or finishes an upgrade
void keep_quality(Desk& desk);      // quality, accidents, qualification
void report_technology(Desk& desk); // at the month's end

struct FirmPlan;

/// Founders and entrants: R&D of their size, quality as it would have settled, all clocks. Before their staff, price and appeal.
void begin_technology(Firm& firm, const World& world, const FirmPlan& plan);

/// First day: the part of each sector's revenue expected of firms with research, so that sectors spend what the data say; joint ventures.
void set_research_norms(World& world, const std::vector<FirmPlan>& firms);

/// First day: boards that begin at the state of the first firms.
void begin_boards(World& world, const std::vector<FirmPlan>& firms);

/// What quality adds to the price ratio of imports that buyers see (E7): (q / q of the first day)^(sigma_q / sigma); 1 when it is off.
[[nodiscard]] double quality_ratio(const World& world, int sector);

/// Month's end: boards of technology.
void publish_technology(World& world);

/// Labour needed for a unit over that of a firm without defects and experience of its own [1]; 1 when technology is off.
[[nodiscard]] double extra_labour(const Firm& firm, const World& world);

/// Days that a delivery takes beyond the shortest time, at the levels installed (E18).
[[nodiscard]] int shorter_lead_time(int days, const float (&capacity)[maturity_levels]);

/// What quality adds to the logarithm of a firm's attraction (E6); 0 when technology is off.
[[nodiscard]] double quality_appeal(const Firm& firm, const World& world);

/// The same in the choice of a supplier, for the firm's showcase.
[[nodiscard]] float shown_quality(const Firm& firm, const World& world);

/// R&D of the month, fen: the firm's own budget at the price that it sees, or what is demanded of it where that is more; of it, a grant pays
/// its part.
[[nodiscard]] double research_due(const Firm& firm, const World& world, const TechnologyTerms& terms);

/// R&D of a firm over its revenue in the base case of its size, sector and ownership; services bought fall by as much.
[[nodiscard]] double usual_research(const Firm& firm, const World& world);

} // namespace fabrica
