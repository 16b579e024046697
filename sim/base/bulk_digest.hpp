#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct XXH3_state_s;

namespace sim {

/// Digest of a large stream of bytes that shows accidents: flipped bits, lost or swapped parts. XXH3 of 128 bits (xxHash): ten times as fast
/// as SHA-256, and no defence against who wants to deceive.
class BulkDigest {
public:
    BulkDigest();

    void update(std::span<const std::byte> bytes);

    /// 32 lower-case hexadecimal digits of everything seen so far; the stream may go on.
    [[nodiscard]] std::string hex() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

} // namespace sim
