// Industrial parks and demonstration zones: a part of the eligible firms moves in; there rent is lower and technology nearer.
#include "models/firms/investment.hpp"
#include "models/ledger.hpp"
#include "models/policy/firm_policy.hpp"

namespace fabrica {
namespace {

class IndustrialPark final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(inside_, "inside_share", "share", 0, {0, 1}, "1", "Part of eligible firms that are inside.")
            .required();
        t.number(discount_, "rent_discount", 0.3, {0, 1}, "1", "Discount on rent inside.", "assumed");
        t.number(rent_, "rent_share", 0.15, {0, 1}, "1", "Rent over services bought.", "assumed");
        t.number(nearness_, "nearness", 0.1, {0, 1}, "1",
                 "Digital infrastructure and shared equipment inside, beside the province's own (E17, E18).",
                 "assumed");
    }
    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        if (!is_inside(p, firm)) return;
        terms.technology.digital += nearness_, terms.technology.platform += nearness_;
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const Firm& f = desk.firm;
        if (!is_inside(p, f)) return 0;
        const double normal = total_capacity(f.capacity) * desk.world.first_utilisation[f.sector] *
                              desk.world.days_per_month() * 0.1 * desk.world.national.overhead_price;
        return discount_ * rent_ * normal * static_cast<double>(f.overhead);
    }

private:
    /// A lasting trait: as the share grows, those inside stay.
    [[nodiscard]] bool is_inside(const InForce& p, const Firm& firm) const
    {
        const sim::Draw place(static_cast<std::uint32_t>(p.world.config.run.seed),
                              sim::make_key(firm.key, programme_name(p.programme.id)),
                              static_cast<std::uint16_t>(Purpose::policy_choice), 0);
        return place.uniform() < p.rate(inside_);
    }

    sim::scenario::Dated inside_;
    double discount_ = 0, rent_ = 0, nearness_ = 0;
};

} // namespace

std::shared_ptr<Instrument> industrial_park() { return make_instrument<IndustrialPark>(); }

} // namespace fabrica
