// A tournament of local governments: those that reach a growth target in the sectors of the programme are rewarded, the best first. To
// win, each pays a part of the investment of its firms; the reward comes, if it comes, a year later.
#include "models/ledger.hpp"
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class CityTournament final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(reward_, "reward_cny", "amount_cny", 0, {0, 1e13}, "CNY", "Reward of a winner, once a year.")
            .required();
        t.integer(winners_, "winners", 5, {1, 64}, "1", "Most winners in a year.");
        t.number(target_, "target_growth", 0.05, {-1, 10}, "1/year", "Growth of output that a winner must reach.");
        t.number(
            effort_, "effort", 0.05, {0, 0.9}, "1",
            "Part of eligible firms' investment that competing provinces pay; with central_share = 0 out of their own.",
            "assumed");
    }

    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.capital_subsidy = 1 - (1 - terms.capital_subsidy) * (1 - effort(p) * p.expected());
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return effort(p) * static_cast<double>(desk.firm.month_investment.fen);
    }

    /// Numbers: planned output by province this year and in the last.
    void month(PolicyDesk& desk) const override
    {
        const auto regions = static_cast<std::size_t>(desk.world.R);
        auto& made = desk.state().numbers;
        made.resize(2 * regions);
        for (const auto& [region, milli] : output_of(desk)) made[region] += static_cast<double>(milli);
        if (desk.in_force().today.month != 12) return;
        reward(desk, made);
        for (std::size_t r = 0; r < regions; ++r) made[regions + r] = made[r], made[r] = 0;
    }

private:
    [[nodiscard]] double effort(const InForce& p) const
    {
        return std::min(0.9, effort_ * p.programme.intensity * p.state.cycle);
    }

    /// Planned output a day of the eligible sectors, by province, in whole thousandths: the same whatever part is summed first.
    static std::vector<std::pair<std::size_t, std::int64_t>> output_of(const PolicyDesk& desk)
    {
        std::vector<std::pair<std::size_t, std::int64_t>> sums(static_cast<std::size_t>(desk.world.R));
        for (std::size_t r = 0; r < sums.size(); ++r) sums[r].first = r;
        desk.barrier.each_agent([&](const Firm& f) {
            if ((desk.scope().sectors >> f.sector & 1U) != 0)
                sums[f.region].second += static_cast<std::int64_t>(f.daily_rate);
        });
        return sums;
    }

    void reward(PolicyDesk& desk, const std::vector<double>& made) const
    {
        const std::size_t regions = made.size() / 2;
        std::vector<std::size_t> order;
        const auto growth = [&](std::size_t r) { return made[r] / made[regions + r] - 1; };
        for (std::size_t r = 0; r < regions; ++r)
            if ((desk.scope().regions >> r & 1U) != 0 && made[regions + r] > 0 && growth(r) >= target_)
                order.push_back(r);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return growth(a) > growth(b); });
        order.resize(std::min(order.size(), static_cast<std::size_t>(winners_)));
        const InForce p = desk.in_force();
        const double fen = p.rate(reward_) * p.programme.implementation * 100 / static_cast<double>(desk.world.k);
        for (const std::size_t r : order) desk.reward(static_cast<int>(r), rounded_fen(fen).fen);
    }

    sim::scenario::Dated reward_;
    std::int64_t winners_ = 0;
    double target_ = 0, effort_ = 0;
};

} // namespace

std::shared_ptr<Instrument> city_tournament() { return make_instrument<CityTournament>(); }

} // namespace fabrica
