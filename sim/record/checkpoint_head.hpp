#pragma once

// Private to checkpoint_*.cpp.
#include "sim/record/checkpoint_file.hpp"

namespace sim::record {

inline constexpr std::int64_t checkpoint_format = 2; ///< of the file; another one is refused

// Names in the file.
inline constexpr auto format_name = "fabrica_checkpoint", content_name = "content_sha256", state_group = "/state",
                      digest_name = "bulk_digest";
inline std::string dataset(const std::string& piece) { return std::string(state_group) + "/" + piece; }

/// The head as attributes of the file. Texts only.
std::vector<Attribute> attributes_of(const CheckpointHead& head);
/// The reverse; attributes of other names are left alone.
CheckpointHead head_of(const std::vector<Attribute>& attributes);

/// SHA-256 over the head and the digests of all pieces.
std::string content_digest(const CheckpointHead& head, const std::vector<std::string>& digests);

} // namespace sim::record
