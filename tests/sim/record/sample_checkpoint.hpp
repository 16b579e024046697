#pragma once

#include "sim/record/checkpoint_file.hpp"

/// A small checkpoint; each byte follows from the state's number and its place.
namespace sample {

inline const sim::record::ForEach one_by_one = [](int tasks, const std::function<void(int, int)>& body) {
    for (int task = 0; task < tasks; ++task) body(task, 0);
};

inline sim::record::CheckpointHead head(int state)
{
    sim::record::CheckpointHead head;
    head.program = "toy", head.model_version = "m1", head.layout = "l1", head.state_hash = std::to_string(state);
    head.next_day = "2016-02-01", head.open_from = "2016-02-02";
    head.scenario_name = "white.toml", head.scenario_text = "[run]\nname = \"white\"\n",
    head.scenario_root = "/somewhere";
    head.files = {{"data/a b.csv", std::string(64, 'a')}, {"fabrica:base.toml", std::string(64, 'b')}};
    head.result = "white.h5", head.panel = "", head.every = 6;
    return head;
}

constexpr int pieces = 6;

inline std::vector<std::byte> bytes_of(int state, int piece)
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(piece == 2 ? 0 : 3000 * piece + 17));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(i * 7 + i / 256 + piece + 31 * state);
    return bytes;
}

inline void write_checkpoint(const std::string& path, int state)
{
    sim::record::CheckpointWriter file(path, one_by_one);
    for (int p = 0; p < pieces; ++p) file.put("piece_" + std::to_string(p), bytes_of(state, p));
    file.commit(head(state));
}

/// Number of the state that a checkpoint holds, all of it; throws what its reader throws.
inline int read_checkpoint(const std::string& path)
{
    sim::record::CheckpointReader file(path, one_by_one);
    const int state = std::stoi(file.head().state_hash);
    for (int p = 0; p < pieces; ++p)
        if (file.get("piece_" + std::to_string(p)) != bytes_of(state, p)) return -1;
    return state;
}

} // namespace sample
