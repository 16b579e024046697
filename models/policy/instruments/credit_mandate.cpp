// A mandate with tradable credits (new-energy vehicles): makers of the old kind owe credits for what they make, makers of the new kind
// earn them, and the former pay the latter. Where fewer credits are earned than are owed, only those to be had are bought.
#include "models/ledger.hpp"
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class CreditMandate final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(ratio_, "credits_share", "share", 0, {0, 1}, "1", "Credits owed per yuan of output of the old kind.")
            .required();
        t.number(price_, "credit_price", 0.05, {0, 1}, "1", "Price of a credit, over a yuan of output.", "assumed");
        t.number(earned_, "earned_share", 0.04, {0, 1}, "1",
                 "Value of the credits earned with a yuan of output of the new kind.",
                 "computed: 3.4 credits a vehicle at 2 000 yuan, over 180 000 yuan");
        t.number(pass_through_, "pass_through", 0.5, {0, 1}, "1", "Part of what is earned that goes into prices.",
                 "assumed");
        t.names(payers_, "payers", {}, "Sectors that owe credits; `sectors` earn and owe.").required();
    }
    void check(const KnownNames& known, const NameCheck& names) const override
    {
        names("payers", payers_, known.sectors, "sector");
    }
    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        const auto value = static_cast<double>(firm.price);
        if (owes(p, firm)) {
            terms.unit_levy += owed_per_yuan(p) * value;
        } else {
            terms.unit_subsidy += per_yuan(p) * value;
            terms.price_subsidy += pass_through_ * per_yuan(p) * value;
        }
    }
    [[nodiscard]] double levy(const InForce& p, const Desk& desk) const override
    {
        return owes(p, desk.firm) ? owed_per_yuan(p) * value_of(desk) : 0;
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return owes(p, desk.firm) ? 0 : per_yuan(p) * value_of(desk);
    }
    /// What was collected in the month is what the makers of the new kind share in the next, by what they make, up to what their credits are
    /// worth.
    void month(PolicyDesk& desk) const override
    {
        const World& w = desk.world;
        double made_new = 0, made_old = 0;
        for (int s = 0; s < w.S; ++s)
            if ((desk.scope().sectors >> static_cast<unsigned>(s) & 1U) != 0)
                (is_payer(w, s) ? made_old : made_new) += output_of(w, s);
        const auto& month = desk.state().month;
        const auto count = [&](PolicyPlan::Count c) { return static_cast<double>(month[w.policy.plan.count(c)]); };
        auto& numbers = desk.state().numbers;
        numbers.resize(number_count);
        numbers[pool] += count(PolicyPlan::levied) - count(PolicyPlan::disbursed);
        numbers[per_new_yuan] = made_new > 0 ? std::clamp(numbers[pool] / made_new, 0.0, earned_) : 0;
        const double owed = desk.in_force().rate(ratio_) * price_ * made_old;
        const double missing = std::max(0.0, earned_ * made_new - std::max(0.0, numbers[pool]));
        numbers[bought] = owed > missing ? missing / owed : 1;
    }

private:
    /// What is kept from month to month: money collected and not yet passed on [fen], what a yuan of the new kind earns, the part of the
    /// credits owed that is to be had.
    enum Number : std::size_t { pool, per_new_yuan, bought, number_count };

    static double kept(const InForce& p, Number which, double before)
    {
        return p.state.numbers.size() == number_count ? p.state.numbers[which] : before;
    }
    static double per_yuan(const InForce& p) { return kept(p, per_new_yuan, 0); }
    [[nodiscard]] double owed_per_yuan(const InForce& p) const { return p.rate(ratio_) * price_ * kept(p, bought, 1); }

    /// Output of a sector in the month at posted prices [fen].
    static double output_of(const World& w, int sector)
    {
        double sum = 0;
        for (int o = 0; o < ownership_count; ++o)
            sum += static_cast<double>(
                w.month[w.statistics.cell(Measure::price_weight, sector, static_cast<Ownership>(o))]);
        return sum;
    }
    static double value_of(const Desk& desk)
    {
        return static_cast<double>(amount(desk.firm.month_output, static_cast<double>(desk.firm.price)).fen);
    }
    [[nodiscard]] bool is_payer(const World& w, int sector) const
    {
        const auto& code = w.nation.sectors[static_cast<std::size_t>(sector)].code;
        return std::find(payers_.begin(), payers_.end(), code) != payers_.end();
    }
    [[nodiscard]] bool owes(const InForce& p, const Firm& firm) const { return is_payer(p.world, firm.sector); }

    sim::scenario::Dated ratio_;
    double price_ = 0, earned_ = 0, pass_through_ = 0;
    std::vector<std::string> payers_;
};

} // namespace

std::shared_ptr<Instrument> credit_mandate() { return make_instrument<CreditMandate>(); }

} // namespace fabrica
