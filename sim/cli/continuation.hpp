#pragma once

#include <string>

#include "sim/cli/scenario_arguments.hpp"
#include "sim/record/checkpoint_file.hpp"

namespace sim::cli {

/// A checkpoint of this program, with its own scenario read again.
struct Continuation {
    std::string file;
    record::CheckpointHead head;
    Prepared past;
};

/// Reads the head of a checkpoint and its scenario. Refuses a checkpoint of another program or model, and one whose data files are not
/// there any more or have changed since.
/// @param root  folder that the data files lie in; "" for that of the run
/// Throws record::CheckpointError
Continuation read_checkpoint(const std::string& file, const std::string& root, const Application& application);

} // namespace sim::cli
