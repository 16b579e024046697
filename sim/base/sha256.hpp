#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sim {

/// SHA-256 (FIPS 180-4) of a stream of bytes.
class Sha256 {
public:
    void update(std::span<const std::byte> bytes);
    void update(const std::string& text) { update(std::as_bytes(std::span(text.data(), text.size()))); }

    /// 64 lower-case hexadecimal digits of everything seen so far; the stream may go on.
    std::string hex() const;

private:
    void blocks(const std::byte* p, std::size_t n); // of 64 bytes each
    void block(const std::byte* p);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> tail_{};
    std::uint64_t length_ = 0;
};

/// SHA-256 of a text.
[[nodiscard]] inline std::string sha256(std::string_view text)
{
    Sha256 digest;
    digest.update(std::as_bytes(std::span(text.data(), text.size())));
    return digest.hex();
}

} // namespace sim
