// Retaliation: partners answer programmes of ours with a tariff on our goods, some time after these have come into force (E27).
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class Retaliation final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "their_rate", "share", 0, {0, 10}, "1", "Their tariff on our goods.").required();
        t.names(answers_, "answers", {}, "Programmes that are answered, by name.").required();
        t.integer(delay_, "delay_months", 3, {0, 600}, "month", "Time from the first of them to the answer.");
        t.names(partners_, "partners", {}, "Categories of exports that name who answers; all when left out.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    /// Counts: months since the first programme answered came into force.
    void month(PolicyDesk& desk) const override
    {
        auto& since = desk.state().counts;
        since.resize(1);
        const auto& all = desk.world.policy;
        const bool is_on = std::any_of(all.in_force.begin(), all.in_force.end(), [&](std::uint32_t i) {
            return std::find(answers_.begin(), answers_.end(), all.programme[i].id) != answers_.end();
        });
        since[0] = is_on ? since[0] + 1 : 0;
    }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        if (p.state.counts.empty() || p.state.counts[0] <= delay_) return;
        std::size_t number = 0;
        for (const auto& d : p.world.nation.demand) {
            if (!d.is_export) continue;
            const bool is_in =
                partners_.empty() || std::find(partners_.begin(), partners_.end(), d.name) != partners_.end();
            for (std::size_t s = 0; is_in && s < terms.trade.size(); ++s)
                if (p.covers_sector(s)) terms.trade[s].partners[number].their_tariff += p.rate(rate_);
            ++number;
        }
    }

private:
    sim::scenario::Dated rate_;
    std::vector<std::string> answers_, partners_;
    std::int64_t delay_ = 0;
};

} // namespace

std::shared_ptr<Instrument> retaliation() { return make_instrument<Retaliation>(); }

} // namespace fabrica
