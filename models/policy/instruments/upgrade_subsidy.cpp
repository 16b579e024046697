// Pilot projects of intelligent manufacturing: a part of the cost of an upgrade is paid (E18).
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class UpgradeSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 0.95}, "1", "Part of the cost of an upgrade that is paid.").required();
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double expected = p.rate(rate_) * p.expected();
        terms.technology.upgrade_grant += expected;
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return desk.firm.upgrade_months > 0 ? p.rate(rate_) * static_cast<double>(desk.firm.upgrade_instalment) : 0;
    }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> upgrade_subsidy() { return make_instrument<UpgradeSubsidy>(); }

} // namespace fabrica
