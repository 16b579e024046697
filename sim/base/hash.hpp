#pragma once

#include "sim/base/key.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace sim {

/// Takes values apart into words of 64 bits, which go to `add_word` of the derived class in the order of the calls.
template <class Derived>
class Words {
public:
    void add_bytes(const void* data, std::size_t size);

    /// Numbers, enumerators, arrays, types with a `fields(T&, f)` member, plain types without padding, and aggregates of at most eight
    /// such members. Doubles count by their bits.
    template <class T>
    void add(const T& value);

    void add(std::string_view text) { add_bytes(text.data(), text.size()); }

private:
    void add_one(std::uint64_t word) { static_cast<Derived*>(this)->add_word(word); }
};

/// 64-bit running hash over values; the order of calls matters. Not cryptographic: it tells two states of a simulation apart.
class Hasher : public Words<Hasher> {
public:
    void add_word(std::uint64_t word) { state_ = mix_into(state_, word); }
    [[nodiscard]] std::uint64_t value() const { return mix64(state_); }

private:
    std::uint64_t state_ = 0x8F1BBCDCBFA53E0Bu;
};

namespace detail {

struct AnyMember {
    template <class T>
    operator T() const; // never defined: only asks "how many members does this aggregate have"
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>)
{
    return requires { T{((void)I, AnyMember{})...}; };
}

template <class T, std::size_t N = 8>
constexpr std::size_t member_count()
{
    if constexpr (N == 0)
        return 0;
    else if constexpr (takes<T>(std::make_index_sequence<N>{}))
        return N;
    else
        return member_count<T, N - 1>();
}

/// Calls f with each member of an aggregate of one to eight members.
template <class T, class F>
void each_member(const T& value, F&& f)
{
    constexpr std::size_t n = member_count<T>();
    static_assert(n > 0, "give this type a static fields(T&, f), or at most eight plain members");
    const auto all = [&f](const auto&... member) { (f(member), ...); };
    if constexpr (n == 1) {
        const auto& [a] = value;
        all(a);
    }
    if constexpr (n == 2) {
        const auto& [a, b] = value;
        all(a, b);
    }
    if constexpr (n == 3) {
        const auto& [a, b, c] = value;
        all(a, b, c);
    }
    if constexpr (n == 4) {
        const auto& [a, b, c, d] = value;
        all(a, b, c, d);
    }
    if constexpr (n == 5) {
        const auto& [a, b, c, d, e] = value;
        all(a, b, c, d, e);
    }
    if constexpr (n == 6) {
        const auto& [a, b, c, d, e, g] = value;
        all(a, b, c, d, e, g);
    }
    if constexpr (n == 7) {
        const auto& [a, b, c, d, e, g, h] = value;
        all(a, b, c, d, e, g, h);
    }
    if constexpr (n == 8) {
        const auto& [a, b, c, d, e, g, h, i] = value;
        all(a, b, c, d, e, g, h, i);
    }
}

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;

} // namespace detail

template <class Derived>
template <class T>
void Words<Derived>::add(const T& value)
{
    if constexpr (std::is_enum_v<T> || (std::is_integral_v<T> && sizeof(T) <= 8))
        add_one(static_cast<std::uint64_t>(value));
    else if constexpr (std::is_same_v<T, double>)
        add_one(std::bit_cast<std::uint64_t>(value));
    else if constexpr (std::is_same_v<T, float>)
        add_one(std::bit_cast<std::uint32_t>(value));
    else if constexpr (std::is_empty_v<T>)
        add_one(0);
    else if constexpr (std::has_unique_object_representations_v<T>)
        add_bytes(&value, sizeof value); // no padding: equal bytes are equal values
    else if constexpr (std::is_array_v<T> || detail::is_std_array<T>)
        for (const auto& element : value) add(element);
    else if constexpr (requires(T & t) { T::fields(t, [](const char*, auto&) {}); })
        T::fields(const_cast<T&>(value), [this](const char*, const auto& field) { add(field); });
    else
        detail::each_member(value, [&](const auto& member) { add(member); });
}

template <class Derived>
void Words<Derived>::add_bytes(const void* data, std::size_t size)
{
    const char* at = static_cast<const char*>(data);
    for (; size >= 8; size -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        add_one(word);
    }
    if (size == 0) return;
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    add_one(word ^ static_cast<std::uint64_t>(size) << 56);
}

} // namespace sim
