// An equity guidance fund: it buys stakes in firms that would build, other investors come in beside it, it shares in later profits, and
// what it has in a firm that closes is lost.
#include "models/firms/plan.hpp"
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class EquityFund final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(stake_, "stake", "share", 0, {0, 0.9}, "1", "Money offered over the equity of a firm, when it builds.")
            .required();
        t.number(crowd_in_, "crowd_in", 0.5, {0, 20}, "1", "Money of other investors per yuan of the fund.", "assumed");
        t.number(payout_, "payout", 0.3, {0, 1}, "1", "Part of a year's profit that is shared out to stakes.",
                 "assumed");
    }

    /// A firm that has a project under way asks once a year, at its review.
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const Firm& f = desk.firm;
        if (f.months_left == 0 || !is_review_month(f, desk.world, 12)) return 0;
        return p.rate(stake_) * std::max(0.0, static_cast<double>(equity_of(f).fen));
    }

    /// New equity is no profit. The stake is kept as a share of the equity after the issue.
    void receive(const InForce&, Desk& desk, Money money) const override
    {
        const Money others = rounded_fen(static_cast<double>(money.fen) * crowd_in_);
        desk.pay(Transaction::founding, desk.world.accounts.households(), -others);
        desk.firm.equity_at_month += money + others;
    }

    [[nodiscard]] double levy(const InForce& p, const Desk& desk) const override
    {
        if (!is_review_month(desk.firm, desk.world, 12)) return 0;
        const auto& members = p.state.members;
        const auto at = std::lower_bound(members.begin(), members.end(), desk.firm.key);
        if (at == members.end() || *at != desk.firm.key) return 0;
        const double share = p.state.numbers[static_cast<std::size_t>(at - members.begin())];
        return share * payout_ * std::max(0.0, static_cast<double>(desk.firm.last_year_profit.fen));
    }

    void granted(PolicyDesk& desk, const PolicyClaim& claim, std::int64_t fen) const override
    {
        ProgrammeState& s = desk.state();
        const auto at = std::lower_bound(s.members.begin(), s.members.end(), claim.key) - s.members.begin();
        const auto i = static_cast<std::size_t>(at);
        if (i == s.members.size() || s.members[i] != claim.key) {
            s.members.insert(s.members.begin() + at, claim.key), s.numbers.insert(s.numbers.begin() + at, 0.0);
        }
        const Firm* firm = desk.barrier.find(claim.id);
        const double equity = firm == nullptr ? 0 : static_cast<double>(equity_of(*firm).fen);
        const double bought =
            static_cast<double>(fen) / std::max(1.0, equity + static_cast<double>(fen) * (1 + crowd_in_));
        s.numbers[i] = s.numbers[i] * (1 - bought) + bought;
    }

private:
    sim::scenario::Dated stake_;
    double crowd_in_ = 0, payout_ = 0;
};

} // namespace

std::shared_ptr<Instrument> equity_fund() { return make_instrument<EquityFund>(); }

} // namespace fabrica
