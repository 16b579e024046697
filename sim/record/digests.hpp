#pragma once

#include "sim/record/result_file.hpp"

#include <string>
#include <vector>

namespace sim::record {

/// Something in a result that does not have the SHA-256 stored with it.
struct Damage {
    std::string what; // path of a dataset, or "attributes"
    std::string stored, actual;
};

/// Reads every dataset that carries a digest, and the attributes; empty when all agree. A file that was interrupted by a kill has none.
std::vector<Damage> check_digests(const ResultFile& file);

/// SHA-256 of texts, each ended by a zero byte.
std::string digest_of(const std::vector<std::string>& texts);

/// SHA-256 over the names and values of all attributes of the file and its datasets, which are `variables`, except `attributes_sha256` itself.
std::string attributes_digest(const h5::File& file, const std::vector<h5::Variable>& variables);

} // namespace sim::record
