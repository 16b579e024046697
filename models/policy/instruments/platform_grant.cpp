// A programme of shared platforms (E23): it founds a number of them by a date, in equal steps, each with a grant.
#include "models/kinds.hpp"
#include "models/platforms/sharing.hpp"
#include "models/policy/institutions.hpp"

#include <fmt/format.h>

namespace fabrica {
namespace {

class PlatformGrant final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(number_, "platforms", "number", 0, {0, 10000}, "1", "Platforms founded so far, by date.").required();
        t.choice(rule_.kind, "platform_kind", "capacity", {platform_kind_names.begin(), platform_kind_names.end()},
                 "What is shared.");
        t.number(grant_, "grant_cny", 5e7, {0, 1e12}, "CNY", "Grant to each platform, paid as its capital.", "assumed");
        t.number(rule_.fee, "fee", 0.04, {0, 1}, "1", "Fee over the value of a job.", "assumed: 3 to 5 %");
        t.number(rule_.efficiency, "efficiency", 1, {0, 100}, "1", "Efficiency of matching.", "assumed");
        t.number(rule_.cost_cny_per_year, "cost_cny_per_year", 2e7, {0, 1e12}, "CNY/year", "Cost of running one.",
                 "assumed");
        t.flag(rule_.certification, "certification", true, "Only certified firms may offer.");
        t.number(rule_.certification_cost_cny, "certification_cost_cny", 20000, {0, 1e8}, "CNY", "Of one firm.",
                 "assumed");
    }
    /// Counts: platforms founded.
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        auto& founded = desk.state().counts;
        founded.resize(1);
        const InForce p = desk.in_force();
        const auto wanted = static_cast<std::int64_t>(p.rate(number_) * p.programme.implementation);
        while (founded[0] < wanted) {
            const auto grant = static_cast<std::int64_t>(grant_ * 100 / static_cast<double>(w.k));
            if (grant > p.room()) return; // waits for the budget
            PlatformRule rule = rule_;
            rule.id = fmt::format("{}_{}", p.programme.id, ++founded[0]), rule.founded = p.today;
            rule.sectors = p.programme.who.sectors, rule.regions = p.programme.who.regions;
            const std::uint16_t number = found_platform(w, rule);
            pay_platform(w, Transaction::subsidies, w.accounts.treasury(), number, grant);
            desk.note_paid(Recipient::institutions, grant);
        }
    }

private:
    sim::scenario::Dated number_;
    PlatformRule rule_;
    double grant_ = 0;
};

} // namespace

std::shared_ptr<Instrument> platform_grant() { return make_instrument<PlatformGrant>(); }

} // namespace fabrica
