// What firms do on platforms at their monthly plan, and what institutions do at the barrier.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

constexpr sim::Tick one_day = Manufacturing::ticks_per_window;
constexpr std::int64_t least_job = 1000; ///< thousandths

// In a firm's own handlers.
void consider_joining(Desk& desk); // hears of one platform a month
void share_capacity(Desk& desk);   // offers and requests; small runs that nobody else makes
void share_design(Desk& desk);     // offers and requests of design
void pay_for_services(Desk& desk); // fees of logistics and order matching

/// Cost that another unit adds: inputs and labour, yuan; machines are there.
[[nodiscard]] double variable_cost(const Firm& firm, const World& world);
/// Pay of those who make a job in idle hours.
/// @param labour  in a unit in usual hours, yuan     @param premium  on it [1]
[[nodiscard]] Money pay_of_idle_hours(Goods made, double labour, double premium);
/// Least price at which a firm makes a unit in idle hours, yuan: people are paid extra.
[[nodiscard]] double reserve_price(const Firm& firm, const World& world);
/// Output a day that machines and people could make beyond the plan, thousandths.
/// @param usable  part of usable capacity that programmes allow [1]
[[nodiscard]] double idle_output(const Firm& firm, const World& world, double usable);
/// What a firm could make in idle hours until its next plan, within its stocks of inputs, thousandths.
[[nodiscard]] std::int64_t idle_quantity(const Firm& firm, const World& world, double usable);

// Services: read wherever the rule is that they change.
/// Days of input stock aimed at (E4): fewer for a member of a logistics platform.
[[nodiscard]] double input_days(const Firm& firm, const World& world);
/// Days from shipment to arrival at a buyer: fewer when it is such a member.
[[nodiscard]] int days_on_the_road(int days, sim::AgentId buyer, const World& world);
/// How much more of the market sees a member of an order-matching platform than sees others [1], at least 1.
[[nodiscard]] double reach(const Firm& firm, const World& world);
/// Finished goods of a job that arrive at a client.
struct JobSlot {
    static constexpr std::uint8_t peak = 254, small_run = 255; // in place of an input slot
    static constexpr bool is_job(std::uint8_t slot) { return slot >= peak; }
};
void receive_job(Desk& desk, const Delivery& delivery, sim::AgentId provider);

// At barriers.
/// Opens a platform. Policy programmes call it too, at any place of a barrier behind `run_platforms`.
/// @return its number
std::uint16_t found_platform(World& world, const PlatformRule& rule);
/// Money from an institution to a platform, for example a grant.
void pay_platform(World& world, Transaction what, std::size_t from, std::uint16_t platform, std::int64_t fen);
/// The day's joining, matching and accounts; on the last day of a month also costs, trust and failure.
void run_platforms(World& world, Barrier& barrier);
void match_requests(World& world, Barrier& barrier);

} // namespace fabrica
