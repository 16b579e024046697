// E23, matching: the day's requests of each platform and sector meet its standing offers.
#include "models/platforms/rules.hpp"
#include "models/platforms/sharing.hpp"
#include "sim/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

namespace fabrica {
namespace {

constexpr int offers_looked_at = 64; // the cheapest, for one request

bool is_served_first(const Request& a, const Request& b)
{
    return std::tie(a.platform, a.sector, b.value, a.key, a.kind) <
           std::tie(b.platform, b.sector, a.value, b.key, b.kind);
}

/// One platform and sector on one day.
class Meeting {
public:
    Meeting(World& world, Barrier& barrier, std::uint16_t number, int sector, std::span<Offer> offers)
        : w_(world), barrier_(barrier), platform_(world.platforms.all[number]), number_(number), sector_(sector),
          offers_(offers)
    {
    }

    void goods(std::span<const Request> requests)
    {
        double offered = 0, asked = 0;
        for (const Offer& o : offers_) offered += static_cast<double>(o.left);
        for (const Request& r : requests) asked += static_cast<double>(r.quantity);
        platform_.month.requests += static_cast<std::int64_t>(asked);
        left_ = static_cast<std::int64_t>(matched(offered, asked, platform_.rule.efficiency, platform_.trust));
        if (platform_.rule.serves_cny_per_day > 0)
            left_ =
                std::min(left_, rounded_goods(platform_.rule.serves_cny_per_day * w_.config.run.scale * 1000).milli);
        for (const Request& r : requests) serve(r);
    }

    /// Who asks for a design finds one with the probability 1 - exp(-efficiency x trust), that of the best designer with time left.
    void designs(std::span<const Request> requests)
    {
        platform_.month.requests += 1000 * static_cast<std::int64_t>(requests.size());
        for (const Request& r : requests) {
            const bool finds = draw(r.key, 0) < found_part(platform_.rule.efficiency, platform_.trust);
            w_.platforms.rent(r.id, finds ? rented(r) : 0);
        }
    }

private:
    struct Best {
        Offer* offer = nullptr;
        double price = 0, least = 0;
    };

    /// Of the cheapest offers of other firms with the technology that is asked for: the one with the lowest price, carriage included.
    Best best_offer(const Request& r)
    {
        Best best;
        int looked = 0;
        while (first_ < offers_.size() && offers_[first_].left < least_job) ++first_;
        for (std::size_t i = first_; i < offers_.size() && looked < offers_looked_at; ++i) {
            Offer& o = offers_[i];
            if (o.left < least_job || o.id == r.id || o.level < r.level) continue;
            ++looked;
            const double carriage = is_far(o, r) ? w_.config.platforms.distance_cost * board().price : 0;
            const double least = static_cast<double>(o.reserve) + carriage;
            if (best.offer == nullptr || least < best.least) best = {&o, 0, least};
        }
        if (best.offer != nullptr)
            best.price = job_price(best.least, static_cast<double>(r.value), platform_.rule.fee,
                                   w_.config.platforms.client_share);
        return best;
    }

    void serve(const Request& r)
    {
        std::int64_t open = r.quantity;
        while (std::min(open, left_) >= least_job) {
            const Best best = best_offer(r);
            if (best.offer == nullptr || best.price < 0) break;
            const std::int64_t quantity = std::min({open, left_, best.offer->left});
            give(r, *best.offer, quantity, best.price);
            open -= quantity, left_ -= quantity;
        }
        if (r.kind == JobKind::small_run && open > 0)
            barrier_.send(r.id, PlatformNotice{open, number_, NoticeKind::own_run}, one_day);
        if (r.kind == JobKind::individual)
            w_.platforms.individual_asked[static_cast<std::size_t>(sector_)] -= r.quantity - open;
    }

    void give(const Request& r, Offer& o, std::int64_t quantity, double price)
    {
        const auto& rule = w_.config.platforms;
        const double defects = o.is_certified != 0 ? rule.certified_defects : rule.uncertified_defects;
        const bool is_defective = draw(sim::make_key(o.key, r.key), 1) < defects;
        o.left -= quantity, platform_.month.matches += quantity;
        barrier_.send(o.id,
                      PlatformJob{{quantity},
                                  r.id,
                                  static_cast<float>(price),
                                  number_,
                                  r.kind,
                                  is_defective,
                                  static_cast<std::uint8_t>(is_far(o, r))},
                      one_day);
    }

    /// @return gain of the client, 0 when nothing comes of it
    double rented(const Request& r)
    {
        const auto& rule = w_.config.platforms;
        const auto designer =
            std::find_if(offers_.begin(), offers_.end(), [&](const Offer& o) { return o.left > 0 && o.id != r.id; });
        if (designer == offers_.end()) return 0;
        const double gain = rented_gain(static_cast<double>(r.value), -static_cast<double>(designer->reserve),
                                        rule.design_part, rule.design_most);
        const Money price = rounded_fen((1 - rule.client_share) * gain * static_cast<double>(r.quantity));
        if (price.fen <= 0) return 0;
        --designer->left, platform_.month.matches += 1000;
        const double defects = designer->is_certified != 0 ? rule.certified_defects : rule.uncertified_defects;
        if (draw(sim::make_key(designer->key, r.key), 1) < defects) return ++platform_.month.failed, 0;
        ++platform_.month.jobs;
        barrier_.send(r.id, PlatformNotice{price.fen, number_, NoticeKind::design_rent}, one_day);
        barrier_.send(designer->id, PlatformNotice{price.fen, number_, NoticeKind::design_income}, one_day);
        return gain;
    }

    [[nodiscard]] static bool is_far(const Offer& o, const Request& r)
    {
        return r.kind != JobKind::individual && o.region != r.region;
    }
    [[nodiscard]] const SectorBoard& board() const { return w_.sector[static_cast<std::size_t>(sector_)]; }
    [[nodiscard]] double draw(sim::Key key, unsigned index) const
    {
        const sim::Key place = sim::make_key(key, platform_.key);
        return sim::Draw(barrier_.seed(), place, static_cast<std::uint16_t>(Purpose::platform_matching),
                         static_cast<std::uint32_t>(barrier_.window()))
            .uniform(index);
    }

    World& w_;
    Barrier& barrier_;
    Platform& platform_;
    std::uint16_t number_;
    int sector_;
    std::span<Offer> offers_;
    std::size_t first_ = 0; // offers before it are used up
    std::int64_t left_ = 0; // that the platform finds a partner for today
};

/// Things of a sorted list that lie on one platform and in one sector.
template <class T>
std::span<T> of_meeting(std::vector<T>& sorted, std::uint16_t platform, int sector)
{
    const auto place = [](const T& x) { return std::pair(x.platform, static_cast<int>(x.sector)); };
    const std::pair wanted(platform, sector);
    const auto from = std::partition_point(sorted.begin(), sorted.end(), [&](const T& x) { return place(x) < wanted; });
    const auto to = std::partition_point(from, sorted.end(), [&](const T& x) { return place(x) == wanted; });
    return {from, to};
}

/// What single customers want made to their wish and have not got today, at the sector's price.
void add_individuals(const World& w, std::vector<Request>& requests)
{
    for (const Platform& p : w.platforms.all) {
        if (!p.is_open || p.kind != PlatformKind::manufacturing_service) continue;
        for (int s = 0; s < w.S; ++s) {
            const auto at = static_cast<std::size_t>(s);
            if (p.in_sector[at] == 0 || w.platforms.individual_asked[at] < least_job) continue;
            requests.push_back({p.key, sim::no_agent, static_cast<float>(w.sector[at].price),
                                w.platforms.individual_asked[at], w.platforms.number(p), static_cast<std::uint8_t>(s),
                                0, 0, JobKind::individual});
        }
    }
}

} // namespace

void match_requests(World& w, Barrier& barrier)
{
    auto& platforms = w.platforms;
    std::vector<Request> requests = platforms.requests.take();
    add_individuals(w, requests);
    std::sort(requests.begin(), requests.end(), is_served_first);
    for (std::size_t i = 0; i < requests.size();) {
        const std::uint16_t number = requests[i].platform;
        const int sector = requests[i].sector;
        auto asked = of_meeting(requests, number, sector);
        i += asked.size();
        Meeting meeting(w, barrier, number, sector, of_meeting(platforms.offers, number, sector));
        if (platforms.all[number].kind == PlatformKind::design)
            meeting.designs(asked);
        else
            meeting.goods(asked);
    }
}

} // namespace fabrica
