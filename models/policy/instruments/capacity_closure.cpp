// Closure of capacity by order: each month some eligible firms have to scrap a part of their machines, for a compensation.
#include "models/firms/investment.hpp"
#include "models/ledger.hpp"
#include "models/policy/firm_policy.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class CapacityClosure final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 1}, "1/year",
                 "Part of the capacity of eligible firms closed in a year.")
            .required();
        t.number(lump_, "lump", 0.5, {0.01, 1}, "1", "Part of its capacity that a firm hit has to scrap.", "assumed");
        t.number(compensation_, "compensation", 0.2, {0, 2}, "1", "Compensation over the book value scrapped.",
                 "assumed");
    }

    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        Firm& f = desk.firm;
        const double have = total_capacity(f.capacity);
        const double probability = std::min(1.0, p.rate(rate_) / 12 / lump_);
        if (have <= 0 || policy_draw(p, desk, Purpose::policy_choice).uniform() >= probability) return 0;
        const Money book = book_share(f.fixed_assets, have * lump_, have);
        for (float& k : f.capacity) k = static_cast<float>(static_cast<double>(k) * (1 - lump_));
        f.fixed_assets -= book;
        desk.report(desk.world.statistics.cell(Measure::machines_lost, f.sector, f.ownership), book.fen);
        return compensation_ * static_cast<double>(book.fen);
    }

private:
    sim::scenario::Dated rate_;
    double lump_ = 1, compensation_ = 0;
};

} // namespace

std::shared_ptr<Instrument> capacity_closure() { return make_instrument<CapacityClosure>(); }

} // namespace fabrica
