#pragma once

// Private to ensemble*.cpp: the structure of an ensemble file.
#include <string>
#include <vector>

#include "sim/base/sha256.hpp"
#include "sim/record/result_file.hpp"
#include "sim/sweep/plan.hpp"

namespace sim::sweep {

/// An output of all runs: where it comes from, and the part of it that waits to be written.
struct EnsembleOutput {
    record::h5::Variable variable; ///< of one run
    std::size_t row_bytes = 0;     ///< of one run
    std::uint64_t chunk_runs = 1;  ///< runs of one chunk
    std::vector<std::byte> buffer{};
    std::uint64_t written = 0; ///< runs
    Sha256 digest{};
};

/// Creates everything but the numbers of the outputs, which take their shape from the first run.
class EnsembleLayout {
public:
    EnsembleLayout(record::h5::File& file, const Plan& plan, const record::ResultFile& first);

    /// @param present  mask by row; empty for none
    std::vector<EnsembleOutput> create();
    /// Bytes of all outputs, before compression.
    static double bytes(const Plan& plan, const record::ResultFile& first);

    /// Digests of the outputs and of all attributes: the last thing written.
    static void seal(record::h5::File& file, const std::vector<EnsembleOutput>& outputs);

    /// A coordinate over runs.
    void texts(const std::string& name, const std::vector<std::string>& values, const std::string& long_name);
    void integers(const std::string& name, record::Kind kind, const std::vector<std::int64_t>& values,
                  const std::string& long_name);

private:
    void root();
    void axes();
    void times();
    void coordinates();
    void parameter(std::size_t axis, const std::string& name);
    void finish(const std::string& name, const std::string& digest, const std::string& long_name);
    EnsembleOutput output(const std::string& name);
    void copy_numbers(const std::string& name, const std::vector<std::string>& scales);
    void copy_attributes(const std::string& from, const std::string& to, const std::string& coordinates);

    record::h5::File& file_;
    const Plan& plan_;
    const record::ResultFile& first_;
    std::string parameters_; // names of the coordinates, for CF
};

} // namespace sim::sweep
