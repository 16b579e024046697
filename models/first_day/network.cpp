#include "models/first_day/network.hpp"

#include "sim/base/random.hpp"

#include <algorithm>

namespace fabrica {
namespace {

/// Weights in a tree of partial sums: draw in proportion and change one in logarithmic time. Integers, so that no error accumulates.
class WeightTree {
public:
    explicit WeightTree(const std::vector<std::int64_t>& weights) : sums_(weights.size() + 1)
    {
        for (std::size_t i = 0; i < weights.size(); ++i) add(i, weights[i]);
        while ((top_ << 1) < sums_.size()) top_ <<= 1;
    }
    void add(std::size_t at, std::int64_t x)
    {
        total_ += x;
        for (std::size_t i = at + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += x;
    }
    [[nodiscard]] std::int64_t total() const { return total_; }
    /// Index whose interval holds `point`, in [0, total).
    [[nodiscard]] std::size_t find(std::int64_t point) const
    {
        std::size_t at = 0;
        for (std::size_t step = top_; step > 0; step >>= 1)
            if (at + step < sums_.size() && sums_[at + step] <= point) at += step, point -= sums_[at];
        return at;
    }

private:
    std::vector<std::int64_t> sums_;
    std::size_t top_ = 1;
    std::int64_t total_ = 0;
};

/// One buyer's slot for a product.
struct Need {
    double amount;
    std::uint32_t firm;
    int slot;
};

/// Matching of one product.
class ProductMarket {
public:
    ProductMarket(const World& world, const std::vector<FirmPlan>& firms, const std::vector<std::size_t>& sellers,
                  int product)
        : world_(world), firms_(firms), sellers_(sellers), product_(product)
    {
    }

    void operator()(std::vector<Need>& needs, Network& net) const
    {
        double wanted = 0, sold = 0;
        for (const auto& need : needs) wanted += need.amount;
        for (const auto i : sellers_) sold += firms_[i].output;
        // A tenth of every seller's output always goes to the market; quotas are in proportion to output.
        const double quota_share = std::min(0.9, wanted / sold);
        std::vector<std::int64_t> quotas;
        for (const auto i : sellers_) quotas.push_back(static_cast<std::int64_t>(firms_[i].output * quota_share));
        WeightTree left(quotas);
        std::sort(needs.begin(), needs.end(), [&](const Need& a, const Need& b) {
            return a.amount != b.amount ? a.amount > b.amount : a.firm < b.firm;
        });
        for (const auto& need : needs) serve(need, quotas, left, net);
    }

private:
    void serve(const Need& need, std::vector<std::int64_t>& quotas, WeightTree& left, Network& net) const
    {
        const FirmPlan& buyer = firms_[need.firm];
        const int wanted = buyer.real_employees < 20 ? 2 : buyer.real_employees < 300 ? 3 : 4;
        SlotLinks& links = net.links[net.offset[need.firm] + static_cast<std::size_t>(need.slot)];
        const sim::Draw draw(static_cast<std::uint32_t>(world_.config.run.seed), sim::make_key(buyer.key, need.slot),
                             static_cast<std::uint16_t>(Purpose::suppliers), 0);
        double open = need.amount;
        for (int tries = 0; tries < 2 * wanted && links.count < wanted && left.total() > 0 && open >= 1; ++tries) {
            const auto at = left.find(static_cast<std::int64_t>(draw.uniform(static_cast<unsigned>(tries)) *
                                                                static_cast<double>(left.total())));
            const std::size_t seller = sellers_[at];
            if (seller == need.firm || is_linked(links, seller) || quotas[at] <= 0) continue;
            const double room = std::min(static_cast<double>(quotas[at]),
                                         world_.config.suppliers.link_capacity_share * firms_[seller].output /
                                             world_.first_utilisation[static_cast<std::size_t>(product_)]);
            const bool is_last = links.count + 1 == wanted;
            const double taken = std::min(room, is_last ? open : 0.6 * open);
            if (taken < 1) continue;
            links.supplier[static_cast<std::size_t>(links.count)] = static_cast<std::uint32_t>(seller);
            links.part[static_cast<std::size_t>(links.count++)] = static_cast<float>(taken / need.amount);
            const auto whole = static_cast<std::int64_t>(taken);
            quotas[at] -= whole, left.add(at, -whole);
            open -= taken;
            net.direct[seller] += taken;
        }
    }

    static bool is_linked(const SlotLinks& links, std::size_t seller)
    {
        return std::find(links.supplier.begin(), links.supplier.begin() + links.count, seller) !=
               links.supplier.begin() + links.count;
    }

    const World& world_;
    const std::vector<FirmPlan>& firms_;
    const std::vector<std::size_t>& sellers_;
    int product_;
};

} // namespace

Network make_network(const World& world, const std::vector<FirmPlan>& firms, Engine& engine)
{
    Network net;
    net.direct.assign(firms.size(), 0);
    std::vector<std::vector<Need>> needs(static_cast<std::size_t>(world.S));
    std::vector<std::vector<std::size_t>> sellers(static_cast<std::size_t>(world.S));
    std::size_t slots = 0;
    for (std::size_t i = 0; i < firms.size(); ++i) {
        const auto s = static_cast<std::size_t>(firms[i].sector);
        net.offset.push_back(slots);
        sellers[s].push_back(i);
        const auto& tech = world.technology[s];
        for (std::size_t j = 0; j < tech.slots.size(); ++j)
            needs[static_cast<std::size_t>(tech.slots[j].product)].push_back(
                {firms[i].output * world.sector[s].alpha[j], static_cast<std::uint32_t>(i), static_cast<int>(j)});
        slots += tech.slots.size();
    }
    net.links.resize(slots);
    // A product's matching writes its own slots and the direct sales of its own sector only.
    engine.for_each(world.S, [&](int p, int) {
        const auto at = static_cast<std::size_t>(p);
        auto mine = std::exchange(needs[at], {});
        if (!sellers[at].empty()) ProductMarket(world, firms, sellers[at], p)(mine, net);
    });
    return net;
}

} // namespace fabrica
