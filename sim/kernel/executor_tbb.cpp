#include "sim/kernel/executor.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace sim {

namespace {

class TbbExecutor final : public Executor {
public:
    explicit TbbExecutor(int threads)
        : limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)), arena_(threads)
    {
    }

    int threads() const override { return arena_.max_concurrency(); }

    void for_each(int tasks, const Task& body) override
    {
        arena_.execute([&] {
            tbb::parallel_for(0, tasks, [&](int task) { body(task, tbb::this_task_arena::current_thread_index()); });
        });
    }

private:
    tbb::global_control limit_; // without it TBB never starts more threads than the machine has cores
    tbb::task_arena arena_;
};

} // namespace

std::unique_ptr<Executor> make_tbb_executor(int threads) { return std::make_unique<TbbExecutor>(threads); }

} // namespace sim
