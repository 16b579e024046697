// Standards and their recognition: the qualification of a domestic part begins sooner and takes less time (E21).
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class TechnicalStandards final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(saved_, "time_saved_share", "share", 0, {0, 0.9}, "1",
                 "Part of the time of a qualification that is saved.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.technology.qualification_time *= 1 - p.rate(saved_);
        terms.technology.qualification_start *= 1 + p.rate(saved_);
    }

private:
    sim::scenario::Dated saved_;
};

} // namespace

std::shared_ptr<Instrument> technical_standards() { return make_instrument<TechnicalStandards>(); }

} // namespace fabrica
