// Words without money: firms that believe them expect their market to grow faster and build ahead.
#include "models/policy/firm_policy.hpp"
#include "models/state/firm.hpp"
#include "models/world.hpp"

namespace fabrica {
namespace {

class Announcement final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(growth_, "expected_growth", "share", 0, {-0.2, 0.2}, "1/year",
                 "Added to the growth that believers expect.")
            .required();
        t.number(believers_, "believers_share", 0.3, {0, 1}, "1", "Part of eligible firms that believe.", "assumed");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        const sim::Draw belief(static_cast<std::uint32_t>(p.world.config.run.seed),
                               sim::make_key(firm.key, programme_name(p.programme.id)),
                               static_cast<std::uint16_t>(Purpose::policy_choice), 0);
        if (belief.uniform() < believers_) terms.growth += p.rate(growth_);
    }

private:
    sim::scenario::Dated growth_;
    double believers_ = 0;
};

} // namespace

std::shared_ptr<Instrument> announcement() { return make_instrument<Announcement>(); }

} // namespace fabrica
