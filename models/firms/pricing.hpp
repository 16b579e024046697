// E5: prices from cost and the sector's price; markups that follow market share.
#pragma once

namespace fabrica {

struct World;

/// What a price is pulled to beside own cost, and how strongly and fast.
struct PriceRule {
    double sector_weight; // of the sector's price and the world's together (w)
    double world_part;    // of the world's price in that
    double speed;         // per review
};
/// Commodity sectors look at the world price as well as at their own, and adjust at a speed of their own.
[[nodiscard]] PriceRule price_rule(const World& world, int sector);

/// E5. Target price: ln p* = (1 - w) ln((1 + mu) uc) + w ln P.
/// @param sector_weight w [1], in [0, 1]
[[nodiscard]] double target_price(double unit_cost, double markup, double sector_price, double sector_weight);

/// Price moved towards its target in logs: ln p' = ln p + speed (ln p* - ln p); speed per review [1].
[[nodiscard]] double adjusted_price(double price, double target, double speed);

/// E5, markup. mu' = mu + |mu| (v dln f + s (1 - fill)) + reversion (mu0 - mu): a firm that cannot serve all its customers raises it, also one
/// that sells below cost.
/// @param share_growth dln f since the last change [1]     @param fill part of demand served [1], in [0, 1]
[[nodiscard]] inline double adjusted_markup(double markup, double normal, double drift, double share_growth,
                                            double scarcity, double fill, double reversion)
{
    const double pressure = drift * share_growth + scarcity * (1 - fill);
    return markup + (markup < 0 ? -markup : markup) * pressure + reversion * (normal - markup);
}

/// E5, dominance. What a firm adds to its normal markup when it holds more than a usual share s0 of its sector: 1 / (e(s) - 1) - 1 / (e(s0) - 1),
/// e(s) = (1 - s) elasticity within the sector + s elasticity of the sector, the less elastic the larger it is; 0 up to s0.
/// @param share, usual  s, s0 [1]     @param within, of_sector  both > 1, else 0     (Atkeson and Burstein 2008, prices set)
[[nodiscard]] double dominance_markup(double share, double usual, double within, double of_sector);

/// E6, market. What a share of the spot market moves towards, before normalisation: K exp(-beta ln(p / P) + q - w ln(2 - fill)).
[[nodiscard]] double attraction(double capacity, double relative_price, double elasticity, double appeal,
                                double fill_weight, double fill);

/// E6, luck with customers. Appeal after a year: moved by a shock, and by a tenth of the way back to normal.
[[nodiscard]] float appeal_after_year(float appeal, float normal, double shock);

/// E6, suppliers. Utility of a seller: -w1 ln(p / P) - w2 ln(1 + backlog / monthly capacity) - c need / K where need exceeds a fifth of K.
[[nodiscard]] double supplier_utility(double relative_price, double backlog_months, double need_over_capacity,
                                      double price_weight, double backlog_weight, double size_weight);

} // namespace fabrica
