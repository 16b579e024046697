// Checkpoints: what goes in comes out, the last two are kept, and nothing damaged is ever taken for one.
#include "sim/record/checkpoint_file.hpp"

#include "sample.hpp"
#include "sample_checkpoint.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

using namespace sim::record;
namespace fs = std::filesystem;

namespace {

std::string content(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return (std::ostringstream() << file.rdbuf()).str();
}

void put_content(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

TEST_CASE("a checkpoint gives back its head and every byte")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    sample::write_checkpoint(path, 3);
    CHECK(sample::read_checkpoint(path) == 3);
    const CheckpointHead head = CheckpointReader(path, sample::one_by_one).head(), expected = sample::head(3);
    CHECK(head.program == "toy");
    CHECK(head.model_version == "m1");
    CHECK(head.layout == "l1");
    CHECK(head.next_day == "2016-02-01");
    CHECK(head.open_from == "2016-02-02");
    CHECK(head.scenario_text == expected.scenario_text);
    CHECK(head.scenario_root == "/somewhere");
    CHECK(head.files == expected.files);
    CHECK(head.result == "white.h5");
    CHECK(head.panel.empty());
    CHECK(head.every == 6);
}

TEST_CASE("the last two are kept, and nothing else is left in the folder")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    sample::write_checkpoint(path, 1);
    CHECK(!fs::exists(previous_path(path)));
    for (const int state : {2, 3, 4}) {
        sample::write_checkpoint(path, state);
        CHECK(sample::read_checkpoint(path) == state);
        CHECK(sample::read_checkpoint(previous_path(path)) == state - 1);
    }
    CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 2);
}

TEST_CASE("what a killed writer left is swept away, the checkpoints stay")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    for (const int state : {1, 2}) sample::write_checkpoint(path, state);
    put_content(path + ".new", "half");
    put_content(previous_path(path) + ".new", "half");
    sweep_drafts(path);
    CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 2);
    CHECK(sample::read_checkpoint(path) == 2);
}

TEST_CASE("names of a result and of its checkpoints")
{
    CHECK(checkpoint_path("a/x.h5") == "a/x.ckpt.h5");
    CHECK(checkpoint_path("x") == "x.ckpt.h5");
    CHECK(previous_path("a/x.ckpt.h5") == "a/x.ckpt.previous.h5");
    CHECK(result_of_checkpoint("a/x.ckpt.h5") == "a/x.h5");
    CHECK(result_of_checkpoint("a/x.ckpt.previous.h5") == "a/x.h5");
    CHECK(result_of_checkpoint("a/x.h5").empty());
}

TEST_CASE("pieces may be put and read by several threads at once")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    constexpr int threads = 4, each = 25;
    const ForEach on_threads = [](int tasks, const std::function<void(int, int)>& body) {
        std::vector<std::thread> all;
        for (int t = 0; t < threads; ++t)
            all.emplace_back([&, t] {
                for (int task = t; task < tasks; task += threads) body(task, t);
            });
        for (std::thread& one : all) one.join();
    };
    const auto name = [](int piece) { return "piece_" + std::to_string(piece); };
    CheckpointWriter file(path, on_threads);
    on_threads(threads * each, [&](int piece, int) { file.put(name(piece), sample::bytes_of(1, piece)); });
    file.commit(sample::head(1));
    CheckpointReader again(path, on_threads);
    again.check();
    std::atomic<int> same = 0;
    on_threads(threads * each, [&](int p, int) { same += again.get(name(p)) == sample::bytes_of(1, p) ? 1 : 0; });
    CHECK(same == threads * each);
}

TEST_CASE("a checkpoint that is not committed leaves nothing")
{
    const Scratch dir;
    {
        CheckpointWriter file(dir.file("x.ckpt.h5"), sample::one_by_one);
        file.put("piece_0", sample::bytes_of(1, 0));
    }
    CHECK(fs::is_empty(dir.path()));
}

TEST_CASE("one flipped bit anywhere is refused")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    sample::write_checkpoint(path, 5);
    const std::string whole = content(path);
    REQUIRE(whole.size() < 200'000);
    int refused = 0, tried = 0;
    for (std::size_t at = 0; at < whole.size(); at += at < 4096 ? 1 : 37) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        put_content(path, flipped);
        ++tried;
        try {
            sample::read_checkpoint(path);
            INFO(at);
            CHECK(false);
        } catch (const CheckpointError&) {
            ++refused;
        }
    }
    CHECK(refused == tried);
}

TEST_CASE("a checkpoint that is cut off anywhere is refused with its name and what to do")
{
    const Scratch dir;
    const std::string path = dir.file("x.ckpt.h5");
    sample::write_checkpoint(path, 5);
    const std::string whole = content(path);
    for (std::size_t size = 0; size < whole.size(); size += size < 300 ? 1 : 997) {
        CAPTURE(size);
        put_content(path, whole.substr(0, size));
        try {
            sample::read_checkpoint(path);
            CHECK(false);
        } catch (const CheckpointError& error) {
            CHECK(std::string(error.what()).starts_with(path + ": "));
            CHECK(!error.help().empty());
        }
    }
}

TEST_CASE("what is no checkpoint is refused: other files, results, checkpoints with changed heads or lost pieces")
{
    const Scratch dir;
    const auto message = [&](const std::string& path) -> std::string {
        try {
            sample::read_checkpoint(path);
        } catch (const std::exception& error) {
            return error.what();
        }
        return "";
    };
    const std::string text = dir.file("text");
    put_content(text, "[run]\n");
    CHECK(message(text).find("not an HDF5 file") != std::string::npos);
    CHECK(message(sample::write(dir.file("x.h5"), 3)).find("is no checkpoint") != std::string::npos);
    CHECK_THROWS_AS(sample::read_checkpoint(dir.file("nothing")), sim::IoError);

    const std::string path = dir.file("x.ckpt.h5");
    sample::write_checkpoint(path, 5);
    std::string whole = content(path);
    const std::size_t at = whole.find("2016-02-01");
    REQUIRE(at != std::string::npos);
    put_content(path, whole.replace(at, 10, "2017-02-01"));
    CHECK(message(path).find("its structure is damaged") != std::string::npos);
    sample::write_checkpoint(path, 5);
    CheckpointReader file(path, sample::one_by_one);
    CHECK_THROWS_AS(file.get("piece_9"), CheckpointError);
}

TEST_CASE("a recorder that took the rows of another over publishes the same bytes")
{
    const Scratch dir;
    const auto add_month = [](Recorder& r, SeriesTable& yearly, Panel& panel, int m) {
        sample::month(r, m);
        panel.row(m, 0.5 * m);
        if (m % 12 != 11) return;
        yearly.set(0, std::vector<std::int64_t>{m, -m});
        yearly.advance((m + 1) * sample::days_per_month);
    };
    const auto record = [&](const std::string& path, int split) {
        sim::Archive rows;
        std::vector<std::byte> bytes;
        std::string published;
        for (const auto& [from, to] : {std::pair{0, split}, {split, 40}}) {
            // The first part of a run that is only to leave a checkpoint has no file.
            Recorder r(from == 0 && split % 2 == 1 ? "" : path, sample::axes(), sample::series(), "360_day",
                       "2015-01-01", sample::attributes());
            auto& yearly =
                r.add_table("yearly", {{.name = "tally", .unit = "1", .axes = {"shape"}, .kind = Kind::i64}});
            auto& panel = r.add_panel("panel", {{.name = "day"}, {.name = "x", .kind = Kind::f64}});
            if (from > 0) {
                sim::Archive in(bytes);
                r.visit_state(in);
                in.end();
            }
            for (int m = from; m < to; ++m) add_month(r, yearly, panel, m);
            if (to == 40) {
                published = r.finish();
                break;
            } else {
                r.visit_state(rows);
                bytes = rows.take();
            }
        }
        return content(published);
    };
    const std::string straight = record(dir.file("a.h5"), 40);
    for (const int split : {1, 7, 11, 12, 13, 24, 35, 39}) {
        CAPTURE(split);
        CHECK(record(dir.file("a.h5"), split) == straight);
    }
}

TEST_CASE("rows of other tables are refused")
{
    Recorder one("", sample::axes(), sample::series(), "360_day", "2015-01-01", {});
    sample::month(one, 0);
    sim::Archive rows;
    one.visit_state(rows);
    const auto bytes = rows.take();
    auto other = sample::series();
    other[1].name = "debt";
    Recorder two("", sample::axes(), other, "360_day", "2015-01-01", {});
    sim::Archive in(bytes);
    CHECK_THROWS_AS(two.visit_state(in), sim::ArchiveError);
    CHECK_THROWS_AS(two.finish(), std::logic_error);
}
