// A grant for research: a part of what it costs. The firm's own budget stays, so that the grant comes on top of it (E17); of research by
// order it pays a part.
#include "models/firms/plan.hpp"
#include "models/policy/firm_policy.hpp"
#include "models/policy/instrument.hpp"
#include "models/technology/technology.hpp"

namespace fabrica {
namespace {

class RdGrant final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 0.9}, "1", "Part of the cost of research that is paid.").required();
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.technology.research_price *= 1 - p.rate(rate_) * p.expected();
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const Terms terms = terms_of(desk.firm, desk.world, desk.context.window());
        return p.rate(rate_) * research_due(desk.firm, desk.world, terms.technology);
    }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> rd_grant() { return make_instrument<RdGrant>(); }

} // namespace fabrica
