// Innovation centres: shared laboratories of a number given by date. The more there are, the more research yields to firms of the sectors, and
// the nearer the frontier.
#include "models/policy/institutions.hpp"

namespace fabrica {
namespace {

class InnovationCentre final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(centres_, "centres", "number", 0, {0, 10000}, "1", "Centres at work.").required();
        t.number(cost_, "cost_cny_per_year", 1e8, {0, 1e12}, "CNY/year", "Running cost of a centre.", "assumed");
        t.number(gain_, "most_gain", 0.1, {0, 0.9}, "1", "What research yields beyond, with centres without end.",
                 "assumed");
        t.number(half_, "half_centres", 20, {0.1, 1e5}, "1", "Centres at which half of it is reached.", "assumed");
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double centres = p.rate(centres_) * p.expected(), reach = centres / (centres + half_);
        terms.technology.research_yield *= 1 + gain_ * reach, terms.technology.digital += gain_ * reach;
    }
    void month(PolicyDesk& desk) const override
    {
        const World& w = desk.world;
        const InForce p = desk.in_force();
        const double due = p.rate(centres_) * p.programme.implementation * cost_ * 100 / 12 / static_cast<double>(w.k);
        const std::int64_t fen = rounded_fen(due).fen;
        const std::int64_t paid = desk.pay(Recipient::institutions, w.accounts.outside(w.servicer), fen);
        desk.state().fill = fen > 0 ? static_cast<double>(paid) / static_cast<double>(fen) : 1;
    }

private:
    sim::scenario::Dated centres_;
    double cost_ = 0, gain_ = 0, half_ = 1;
};

} // namespace

std::shared_ptr<Instrument> innovation_centre() { return make_instrument<InnovationCentre>(); }

} // namespace fabrica
