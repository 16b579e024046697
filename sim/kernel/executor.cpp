#include "sim/kernel/executor.hpp"

#include "sim/base/check.hpp"

#include <algorithm>
#include <thread>

namespace sim {

namespace {

// Debian's TBB is not instrumented: ThreadSanitizer reports races in correct loops, and suppressing those would hide real ones.
#if defined(__SANITIZE_THREAD__)
constexpr bool under_thread_sanitizer = true;
#elif defined(__has_feature)
constexpr bool under_thread_sanitizer = __has_feature(thread_sanitizer);
#else
constexpr bool under_thread_sanitizer = false;
#endif

class SerialExecutor final : public Executor {
public:
    int threads() const override { return 1; }

    void for_each(int tasks, const Task& body) override
    {
        for (int task = 0; task < tasks; ++task) body(task, 0);
    }
};

} // namespace

std::unique_ptr<Executor> make_serial_executor() { return std::make_unique<SerialExecutor>(); }

int thread_count(Backend backend, int threads)
{
    require(threads >= 0 && threads <= 4096, "a number of threads is in [0, 4096], and 0 means all");
    if (backend == Backend::serial) return 1;
    return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::unique_ptr<Executor> Executor::make(Backend backend, int threads)
{
    const int n = thread_count(backend, threads);
    if (n == 1) return make_serial_executor();
    return backend == Backend::tbb && !under_thread_sanitizer ? make_tbb_executor(n) : make_thread_executor(n);
}

} // namespace sim
