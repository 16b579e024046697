// Cheap land: a part of the rent that is in a firm's services bought is borne by the government that leases it.
#include "models/firms/investment.hpp"
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class LandSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(discount_, "discount", "share", 0, {0, 1}, "1", "Discount on rent.").required();
        t.number(rent_, "rent_share", 0.15, {0, 1}, "1", "Rent over services bought.", "assumed");
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const Firm& f = desk.firm;
        const double normal = total_capacity(f.capacity) * desk.world.first_utilisation[f.sector] *
                              desk.world.days_per_month() * 0.1 * desk.world.national.overhead_price;
        return p.rate(discount_) * rent_ * normal * static_cast<double>(f.overhead);
    }

private:
    sim::scenario::Dated discount_;
    double rent_ = 0;
};

} // namespace

std::shared_ptr<Instrument> land_subsidy() { return make_instrument<LandSubsidy>(); }

} // namespace fabrica
