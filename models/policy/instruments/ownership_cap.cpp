// A cap on foreign ownership: wholly foreign founders stay out and a part of them come in with a partner, as joint ventures.
#include "models/kinds.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class OwnershipCap final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(kept_out_, "kept_out_share", "share", 0, {0, 1}, "1", "Part of foreign founders kept out.").required();
        t.number(joint_, "joint_share", 0.3, {0, 1}, "1", "Part of these that found a joint venture instead.",
                 "assumed");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s * ownership_count < terms.entry_rate.size(); ++s) {
            if ((p.scope.sectors >> s & 1U) == 0) continue;
            double* of = &terms.entry_rate[s * ownership_count];
            of[static_cast<std::size_t>(Ownership::foreign)] *= 1 - p.rate(kept_out_);
            of[static_cast<std::size_t>(Ownership::joint_venture)] *= 1 + joint_ * p.rate(kept_out_);
        }
    }

private:
    sim::scenario::Dated kept_out_;
    double joint_ = 0;
};

} // namespace

std::shared_ptr<Instrument> ownership_cap() { return make_instrument<OwnershipCap>(); }

} // namespace fabrica
