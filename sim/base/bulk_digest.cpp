#include "sim/base/bulk_digest.hpp"

#include "sim/base/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sim {
namespace {

/// For given words a bijection of the state, and for a given state one of the word.
std::uint64_t step(std::uint64_t state, const std::byte* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    // Odd factors. With one of them alone, a flipped high bit would reach the next word as a single bit, which another flip there undoes.
    return std::rotl(state + word * 0xD6E8FEB86659FD93u, 29) * 0x9E3779B97F4A7C15u;
}

} // namespace

// Lanes by name, so that they stay in registers.
void BulkDigest::rounds(const std::byte* at, std::size_t n)
{
    auto [a, b, c, d, e, f, g, h] = state_;
    for (; n > 0; --n, at += stride) {
        a = step(a, at), b = step(b, at + 8), c = step(c, at + 16), d = step(d, at + 24);
        e = step(e, at + 32), f = step(f, at + 40), g = step(g, at + 48), h = step(h, at + 56);
    }
    state_ = {a, b, c, d, e, f, g, h};
}

void BulkDigest::update(std::span<const std::byte> bytes)
{
    const std::size_t filled = length_ % stride;
    length_ += bytes.size();
    if (filled > 0) {
        const std::size_t n = std::min(stride - filled, bytes.size());
        std::copy_n(bytes.begin(), n, tail_.begin() + filled);
        bytes = bytes.subspan(n);
        if (filled + n < stride) return;
        rounds(tail_.data(), 1);
    }
    const std::size_t whole = bytes.size() / stride;
    rounds(bytes.data(), whole);
    bytes = bytes.subspan(whole * stride);
    std::copy(bytes.begin(), bytes.end(), tail_.begin());
}

std::string BulkDigest::hex() const
{
    BulkDigest last = *this;
    std::fill(last.tail_.begin() + length_ % stride, last.tail_.end(), std::byte{0});
    last.rounds(last.tail_.data(), 1);
    Sha256 digest;
    digest.update(std::as_bytes(std::span(last.state_)));
    digest.update(std::as_bytes(std::span(&length_, 1)));
    return digest.hex();
}

} // namespace sim
