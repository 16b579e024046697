// Reform of state firms: one dial on their wedges (weights of jobs and output, slack, cheap credit, rescue), and mixed ownership, which
// turns state firms into private ones over the years.
#include "models/firms/plan.hpp"
#include "models/policy/firm_policy.hpp"

namespace fabrica {
namespace {

class SoeReform final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(dial_, "dial", "share", 0, {0, 1}, "1",
                 "Part of the wedges taken away; 1: managed like a private firm.");
        t.series(hard_, "hard_budget", "share", 0, {0, 1}, "1", "Part of the bail-outs refused.");
        t.series(mixed_, "privatised_share", "share", 0, {0, 1}, "1/year",
                 "State firms that become private in a year.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        if (firm.ownership != Ownership::state) return;
        terms.state_dial *= 1 - p.rate(dial_), terms.bail_out *= 1 - p.rate(hard_);
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        Firm& f = desk.firm;
        if (f.ownership == Ownership::state &&
            policy_draw(p, desk, Purpose::policy_choice).uniform() < p.rate(mixed_) / 12)
            f.ownership = Ownership::private_owned;
        return 0;
    }

private:
    sim::scenario::Dated dial_, hard_, mixed_;
};

} // namespace

std::shared_ptr<Instrument> soe_reform() { return make_instrument<SoeReform>(); }

} // namespace fabrica
