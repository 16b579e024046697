// E17: who does research, what a discovery is worth, imitation, and what a firm calls research near a tax notch.
#pragma once

namespace fabrica {

/// Probability that a firm of a size does research: L^b / (L^b + L_half^b).
[[nodiscard]] double research_propensity(double employees, double half_size, double slope);

/// R&D stock after a month: what was there wears, what was spent is added. Fen at first-day prices.
/// @param depreciation per year [1]
[[nodiscard]] inline double research_stock_after(double stock, double spent, double depreciation)
{
    return stock * (1 - depreciation / 12) + spent;
}

/// Gain of ln productivity when a discovery brings the stock into use: elasticity x ln(stock / stock of the last discovery), at least 0.
[[nodiscard]] double discovery_gain(double stock, double applied, double elasticity);

/// Gain of ln productivity of a laggard in a year: speed x (1 + digital weight x digital) x gap to the frontier, at most the gap; 0 for
/// those at the frontier or beyond.
[[nodiscard]] double imitation_gain(double technical, double frontier, double speed, double digital_weight,
                                    double digital);

/// Most R&D of a firm's own will over its profit before R&D [1]. Assumed.
inline constexpr double most_of_profit = 0.5;

/// R&D share that a firm can pay out of what it earns: at most a part of the year's profit before R&D; nothing without profit.
/// @param profit, spent, revenue  of the year, spent on R&D; a firm without revenue keeps its share
[[nodiscard]] double affordable_research(double share, double profit, double spent, double revenue, double most);

/// R&D as a share of revenue: what is spent and what is reported.
struct ResearchShare {
    double spent, reported;
};

/// Answer to a notch: R&D of at least `threshold` of revenue earns a lower tax. A firm that can reach it by calling other cost R&D, at
/// most (1 + relabelling) x what it spends, reports just the threshold; one that cannot spends up to there when the extra costs less than
/// the tax it saves. Others, and all where there is no notch (threshold 0), report what they spend.
/// @param saving  tax saved, as a share of revenue
[[nodiscard]] ResearchShare answer_notch(double share, double threshold, double relabelling, double saving);

} // namespace fabrica
