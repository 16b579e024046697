// What is left of a result when its writer dies or a system call fails at any point.
#include "failing_calls.hpp"
#include "sample.hpp"
#include "scratch.hpp"
#include "sim/record/digests.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <functional>

using namespace sim::record;
using failing_calls::Way;

namespace {

constexpr int months = 40, panel_rows = 700; // of the panel, each month

/// What the writer tells the test, in memory shared with it.
struct Progress {
    int started, months_done, months_written, finished, io_error, other_error;
    long calls;
};

Progress* shared_progress()
{
    void* memory = mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return static_cast<Progress*>(memory);
}

void write_all(const std::string& path, Progress& progress)
{
    Recorder r(path, sample::axes(), sample::series(), "360_day", "2015-01-01", sample::attributes());
    Panel& panel = r.add_panel("panel", {{.name = "n"}, {.name = "twice"}});
    progress.started = 1;
    for (int m = 0; m < months; ++m) {
        for (int i = 0; i < panel_rows; ++i) panel.row(m * panel_rows + i, 2 * (m * panel_rows + i));
        sample::month(r, m);
        progress.months_done = m + 1;
    }
    r.finish();
    progress.finished = 1;
}

/// Runs the writer in a process of its own, in which call number n of the system fails.
Progress run_writer(
    const std::string& path, Way way, long n, const std::function<void()>& prepare = [] {})
{
    static Progress* const progress = shared_progress();
    *progress = {};
    const pid_t child = fork();
    if (child == 0) {
        prepare();
        failing_calls::arm(way, n);
        try {
            write_all(path, *progress);
        } catch (const sim::IoError&) {
            progress->io_error = 1;
        } catch (...) {
            progress->other_error = 1;
        }
        progress->calls = failing_calls::count();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return *progress;
}

bool values_are_right(const ResultFile& file, std::size_t rows)
{
    const RawValues worth = file.raw(*file.find("/worth")), items = file.raw(*file.find("/items"));
    const auto level = file.numbers(*file.find("/level")), time = file.numbers(*file.find("/time"));
    const auto n = file.numbers(*file.find("/panel/n")), twice = file.numbers(*file.find("/panel/twice"));
    bool right = level.size() == rows && time.size() == rows;
    for (std::size_t m = 0; right && m < rows; ++m) {
        const int month = static_cast<int>(m);
        right &= level[m] == sample::level(month) && time[m] == 30.0 * (month + 1) - 1;
        for (int c = 0; c < 3; ++c) right &= worth.text(3 * m + c) == std::to_string(sample::worth(month, c));
        for (int k = 0; k < 6; ++k)
            right &= items.text(6 * m + k) == std::to_string(sample::items(month, k / 2, k % 2));
    }
    for (std::size_t i = 0; right && i < n.size(); ++i)
        right &= n[i] == static_cast<double>(i) && twice[i] == 2.0 * static_cast<double>(i);
    return right && n.size() == rows * panel_rows;
}

/// The file left behind opens and holds every row of the chunks that were done; a result under its final name is whole.
void check_remains(const std::string& path, const Progress& p, const std::string& context)
{
    INFO(context);
    if (std::filesystem::exists(path)) {
        const ResultFile whole(path);
        CHECK(check_digests(whole).empty());
        CHECK(values_are_right(whole, months));
        return;
    }
    if (!p.started) return;
    const ResultFile file(path + ".partial");
    const auto rows = file.find("/level")->shape[0], panel = file.find("/panel/n")->shape[0];
    CHECK(rows >= static_cast<unsigned>(p.months_done / 12 * 12));
    CHECK(panel >= static_cast<unsigned>(p.months_done / 12 * 12 * panel_rows));
    CHECK(values_are_right(file, rows));
}

void try_every_call(Way way, long step)
{
    long last = run_writer(Scratch().file("x.h5"), Way::none, 0).calls;
    REQUIRE(last > 20);
    for (long n = 1; n <= last; n += step) {
        const Scratch dir;
        const Progress p = run_writer(dir.file("x.h5"), way, n);
        const std::string context = "call " + std::to_string(n) + " of " + std::to_string(last);
        check_remains(dir.file("x.h5"), p, context);
        INFO(context);
        CHECK(!p.other_error);
        if (way == Way::disk_full) CHECK((p.io_error && !std::filesystem::exists(dir.file("x.h5.new.partial"))));
    }
}

} // namespace

TEST_CASE("a writer killed before any of its system calls leaves a file with every finished chunk")
{
    try_every_call(Way::kill, 1);
}

TEST_CASE("a writer killed in the middle of any write leaves a file with every finished chunk")
{
    try_every_call(Way::tear, 1);
}

TEST_CASE("a disk that fills up at any write is an IoError and costs no finished chunk")
{
    try_every_call(Way::disk_full, 1);
}

TEST_CASE("one failing call at any point is an IoError and costs no finished chunk")
{
    try_every_call(Way::error_once, 1);
}

TEST_CASE("a small disk that is really full is an IoError and costs no finished chunk")
{
    const Scratch dir;
    if (mount("tmpfs", dir.path().c_str(), "tmpfs", 0, "size=280k") != 0) {
        MESSAGE("not allowed to mount a small disk: skipped");
        return;
    }
    const Progress p = run_writer(dir.file("x.h5"), Way::none, 0);
    CHECK(p.io_error);
    CHECK(p.months_done > 0);
    check_remains(dir.file("x.h5"), p, "tmpfs");
    umount(dir.path().c_str());
}

TEST_CASE("a read-only directory is an IoError before the run")
{
    const Scratch dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto be_nobody = [] {
        if (geteuid() == 0 && setuid(65534) != 0) std::abort();
    };
    const Progress p = run_writer(dir.file("x.h5"), Way::none, 0, be_nobody);
    CHECK(p.io_error);
    CHECK(!p.started);
}

TEST_CASE("a limit on the file size is an IoError and costs no finished chunk")
{
    for (rlim_t limit : {100'000u, 150'000u, 200'000u, 250'000u}) {
        const Scratch dir;
        const Progress p = run_writer(dir.file("x.h5"), Way::none, 0, [&] {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit size{limit, limit};
            setrlimit(RLIMIT_FSIZE, &size);
        });
        check_remains(dir.file("x.h5"), p, "limit " + std::to_string(limit));
        CHECK(p.io_error + p.finished == 1);
    }
}
