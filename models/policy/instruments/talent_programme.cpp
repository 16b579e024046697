// A talent programme: people are trained, at a cost per head; the province's workers get more skilled than on the path (E22).
#include "models/policy/institutions.hpp"

namespace fabrica {
namespace {

class TalentProgramme final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(trained_, "trained_share", "share", 0, {0, 1}, "1/year", "Part of workers trained in a year.")
            .required();
        t.number(cost_, "cost_cny_per_person", 20000, {0, 1e7}, "CNY", "Cost of one person's training.", "assumed");
    }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t r = 0; r < terms.people.size(); ++r)
            if (p.covers_region(r)) terms.people[r].training += p.rate(trained_) * p.expected();
    }
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        const InForce p = desk.in_force();
        std::int64_t asked = 0, paid = 0;
        for (int r = 0; r < w.R; ++r) {
            if (!p.covers_region(static_cast<std::size_t>(r))) continue;
            const double people = static_cast<double>(w.employed[static_cast<std::size_t>(r)]) * 1e-3 / 12;
            const std::int64_t due =
                rounded_fen(people * p.rate(trained_) * p.programme.implementation * cost_ * 100).fen;
            asked += due, paid += desk.pay(Recipient::households, w.accounts.households(), due, -1, r);
        }
        desk.state().fill = asked > 0 ? static_cast<double>(paid) / static_cast<double>(asked) : 1;
    }

private:
    sim::scenario::Dated trained_;
    double cost_ = 0;
};

} // namespace

std::shared_ptr<Instrument> talent_programme() { return make_instrument<TalentProgramme>(); }

} // namespace fabrica
