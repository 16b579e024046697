// Exact units of the model: money in fen, goods in thousandths of a unit.
#pragma once

#include <compare>
#include <cstdint>

namespace fabrica {

/// Products of two amounts need more than 64 bits.
__extension__ typedef __int128 Wide;

/// Money in fen (0.01 yuan), exact.
struct Money {
    std::int64_t fen = 0;
    constexpr Money& operator+=(Money m) { return fen += m.fen, *this; }
    constexpr Money& operator-=(Money m) { return fen -= m.fen, *this; }
    constexpr auto operator<=>(const Money&) const = default;
};
constexpr Money operator+(Money a, Money b) { return {a.fen + b.fen}; }
constexpr Money operator-(Money a, Money b) { return {a.fen - b.fen}; }
constexpr Money operator-(Money a) { return {-a.fen}; }
constexpr Money yuan(std::int64_t n) { return {100 * n}; }
constexpr double in_yuan(Money m) { return static_cast<double>(m.fen) * 0.01; }

/// Goods of one sector in thousandths of a unit; one unit is what one yuan bought in the base year.
struct Goods {
    std::int64_t milli = 0;
    constexpr Goods& operator+=(Goods g) { return milli += g.milli, *this; }
    constexpr Goods& operator-=(Goods g) { return milli -= g.milli, *this; }
    constexpr auto operator<=>(const Goods&) const = default;
};
constexpr Goods operator+(Goods a, Goods b) { return {a.milli + b.milli}; }
constexpr Goods operator-(Goods a, Goods b) { return {a.milli - b.milli}; }
constexpr Goods operator-(Goods a) { return {-a.milli}; }

/// The nearest integer, halves away from zero: std::llround without the call.
inline std::int64_t nearest(double x)
{
    const auto whole = static_cast<std::int64_t>(x);
    const double rest = x - static_cast<double>(whole); // exact
    return whole + static_cast<std::int64_t>(rest >= 0.5) - static_cast<std::int64_t>(rest <= -0.5);
}

/// The one place where a quantity and a price become money: rounded once, half away from zero.
/// @param price yuan per unit
inline Money amount(Goods quantity, double price)
{
    return {nearest(static_cast<double>(quantity.milli) * price * 0.1)};
}

/// Real numbers become exact ones here, rounded half away from zero.
inline Money rounded_fen(double fen) { return {nearest(fen)}; }
inline Goods rounded_goods(double milli) { return {nearest(milli)}; }

/// whole x part / all, rounded towards 0; part / all at most 1 in size. 64 bits nearly always hold the product, and divide several times faster.
inline std::int64_t pro_rata(std::int64_t whole, std::int64_t part, std::int64_t all)
{
    std::int64_t product = 0;
    if (!__builtin_mul_overflow(whole, part, &product)) return product / all;
    return static_cast<std::int64_t>(static_cast<Wide>(whole) * part / all);
}

/// The part of a stock's historic cost that leaves with `taken` of it: pro rata, all of it with the last unit, nothing with nothing.
inline Money cost_share(Money cost, Goods taken, Goods stock)
{
    if (taken.milli >= stock.milli) return cost;
    if (taken.milli <= 0) return {};
    return {pro_rata(cost.fen, taken.milli, stock.milli)};
}

} // namespace fabrica
