#pragma once

#include <functional>
#include <memory>

namespace sim {

enum class Backend { tbb, threads, serial };

/// Runs independent tasks on threads. Results never depend on the back end or on the number of threads.
class Executor {
public:
    /// task number, thread number in [0, threads())
    using Task = std::function<void(int task, int thread)>;

    /// @param threads  0: as many as the machine has
    static std::unique_ptr<Executor> make(Backend backend, int threads);

    virtual ~Executor() = default;
    [[nodiscard]] virtual int threads() const = 0;

    /// Calls body for each task in [0, tasks) and waits. An exception ends the call with it; with several, that of the lowest task seen.
    virtual void for_each(int tasks, const Task& body) = 0;
};

/// The number of threads that `threads` asks for: itself, or all of the machine when 0; 1 for the serial back end.
int thread_count(Backend backend, int threads);

std::unique_ptr<Executor> make_serial_executor();
std::unique_ptr<Executor> make_thread_executor(int threads);
std::unique_ptr<Executor> make_tbb_executor(int threads);

} // namespace sim
