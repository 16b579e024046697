// A tariff on imports, by product and origin; its revenue is the treasury's (E7).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class Tariff final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 10}, "1", "Tariff over the price abroad.").required();
        t.names(partners_, "partners", {},
                "Categories of exports that name the partners it is for; all when left out.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        std::size_t number = 0;
        for (const auto& d : p.world.nation.demand) {
            if (!d.is_export) continue;
            const bool is_in =
                partners_.empty() || std::find(partners_.begin(), partners_.end(), d.name) != partners_.end();
            for (std::size_t s = 0; is_in && s < terms.trade.size(); ++s)
                if (p.covers_sector(s)) terms.trade[s].partners[number].tariff += p.rate(rate_);
            ++number;
        }
    }

private:
    sim::scenario::Dated rate_;
    std::vector<std::string> partners_;
};

} // namespace

std::shared_ptr<Instrument> tariff() { return make_instrument<Tariff>(); }

} // namespace fabrica
