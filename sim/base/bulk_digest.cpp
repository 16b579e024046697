#include "sim/base/bulk_digest.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

namespace sim {

void BulkDigest::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

BulkDigest::BulkDigest() : state_(XXH3_createState())
{
    if (state_ == nullptr || XXH3_128bits_reset(state_.get()) != XXH_OK) throw std::bad_alloc();
}

void BulkDigest::update(std::span<const std::byte> bytes)
{
    static_cast<void>(XXH3_128bits_update(state_.get(), bytes.data(), bytes.size())); // fails for a null state only
}

std::string BulkDigest::hex() const
{
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

} // namespace sim
