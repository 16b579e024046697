#include "sim/base/sha256.hpp"

#include <algorithm>
#include <bit>

#include <cpuid.h>
#include <immintrin.h>

namespace sim {
namespace {

constexpr std::array<std::uint32_t, 64> constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t word(const std::byte* p)
{
    std::uint32_t w = 0;
    for (int i = 0; i < 4; ++i) w = w << 8 | std::to_integer<std::uint32_t>(p[i]);
    return w;
}

bool has_instructions()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b >> 29 & 1) != 0;
}

/// The same with the processor's own instructions, several times as fast. They keep the state as ABEF and CDGH.
__attribute__((target("sha,sse4.1"))) void hash_blocks(std::array<std::uint32_t, 8>& state, const std::byte* p,
                                                       std::size_t n)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203); // reverses the bytes of a word
    auto word = [&](std::size_t i) { return static_cast<int>(state[i]); };
    __m128i abef = _mm_set_epi32(word(0), word(1), word(4), word(5));
    __m128i cdgh = _mm_set_epi32(word(2), word(3), word(6), word(7));
    for (; n > 0; --n, p += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4]; // the last sixteen words of the schedule, a ring
        for (int i = 0; i < 16; ++i) {
            __m128i& now = w[i % 4];
            if (i < 4) {
                now = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p) + i), swap);
            } else {
                const __m128i last = w[(i + 3) % 4], seventh = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
                now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, w[(i + 1) % 4]), seventh), last);
            }
            const __m128i sum =
                _mm_add_epi32(now, _mm_loadu_si128(reinterpret_cast<const __m128i*>(constants.data()) + i));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
        }
        abef = _mm_add_epi32(abef, abef_before), cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    alignas(16) std::array<std::uint32_t, 4> first, second; // FEBA, HGDC
    _mm_store_si128(reinterpret_cast<__m128i*>(first.data()), abef);
    _mm_store_si128(reinterpret_cast<__m128i*>(second.data()), cdgh);
    state = {first[3], first[2], second[3], second[2], first[1], first[0], second[1], second[0]};
}

} // namespace

void Sha256::blocks(const std::byte* p, std::size_t n)
{
    static const bool fast = has_instructions();
    if (fast) return hash_blocks(state_, p, n);
    for (; n > 0; --n, p += 64) block(p);
}

void Sha256::block(const std::byte* p)
{
    std::array<std::uint32_t, 64> w;
    for (int i = 0; i < 16; ++i) w[i] = word(p + 4 * i);
    for (int i = 16; i < 64; ++i) {
        const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (int i = 0; i < 64; ++i) {
        const std::uint32_t t1 =
            h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        const std::uint32_t t2 =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> sum{a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; ++i) state_[i] += sum[i];
}

void Sha256::update(std::span<const std::byte> bytes)
{
    std::size_t filled = length_ % 64;
    length_ += bytes.size();
    if (filled > 0) {
        const std::size_t n = std::min(64 - filled, bytes.size());
        std::copy_n(bytes.begin(), n, tail_.begin() + filled);
        bytes = bytes.subspan(n);
        if (filled + n < 64) return;
        blocks(tail_.data(), 1);
    }
    blocks(bytes.data(), bytes.size() / 64);
    bytes = bytes.subspan(bytes.size() / 64 * 64);
    std::copy(bytes.begin(), bytes.end(), tail_.begin());
}

std::string Sha256::hex() const
{
    Sha256 last = *this;
    const std::array<std::byte, 1> one{std::byte{0x80}}, zero{};
    last.update(one);
    while (last.length_ % 64 != 56) last.update(zero);
    std::array<std::byte, 8> bits;
    for (int i = 0; i < 8; ++i) bits[i] = static_cast<std::byte>(length_ * 8 >> (56 - 8 * i));
    last.update(bits);
    std::string text;
    for (std::uint32_t w : last.state_)
        for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[w >> shift & 15];
    return text;
}

} // namespace sim
