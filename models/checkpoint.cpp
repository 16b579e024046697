#include "models/checkpoint.hpp"

#include <fmt/format.h>

namespace fabrica {
namespace {

constexpr auto rows_piece = "record";
constexpr auto other_program = "continue with the program that wrote it, or run from the first day";

std::string hash_text(Engine& engine) { return fmt::format("{:016x}", engine.state_hash()); }

} // namespace

sim::record::ForEach on_threads_of(Engine& engine)
{
    return [&engine](int tasks, const std::function<void(int, int)>& body) { engine.for_each(tasks, body); };
}

sim::Date open_from(const World& world, sim::Window next) { return world.calendar.date(next + 1); }

void save_checkpoint(const std::string& path, sim::record::CheckpointHead head, Engine& engine, const World& world,
                     sim::record::Recorder& rows)
{
    head.layout = Engine::layout_digest();
    head.next_day = sim::to_string(world.calendar.date(engine.window()));
    head.open_from = sim::to_string(open_from(world, engine.window()));
    sim::record::CheckpointWriter file(path, on_threads_of(engine));
    sim::Archive recorded;
    rows.visit_state(recorded);
    file.put(rows_piece, recorded.take());
    engine.save(file);
    head.state_hash = hash_text(engine); // now, while the disk is busy
    file.commit(head);
}

SavedRows restore_state(sim::record::CheckpointReader& file, Engine& engine)
{
    using sim::record::CheckpointError;
    if (file.head().layout != Engine::layout_digest())
        throw CheckpointError(file.path(), "the firms in it are laid out in another way than in this program",
                              other_program);
    try {
        engine.restore(file);
    } catch (const sim::ArchiveError& error) {
        throw CheckpointError(file.path(), fmt::format("its state is not one of this scenario: {}", error.what()),
                              other_program);
    }
    if (const std::string hash = hash_text(engine); hash != file.head().state_hash)
        throw CheckpointError(
            file.path(),
            fmt::format("the state restored has the hash {}, and was saved with {}", hash, file.head().state_hash),
            other_program);
    return {file.path(), file.get(rows_piece)};
}

void restore_rows(const SavedRows& saved, sim::record::Recorder& rows)
{
    sim::Archive recorded(saved.bytes);
    try {
        rows.visit_state(recorded);
        recorded.end();
    } catch (const sim::ArchiveError& error) {
        throw sim::record::CheckpointError(
            saved.file, fmt::format("its rows are not those of this run: {}", error.what()), other_program);
    }
}

} // namespace fabrica
