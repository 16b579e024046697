#include "sim/kernel/executor.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace sim {

namespace {

// A pool of persistent threads that take tasks from one counter. Waiting is a short spin, then sleep.
class ThreadExecutor final : public Executor {
public:
    explicit ThreadExecutor(int threads)
    {
        for (int i = 1; i < threads; ++i) workers_.emplace_back([this, i] { serve(i); });
    }

    ~ThreadExecutor() override
    {
        start_round(nullptr, 0);
        for (auto& worker : workers_) worker.join();
    }

    int threads() const override { return static_cast<int>(workers_.size()) + 1; }

    void for_each(int tasks, const Task& body) override
    {
        busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
        start_round(&body, tasks);
        work(0);
        await_workers();
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

private:
    static constexpr int spins = 2000;

    void start_round(const Task* body, int tasks)
    {
        {
            const std::lock_guard lock(mutex_);
            body_ = body;
            tasks_ = tasks;
            next_.store(0, std::memory_order_relaxed);
            round_.fetch_add(1, std::memory_order_release);
        }
        wake_.notify_all();
    }

    void serve(int thread)
    {
        for (unsigned seen = 0;;) {
            seen = await_round(seen);
            if (body_ == nullptr) return;
            work(thread);
            finish();
        }
    }

    unsigned await_round(unsigned seen)
    {
        for (int i = 0; i < spins; ++i) {
            if (round_.load(std::memory_order_acquire) != seen) return seen + 1;
            __builtin_ia32_pause();
        }
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return round_.load(std::memory_order_relaxed) != seen; });
        return seen + 1;
    }

    void finish()
    {
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        const std::lock_guard lock(mutex_); // so that a master about to sleep does not miss the call
        done_.notify_one();
    }

    void await_workers()
    {
        for (int i = 0; i < spins; ++i) {
            if (busy_.load(std::memory_order_acquire) == 0) return;
            __builtin_ia32_pause();
        }
        std::unique_lock lock(mutex_);
        done_.wait(lock, [&] { return busy_.load(std::memory_order_acquire) == 0; });
    }

    void work(int thread)
    {
        for (int task = next_.fetch_add(1, std::memory_order_relaxed); task < tasks_;
             task = next_.fetch_add(1, std::memory_order_relaxed)) {
            try {
                (*body_)(task, thread);
            } catch (...) {
                note_failure(task);
                return;
            }
        }
    }

    void note_failure(int task)
    {
        const std::lock_guard lock(mutex_);
        if (failure_ && failed_task_ < task) return;
        failure_ = std::current_exception();
        failed_task_ = task;
    }

    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::condition_variable wake_, done_;
    std::atomic<unsigned> round_{0};
    std::atomic<int> busy_{0};
    alignas(64) std::atomic<int> next_{0};
    const Task* body_ = nullptr;
    int tasks_ = 0;
    std::exception_ptr failure_;
    int failed_task_ = 0;
};

} // namespace

std::unique_ptr<Executor> make_thread_executor(int threads) { return std::make_unique<ThreadExecutor>(threads); }

} // namespace sim
