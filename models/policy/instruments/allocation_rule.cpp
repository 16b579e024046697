// A law that limits direct allocation by government: in all award rounds what is not merit counts for less (E25).
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class AllocationRule final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(limited_, "limited_share", "share", 0, {0, 1}, "1",
                 "Part of the weights of size, state, jobs and connection that is taken away.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override { terms.discretion *= 1 - p.rate(limited_); }

private:
    sim::scenario::Dated limited_;
};

} // namespace

std::shared_ptr<Instrument> allocation_rule() { return make_instrument<AllocationRule>(); }

} // namespace fabrica
