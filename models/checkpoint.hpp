// A run on the disk: firms, messages, institutions and all rows recorded so far.
#pragma once

#include "models/manufacturing.hpp"
#include "sim/record/checkpoint_file.hpp"
#include "sim/record/recorder.hpp"

#include <string>

namespace fabrica {

/// First day of which the state between two days knows nothing: at a day's end institutions have set the next day's prices already. A
/// scenario that differs from this day on may take the state over.
[[nodiscard]] sim::Date open_from(const World& world, sim::Window next);

/// Writes a checkpoint between two days.
/// @param head  says what the run is; what is known of the state itself is filled in here
/// Throws sim::IoError; the last two checkpoints of the name stay.
void save_checkpoint(const std::string& path, sim::record::CheckpointHead head, Engine& engine, const World& world,
                     sim::record::Recorder& rows);

/// The rows of a checkpoint, on their way to a recorder.
struct SavedRows {
    std::string file; // they come from
    std::vector<std::byte> bytes;
};

/// Brings firms, messages and institutions back, into an engine without founders. Throws sim::record::CheckpointError.
SavedRows restore_state(sim::record::CheckpointReader& file, Engine& engine);
/// Brings the rows back, into a recorder with all its tables. Throws sim::record::CheckpointError.
void restore_rows(const SavedRows& saved, sim::record::Recorder& rows);

/// Calls tasks on the threads of an engine.
[[nodiscard]] sim::record::ForEach on_threads_of(Engine& engine);

} // namespace fabrica
