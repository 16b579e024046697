#include "sample.hpp"
#include "scratch.hpp"
#include "sim/record/compare.hpp"
#include "sim/record/digests.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

using namespace sim::record;
namespace fs = std::filesystem;

namespace {

std::string bytes(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return (std::ostringstream() << file.rdbuf()).str();
}

Recorder one_series(const std::string& path, Series series)
{
    return Recorder(path, sample::axes(), {std::move(series)}, "360_day", "2015-01-01", {});
}

std::string message(const std::function<void()>& f)
{
    try {
        f();
    } catch (const std::exception& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("every number handed in is read back as it was, beyond 2^53 too")
{
    const Scratch dir;
    const std::string path = sample::write(dir.file("x.h5"), 30);
    const ResultFile file(path);
    const RawValues items = file.raw(*file.find("/items")), worth = file.raw(*file.find("/worth"));
    const auto level = file.numbers(*file.find("/level")), use = file.numbers(*file.find("/use"));
    for (int m = 0; m < 30; ++m) {
        CHECK(level[m] == sample::level(m));
        for (int c = 0; c < 3; ++c) {
            CHECK(worth.text(3 * m + c) == std::to_string(sample::worth(m, c)));
            CHECK(use[3 * m + c] == static_cast<float>(sample::use(m, c)));
            for (int s = 0; s < 2; ++s) CHECK(items.text(6 * m + 2 * c + s) == std::to_string(sample::items(m, c, s)));
        }
    }
    CHECK(file.numbers(*file.find("/yearly/tally")) == std::vector<double>{11, -11, 23, -23});
    CHECK(file.raw(*file.find("/panel_events/agent")).text(4) == "9223372036854775810"); // 2^63 + 2
    CHECK(file.numbers(*file.find("/observed/time_bounds")) == std::vector<double>{-720, -360, 0, 360});
    CHECK(file.numbers(*file.find("/observed/time")) == std::vector<double>{-361, 359});
    CHECK(file.raw(*file.find("/observed/use_seen")).text(4) == "0.65000000000000002");
    CHECK(file.raw(*file.find("/observed/level_seen")).text(0) == "nan");
    CHECK(file.text_attribute("/observed/use_seen", "source") == "2013: a survey; 2015: another");
    CHECK(file.texts(*file.find("/colour_title")) == std::vector<std::string>{"Red", "Grün", "蓝"});
    CHECK(check_digests(file).empty());
}

TEST_CASE("a period's time is its last day, between its bounds")
{
    const Scratch dir;
    const ResultFile file(sample::write(dir.file("x.h5"), 2));
    CHECK(file.numbers(*file.find("/time")) == std::vector<double>{29, 59});
    CHECK(file.numbers(*file.find("/time_bounds")) == std::vector<double>{0, 30, 30, 60});
    CHECK(file.when(*file.find("/items"), 1) == "2015-02-30");
    CHECK(date_text("days since 2015-01-01 00:00:00", "proleptic_gregorian", 424) == "2016-02-29"); // 365 + 31 + 28
}

TEST_CASE("two runs give the same bytes")
{
    const Scratch dir;
    const std::string a = sample::write(dir.file("a.h5"), 30), b = sample::write(dir.file("b.h5"), 30);
    CHECK(bytes(a) == bytes(b));
    CHECK(bytes(a).size() > 10'000);
}

TEST_CASE("a complete run leaves X.h5 alone, any other leaves all its rows in X.h5.partial")
{
    const Scratch dir;
    CHECK(sample::write(dir.file("a.h5"), 30) == dir.file("a.h5"));
    CHECK(!fs::exists(dir.file("a.h5.partial")));
    CHECK(sample::write(dir.file("b.h5"), 30, Status::interrupted) == dir.file("b.h5.partial"));
    CHECK(!fs::exists(dir.file("b.h5")));
    const ResultFile file(dir.file("b.h5.partial"));
    CHECK(file.find("/items")->shape[0] == 30);
    CHECK(file.text_attribute("/", "status") == "interrupted");
    CHECK(file.text_attribute("/", "status_reason") == "asked to stop");
    CHECK(check_digests(file).empty());
}

TEST_CASE("a run abandoned without finish keeps its finished chunks")
{
    const Scratch dir;
    {
        Recorder r(dir.file("x.h5"), sample::axes(), sample::series(), "360_day", "2015-01-01", {});
        for (int m = 0; m < 30; ++m) sample::month(r, m);
    }
    const ResultFile file(dir.file("x.h5.partial"));
    CHECK(file.find("/items")->shape[0] == 24); // two chunks of 12
    CHECK(file.text_attribute("/", "status") == "running");
    CHECK(!fs::exists(dir.file("x.h5")));
}

TEST_CASE("results without a period and with a single one are whole files")
{
    const Scratch dir;
    for (int months : {0, 1}) {
        const ResultFile file(sample::write(dir.file("x.h5"), months));
        CHECK(file.find("/items")->shape[0] == static_cast<unsigned>(months));
        CHECK(check_digests(file).empty());
    }
}

TEST_CASE("long panels and wide series are cut into chunks and come back whole")
{
    const Scratch dir;
    std::vector<std::string> labels;
    for (int i = 0; i < 3000; ++i) labels.push_back("cell" + std::to_string(i));
    Recorder r(dir.file("x.h5"), {{.name = "cell", .labels = labels}},
               {{.name = "x", .unit = "1", .axes = {"cell"}, .kind = Kind::i64}}, "360_day", "2015-01-01", {});
    Panel& panel = r.add_panel("panel", {{.name = "n", .kind = Kind::i64}, {.name = "half", .kind = Kind::f32}});
    std::vector<std::int64_t> row(3000);
    for (int m = 0; m < 40; ++m) {
        for (int i = 0; i < 3000; ++i) row[i] = 3000 * m + i;
        r.set(0, row);
        r.advance(m + 1);
        for (int i = 0; i < 5000; ++i) panel.row(5000 * m + i, 0.5 * i);
    }
    const ResultFile file(r.finish());
    const auto x = file.numbers(*file.find("/x")), n = file.numbers(*file.find("/panel/n"));
    REQUIRE(x.size() == 120'000);
    REQUIRE(n.size() == 200'000);
    bool same = true;
    for (std::size_t i = 0; i < x.size(); ++i) same &= x[i] == static_cast<double>(i);
    for (std::size_t i = 0; i < n.size(); ++i) same &= n[i] == static_cast<double>(i);
    CHECK(same);
}

TEST_CASE("a series that was not set is missing when real and an error when integer")
{
    const Scratch dir;
    Recorder real = one_series(dir.file("a.h5"), {.name = "x", .unit = "1"});
    real.advance(30);
    const ResultFile file(real.finish());
    CHECK(std::isnan(file.numbers(*file.find("/x"))[0]));
    Recorder whole = one_series(dir.file("b.h5"), {.name = "x", .unit = "1", .kind = Kind::i64});
    CHECK(message([&] { whole.advance(30); }) == "/x was not set in row 0");
}

TEST_CASE("wrong use names the series and what is wrong")
{
    const Scratch dir;
    Recorder r = one_series(dir.file("x.h5"), {.name = "x", .unit = "1", .axes = {"shape"}, .kind = Kind::i64});
    CHECK(message([&] { r.set(0, std::vector<std::int64_t>{1}); }) == "/x takes 2 numbers per row, not 1");
    CHECK(message([&] { r.set(0, std::vector<double>{1, 2}); }) == "/x takes integers, not reals");
    CHECK(message([&] { r.index("y"); }) == "no series is called y");
    r.set(0, std::vector<std::int64_t>{1, 2});
    r.advance(30);
    CHECK(message([&] { r.advance(30); }).find("not after day 30") != std::string::npos);
    CHECK(message([&] { r.add_panel("late", {}); }).find("after the first row") != std::string::npos);
    const auto refused = [](Series s) { return message([&] { check_layout(sample::axes(), {s}); }); };
    CHECK(refused({.name = "x", .unit = "days"}).find("\"day\"") != std::string::npos);
    CHECK(refused({.name = "a b", .unit = "1"}) == "\"a b\" is not a name of letters, digits and _");
    CHECK(refused({.name = "time", .unit = "1"}) == "the name time is used twice or reserved");
    CHECK(refused({.name = "x", .unit = "1", .axes = {"size"}}) == "series x has the unknown axis size");
    CHECK(refused({.name = "x", .unit = "1", .axes = {"colour", "colour"}}) == "series x has an axis twice");
}

TEST_CASE("a missing directory, a directory in the way and a second writer show before the run")
{
    const Scratch dir;
    const auto start = [&](const std::string& name) {
        return message([&] { one_series(dir.file(name), {.name = "x", .unit = "1"}); });
    };
    CHECK(start("none/x.h5").find("none does not exist") != std::string::npos);
    fs::create_directory(dir.file("x.h5"));
    CHECK(start("x.h5").find("it is a directory") != std::string::npos);
    const Recorder first = one_series(dir.file("y.h5"), {.name = "x", .unit = "1"});
    CHECK(start("y.h5").find("another run is writing it") != std::string::npos);
}

TEST_CASE("a flipped bit never changes a number or an attribute unnoticed")
{
    enum Verdict { refused = 10, same, silently_other };
    const Scratch dir;
    const std::string whole = bytes(sample::write(dir.file("x.h5"), 30)), damaged = dir.file("damaged.h5");
    const auto judge = [&] {
        try {
            if (!check_digests(ResultFile(damaged)).empty()) return refused;
            return first_difference(dir.file("x.h5"), damaged) ? silently_other : same;
        } catch (const sim::IoError&) {
            return refused;
        }
    };
    std::uint64_t place = 12345;
    int noticed = 0, crashed = 0;
    for (int flip = 0; flip < 100; ++flip) {
        place = place * 6364136223846793005u + 1442695040888963407u;
        std::string copy = whole;
        copy[(place >> 20) % copy.size()] ^= static_cast<char>(1 << (place >> 61));
        std::ofstream(damaged, std::ios::binary) << copy;
        const pid_t child = fork(); // the library may crash on what is damaged
        if (child == 0) {
            std::signal(SIGSEGV, SIG_DFL);
            _exit(judge());
        }
        int status = 0;
        waitpid(child, &status, 0);
        INFO("byte " << (place >> 20) % copy.size());
        CHECK((WIFSIGNALED(status) || WEXITSTATUS(status) != silently_other));
        crashed += WIFSIGNALED(status);
        noticed += WIFSIGNALED(status) || WEXITSTATUS(status) == refused;
    }
    CHECK(noticed > 50); // most of the file is values and the scenario
    CHECK(crashed < 5);
}

TEST_CASE("a file that is not a result is refused")
{
    const Scratch dir;
    std::ofstream(dir.file("x.h5")) << "text";
    CHECK(message([&] { ResultFile(dir.file("x.h5")); }) ==
          dir.file("x.h5") + ": cannot open the file: not an HDF5 file");
    CHECK(message([&] { ResultFile(dir.file("y.h5")); }) ==
          dir.file("y.h5") + ": cannot open the file: No such file or directory");
}

TEST_CASE("a fixed table is refused when its periods overlap, its values are too few, its series hold integers, or "
          "rows were recorded")
{
    const Scratch dir;
    Recorder r(dir.file("x.h5"), sample::axes(), sample::series(), "360_day", "2015-01-01", {});
    const auto refused = [&](const std::function<void(FixedTable&)>& spoil) {
        FixedTable table = sample::observed();
        spoil(table);
        return message([&] { r.add_fixed("observed", table); });
    };
    CHECK(refused([](FixedTable& t) { t.periods[1].begin = -361; }) ==
          "period 1 is empty or begins before the last one ended");
    CHECK(refused([](FixedTable& t) { t.series[0].values.pop_back(); }) == "series use_seen has 5 values");
    CHECK(refused([](FixedTable& t) { t.series[1].series.kind = Kind::i64; }) == "series level_seen is not of reals");
    CHECK(refused([](FixedTable& t) { t.series[0].series.axes = {"taste"}; }).find("taste") != std::string::npos);
    CHECK(refused([](FixedTable&) {}).empty());
    sample::month(r, 0);
    CHECK(refused([](FixedTable&) {}) == "table observed is added after the first row was recorded");
}
