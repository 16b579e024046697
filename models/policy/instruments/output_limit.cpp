// A limit on output by order: a production quota (rare earths) or energy rationing. Part of the capacity may not be used.
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class OutputLimit final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(idle_, "idle_share", "share", 0, {0, 1}, "1", "Part of usable capacity that has to stand still.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.usable_capacity *= 1 - p.rate(idle_);
    }

private:
    sim::scenario::Dated idle_;
};

} // namespace

std::shared_ptr<Instrument> output_limit() { return make_instrument<OutputLimit>(); }

} // namespace fabrica
