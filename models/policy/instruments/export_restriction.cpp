// A restriction of our exports (rare earths): a part of what foreigners would buy stays at home, and they pay more for the rest (E27).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class ExportRestriction final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(kept_, "kept_back_share", "share", 0, {0, 1}, "1", "Part of foreign demand that is not served.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s < terms.trade.size(); ++s)
            for (auto& partner : terms.trade[s].partners)
                if (p.covers_sector(s)) partner.export_limit *= 1 - p.rate(kept_);
    }

private:
    sim::scenario::Dated kept_;
};

} // namespace

std::shared_ptr<Instrument> export_restriction() { return make_instrument<ExportRestriction>(); }

} // namespace fabrica
