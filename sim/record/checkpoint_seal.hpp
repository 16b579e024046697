#pragma once

// Private to checkpoint_*.cpp.
#include "sim/record/checkpoint_bytes.hpp"

#include <string>
#include <vector>

namespace sim::record {

/// A seal behind the HDF5 part of a file: where the large pieces lie, and the SHA-256 of everything else. The pieces have digests of their
/// own; the rest is the library's, which may crash on a structure that is damaged, and so it is checked before the library opens the file.
///
/// Text at the end of the file: a line "at size" for each piece, then the length of these lines in 16 digits and the digest in 64.

/// Appends the seal to an open file. Throws IoError.
void append_seal(int file, const std::string& path, std::vector<Span> pieces);

/// What is wrong with a file and its seal, "" for nothing. Throws IoError when the file cannot be read.
std::string broken_seal(const std::string& path);

} // namespace sim::record
