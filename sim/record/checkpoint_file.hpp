#pragma once

#include "sim/base/state_store.hpp"
#include "sim/record/checkpoint_seal.hpp"
#include "sim/record/h5_file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sim::record {

/// A file that cannot be continued from: what() reads "FILE: PROBLEM", help() says what to do. The CLI maps it to exit code 5.
class CheckpointError : public std::runtime_error {
public:
    CheckpointError(const std::string& file, const std::string& problem, std::string help)
        : std::runtime_error(file + ": " + problem), help_(std::move(help))
    {
    }
    [[nodiscard]] const std::string& help() const { return help_; }

private:
    std::string help_;
};

/// What a checkpoint says of itself beside the state.
struct CheckpointHead {
    std::string program{};       ///< its name
    std::string model_version{}; ///< digest of what determines results
    std::string layout{};        ///< digest of what a state consists of (Engine::layout_digest)
    std::string state_hash{};    ///< of the state saved
    std::string next_day{};      ///< "2016-02-01": the first day that is not simulated
    std::string
        open_from{}; ///< first day of which the state knows nothing yet: a scenario that differs from it on may take over
    std::string scenario_name{};                              ///< as it was given
    std::string scenario_text{};                              ///< resolved, every value
    std::string scenario_root{};                              ///< folder that the files it names were found from
    std::vector<std::pair<std::string, std::string>> files{}; ///< every file that was read, with its SHA-256
    std::string result{};                                     ///< file that the run was to write
    std::string panel{};                                      ///< option --panel of the run
    std::int64_t every = 0;                                   ///< option --checkpoint-every of the run [month], 0: none
};

/// Calls body(task, thread) for each task in [0, tasks), in any order and on any threads.
using ForEach = std::function<void(int tasks, const std::function<void(int task, int thread)>& body)>;

/// X.ckpt.h5 of X.h5, and the generation before it, X.ckpt.previous.h5.
std::string checkpoint_path(const std::string& result);
std::string previous_path(const std::string& checkpoint);
/// X.h5 of X.ckpt.h5 or X.ckpt.previous.h5; "" for another name.
std::string result_of_checkpoint(const std::string& checkpoint);

/// Removes what a killed writer of this checkpoint left beside it. Only for whoever holds the lock of the result.
void sweep_drafts(const std::string& checkpoint);

/// Writes a checkpoint: an HDF5 file with one dataset of plain bytes for each piece of the state, uncompressed, each with its digest.
///
/// It is written under another name (X.ckpt.h5.new). commit() reads it again, forces it to the disk, and only then renames it over
/// X.ckpt.h5, which becomes X.ckpt.previous.h5. So a kill or a full disk at any moment leaves the last good two. Disk space is reserved
/// before the library writes, because it cannot close a file for which there is none.
class CheckpointWriter final : public StateSink {
public:
    /// Throws IoError, as do the others.
    CheckpointWriter(std::string path, ForEach for_each);
    ~CheckpointWriter() override;
    CheckpointWriter(const CheckpointWriter&) = delete;
    CheckpointWriter& operator=(const CheckpointWriter&) = delete;

    void put(const std::string& name, std::span<const std::byte> bytes) override;
    /// Pieces put before are on their way to the disk already, so the head is asked for last.
    void commit(const CheckpointHead& head);

private:
    void reserve(std::uint64_t more);
    std::pair<std::size_t, Span> add_piece(const std::string& name, std::uint64_t size);
    void note_digest(std::size_t number, const std::string& digest);
    [[nodiscard]] std::string fresh() const;

    std::string path_;
    ForEach for_each_;
    class Draft;
    std::unique_ptr<Draft> draft_; // the same file, for what the library does not do; outlives file_
    std::optional<h5::File> file_;
    std::mutex mutex_;                 // of the file's structure: what follows, and the library
    std::vector<Span> spans_;          // where the pieces lie
    std::vector<std::string> digests_; // name and digest of each piece
    std::uint64_t size_ = 0;           // bytes of all pieces
};

/// Reads a checkpoint.
class CheckpointReader final : public StateSource {
public:
    /// Reads the head. Throws CheckpointError for what is no checkpoint, is cut off or damaged; IoError for a missing file.
    CheckpointReader(std::string path, ForEach for_each);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const CheckpointHead& head() const { return head_; }

    /// Throws CheckpointError when a piece is missing or has another digest than when it was written.
    void read(const std::string& name, std::vector<std::byte>& bytes) override;

    /// Reads everything, on all threads.
    void check() const;

private:
    struct Entry {
        std::string name, digest;
        Span span{};
    };

    void read_head();
    void read_list();
    [[nodiscard]] Span place_of(const h5::Variable& piece) const;
    [[noreturn]] void damaged(const std::string& what) const;

    std::string path_;
    ForEach for_each_;
    std::optional<h5::File> file_;     // its structure
    std::optional<Descriptor> direct_; // the same file, for the pieces: the library lets in one thread at a time
    CheckpointHead head_;
    std::vector<Entry> pieces_;
};

} // namespace sim::record
