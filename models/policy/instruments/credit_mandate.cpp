// A mandate with tradable credits (new-energy vehicles): makers of the old kind owe credits for what they make, makers of the new kind
// earn them, and the former pay the latter.
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
            terms.unit_levy += p.rate(ratio_) * price_ * value;
        } else {
            terms.unit_subsidy += per_yuan(p) * value;
            terms.price_subsidy += pass_through_ * per_yuan(p) * value;
        }
    }
    [[nodiscard]] double levy(const InForce& p, const Desk& desk) const override
    {
        return owes(p, desk.firm) ? p.rate(ratio_) * price_ * value_of(desk) : 0;
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return owes(p, desk.firm) ? 0 : per_yuan(p) * value_of(desk);
    }
    /// What was collected in the month is what the makers of the new kind share in the next, by what they make.
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        double made = 0;
        for (int s = 0; s < w.S; ++s) {
            const bool is_in = (desk.scope().sectors >> static_cast<unsigned>(s) & 1U) != 0;
            for (int o = 0; is_in && !is_payer(w, s) && o < ownership_count; ++o)
                made += static_cast<double>(
                    w.month[w.statistics.cell(Measure::price_weight, s, static_cast<Ownership>(o))]);
        }
        const auto& month = desk.state().month;
        const auto count = [&](PolicyPlan::Count c) { return static_cast<double>(month[w.policy.plan.count(c)]); };
        auto& pool = desk.state().numbers;
        pool.resize(2);
        pool[0] += count(PolicyPlan::levied) - count(PolicyPlan::disbursed);
        pool[1] = made > 0 ? std::max(0.0, pool[0] / made) : 0;
    }

private:
    static double per_yuan(const InForce& p) { return p.state.numbers.size() > 1 ? p.state.numbers[1] : 0; }
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
    double price_ = 0, pass_through_ = 0;
    std::vector<std::string> payers_;
};

} // namespace

std::shared_ptr<Instrument> credit_mandate() { return make_instrument<CreditMandate>(); }

} // namespace fabrica
