#include "models/first_day/network.hpp"

#include "sim/base/random.hpp"

#include <algorithm>

namespace fabrica {
namespace {

/// What the matching of a product knows of one of its sellers.
struct Seller {
    std::int64_t quota; // left
    double most;        // of one link
    double direct;      // sold over links
    std::size_t firm;
};

/// Weights in a tree of partial sums, eight to a cache line: draw in proportion and change one in logarithmic time. Integers, so that no
/// error accumulates.
class WeightTree {
public:
    explicit WeightTree(const LargeVector<Seller>& sellers)
    {
        for (std::size_t n = sellers.size(); levels_.empty() || n > 1;)
            levels_.emplace_back(n = (n + width - 1) / width);
        for (std::size_t i = 0; i < sellers.size(); ++i) add(i, sellers[i].quota);
    }
    void add(std::size_t at, std::int64_t x)
    {
        total_ += x;
        for (auto& level : levels_) {
            Node& node = level[at / width];
            const std::size_t child = at % width;
            for (std::size_t i = 0; i < width; ++i) node.upto[i] += i >= child ? x : 0;
            at /= width;
        }
    }
    [[nodiscard]] std::int64_t total() const { return total_; }
    /// Index whose interval holds `point`, in [0, total).
    [[nodiscard]] std::size_t find(std::int64_t point) const
    {
        std::size_t at = 0;
        for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
            const Node& node = (*level)[at];
            std::size_t child = 0;
            for (std::size_t i = 0; i + 1 < width; ++i) child += node.upto[i] <= point ? 1 : 0;
            if (child > 0) point -= node.upto[child - 1];
            at = at * width + child;
        }
        return at;
    }

private:
    static constexpr std::size_t width = 8;
    struct alignas(64) Node {
        std::array<std::int64_t, width> upto{}; // sums of the first 1, 2, ... children
    };

    std::vector<LargeVector<Node>> levels_; // the leaves first
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

    void operator()(LargeVector<Need>& needs, Network& net) const
    {
        double wanted = 0, sold = 0;
        for (const auto& need : needs) wanted += need.amount;
        for (const auto i : sellers_) sold += firms_[i].output;
        // A tenth of every seller's output always goes to the market; quotas are in proportion to output.
        const double quota_share = std::min(0.9, wanted / sold);
        LargeVector<Seller> sellers;
        sellers.reserve(sellers_.size());
        for (const auto i : sellers_) sellers.push_back(seller_of(i, quota_share));
        WeightTree left(sellers);
        std::sort(needs.begin(), needs.end(), [&](const Need& a, const Need& b) {
            return a.amount != b.amount ? a.amount > b.amount : a.firm < b.firm;
        });
        for (std::size_t i = 0; i < needs.size(); ++i) {
            fetch_ahead(needs, i, net);
            serve(needs[i], sellers, left, net);
        }
        for (const Seller& seller : sellers) net.direct[seller.firm] = seller.direct;
    }

private:
    [[nodiscard]] Seller seller_of(std::size_t firm, double quota_share) const
    {
        const double output = firms_[firm].output;
        const double most = world_.config.suppliers.link_capacity_share * output /
                            world_.first_utilisation[static_cast<std::size_t>(product_)];
        return {static_cast<std::int64_t>(output * quota_share), most, 0, firm};
    }

    /// Buyers in order of need lie anywhere in memory.
    [[gnu::always_inline]] void fetch_ahead(const LargeVector<Need>& needs, std::size_t i, const Network& net) const
    {
        constexpr std::size_t far = 16, near = 8;
        if (i + far >= needs.size()) return;
        __builtin_prefetch(&net.offset[needs[i + far].firm]);
        const Need& need = needs[i + near];
        __builtin_prefetch(&firms_[need.firm]);
        __builtin_prefetch(&net.links[net.offset[need.firm] + static_cast<std::size_t>(need.slot)], 1);
    }

    void serve(const Need& need, LargeVector<Seller>& sellers, WeightTree& left, Network& net) const
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
            Seller& seller = sellers[at];
            if (seller.firm == need.firm || is_linked(links, seller.firm) || seller.quota <= 0) continue;
            const double room = std::min(static_cast<double>(seller.quota), seller.most);
            const bool is_last = links.count + 1 == wanted;
            const double taken = std::min(room, is_last ? open : 0.6 * open);
            if (taken < 1) continue;
            links.supplier[static_cast<std::size_t>(links.count)] = static_cast<std::uint32_t>(seller.firm);
            links.part[static_cast<std::size_t>(links.count++)] = static_cast<float>(taken / need.amount);
            const auto whole = static_cast<std::int64_t>(taken);
            seller.quota -= whole, left.add(at, -whole);
            open -= taken;
            seller.direct += taken;
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

/// Empty lists of buyers by product, large enough.
std::vector<LargeVector<Need>> room_for_needs(const World& world, const std::vector<FirmPlan>& firms)
{
    std::vector<std::size_t> buyers(static_cast<std::size_t>(world.S));
    for (const FirmPlan& firm : firms)
        for (const auto& input : world.technology[static_cast<std::size_t>(firm.sector)].slots)
            ++buyers[static_cast<std::size_t>(input.product)];
    std::vector<LargeVector<Need>> needs(buyers.size());
    for (std::size_t p = 0; p < needs.size(); ++p) needs[p].reserve(buyers[p]);
    return needs;
}

} // namespace

Network make_network(const World& world, const std::vector<FirmPlan>& firms, Engine& engine)
{
    Network net;
    net.direct.assign(firms.size(), 0);
    net.offset.reserve(firms.size());
    std::vector<LargeVector<Need>> needs = room_for_needs(world, firms);
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
