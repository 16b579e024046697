// A local-content list: a least home part of purchases, where there is a substitute (E7).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class LocalContent final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(least_, "least_home_share", "share", 0, {0, 1}, "1", "Least home part of purchases.").required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s < terms.trade.size(); ++s)
            if (p.covers_sector(s))
                terms.trade[s].local_content = std::max(terms.trade[s].local_content, std::min(1.0, p.rate(least_)));
    }

private:
    sim::scenario::Dated least_;
};

} // namespace

std::shared_ptr<Instrument> local_content() { return make_instrument<LocalContent>(); }

} // namespace fabrica
