// An export control of others: foreigners sell us less of what we cannot make yet (E27); soft: the rest comes under licence.
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class ForeignControl final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(cut_, "cut_share", "share", 0, {0, 1}, "1", "Part of critical imports that is no longer sold.")
            .required();
        t.flag(soft_, "soft", false, "The rest comes under licence, at a premium.");
        t.number(lead_, "lead_days", 0, {0, 1000}, "day", "Longer on the way than usual.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        if (p.rate(cut_) <= 0) return;
        for (std::size_t s = 0; s < terms.trade.size(); ++s) {
            if (!p.covers_sector(s)) continue;
            auto& trade = terms.trade[s];
            trade.is_soft = trade.import_supply < 1 ? trade.is_soft && soft_ : soft_;
            trade.import_supply *= 1 - p.rate(cut_), trade.lead_days += lead_;
        }
    }
    /// Importers lay in a reserve.
    void announced(MarketTerms& terms, const InForce& p) const override
    {
        if (cut_.at(p.programme.from) * p.programme.intensity <= 0) return;
        for (std::size_t s = 0; s < terms.trade.size(); ++s)
            if (p.covers_sector(s)) terms.trade[s].is_announced = true;
    }

private:
    sim::scenario::Dated cut_;
    bool soft_ = false;
    double lead_ = 0;
};

} // namespace

std::shared_ptr<Instrument> foreign_control() { return make_instrument<ForeignControl>(); }

} // namespace fabrica
