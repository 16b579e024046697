#include "sim/record/compare.hpp"
#include "sim/record/digests.hpp"

#include "sample.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <thread>

using namespace sim::record;

TEST_CASE("threads with results of their own write and read at the same time")
{
    const Scratch dir;
    const std::string alone = sample::write(dir.file("alone.h5"), 30);
    std::atomic<int> faults{0};
    const auto work = [&](int thread) {
        for (int i = 0; i < 6; ++i) {
            const std::string mine = dir.file(std::to_string(thread) + "_" + std::to_string(i) + ".h5");
            sample::write(mine, 30);
            faults += first_difference(alone, mine).has_value();
            faults += !check_digests(ResultFile(mine)).empty();
            try {
                const ResultFile missing(mine + ".none");
                ++faults;
            } catch (const sim::IoError& error) {
                faults += error.reason() != "No such file or directory";
            }
        }
    };
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back(work, t);
    for (auto& thread : threads) thread.join();
    CHECK(faults == 0);
}

TEST_CASE("records in memory live side by side")
{
    const auto in_memory = [] {
        return std::make_unique<Recorder>("", sample::axes(), sample::series(), "360_day", "2015-01-01",
                                          sample::attributes());
    };
    const auto one = in_memory(), other = in_memory();
    sample::month(*one, 0), sample::month(*other, 0);
    CHECK(one->table().periods() == other->table().periods());
}
