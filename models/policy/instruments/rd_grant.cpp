// A grant for research: a part of what it costs. The firm's own budget stays, so that the grant comes on top (E17).
#include "models/firms/plan.hpp"
#include "models/policy/instrument.hpp"

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
    /// The firm's own part over what it sees of the price is the whole cost.
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const double own = static_cast<double>(desk.firm.research_share) * expected_yearly_revenue(desk.firm) / 12;
        return p.rate(rate_) * own / (1 - p.rate(rate_) * p.expected());
    }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> rd_grant() { return make_instrument<RdGrant>(); }

} // namespace fabrica
