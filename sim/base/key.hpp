#pragma once

#include <cstdint>
#include <type_traits>

namespace sim {

/// Stable identity of an agent over futures, scales, block sizes and machines. Keys every draw and hash.
using Key = std::uint64_t;
/// Dense identity, given in order of creation and never reused. Routes messages and breaks ties.
using AgentId = std::uint32_t;
/// Simulated time in ticks since the start of the run.
using Tick = std::int64_t;
/// Number of a window (the model's smallest message lead, e.g. one day), 0 is the first.
using Window = std::int32_t;

/// Source of what an institution sends, and "nobody" where no agent is meant.
inline constexpr AgentId no_agent = 0xFFFFFFFFu;

/// Bijective 64-bit mix: every input bit moves about half of the output bits.
constexpr std::uint64_t mix64(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/// Mix `next` into `state`; the order of calls matters.
[[gnu::always_inline]] constexpr std::uint64_t mix_into(std::uint64_t state, std::uint64_t next)
{
    return mix64((state + 0x9E3779B97F4A7C15u) * 0xD1342543DE82EF95u ^ mix64(next + 0x9E3779B97F4A7C15u));
}

/// Key made of integers and enumerators, for example make_key(sector, region, ownership, ordinal).
/// The order and the number of the parts matter.
template <class... Ts>
constexpr Key make_key(Ts... parts)
{
    static_assert(((std::is_integral_v<Ts> || std::is_enum_v<Ts>)&&...), "a key is made of integers and enumerators");
    std::uint64_t state = sizeof...(parts);
    ((state = mix_into(state, static_cast<std::uint64_t>(parts))), ...);
    return state;
}

} // namespace sim
