// Research by order: eligible firms have to spend a part of their revenue on it (the rail case, after an accident; E17, E21).
#include "models/policy/instrument.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class MandatedResearch final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(share_, "share_of_revenue", "share", 0, {0, 0.5}, "1", "Least research over revenue.").required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.technology.mandated_research = std::max(terms.technology.mandated_research, p.rate(share_));
    }

private:
    sim::scenario::Dated share_;
};

} // namespace

std::shared_ptr<Instrument> mandated_research() { return make_instrument<MandatedResearch>(); }

} // namespace fabrica
