#pragma once

#include <string>
#include <string_view>

namespace sim::scenario {

/// SHA-256 of a byte string as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

} // namespace sim::scenario
