#include "sim/cli/sweep/pool.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <set>

#include <poll.h>
#include <sys/wait.h>

#include "sim/cli/effect/runs.hpp"
#include "sim/cli/sweep/pool_progress.hpp"
#include "sim/cli/sweep/worker.hpp"
#include "sim/scenario/json.hpp"
#include "sim/sweep/failures.hpp"
#include "sim/sweep/stored_result.hpp"

namespace sim::cli {
namespace {

using sweep::Failure;

/// The last lines that a process said, on one line.
std::string last_words(const std::string& said)
{
    std::string words;
    for (const char c : said.substr(said.size() > 500 ? said.size() - 500 : 0)) words += c == '\n' ? ' ' : c;
    return words;
}

class Pool {
public:
    Pool(const Session& session, const std::string& folder, const sweep::Plan& plan, const PoolOptions& options)
        : session_(session), folder_(folder), plan_(plan), options_(options), progress_(session)
    {
    }

    PoolResult operator()(const std::vector<std::int64_t>& indices)
    {
        result_.runs = static_cast<std::int64_t>(indices.size());
        find_work(indices);
        const Lanes lanes = share_machine();
        result_.lanes = lanes.seeds, result_.threads = lanes.threads;
        Progress::catch_signals();
        progress_.start(result_.runs, result_.reused + result_.skipped);
        while (!waiting_.empty() || !running_.empty()) {
            if (Progress::signal() != 0) stop();
            while (!waiting_.empty() && running_.size() < static_cast<std::size_t>(lanes.seeds)) begin();
            progress_.show(result_, static_cast<std::int64_t>(running_.size()));
            listen();
        }
        progress_.finish(result_);
        result_.seconds = progress_.seconds();
        return result_;
    }

private:
    struct Running {
        std::int64_t index;
        Worker worker;
    };

    /// Rows that have no result, one of each id: in a sampled design several may be the same run.
    void find_work(const std::vector<std::int64_t>& indices)
    {
        const auto failures = sweep::read_failures(sweep::failures_path(folder_));
        for (const auto& [id, all] : failures) noted_[id] = all.size();
        std::set<std::string> seen;
        for (const std::int64_t index : indices) {
            const sweep::PlanRow& row = row_of(index);
            const auto failed = failures.find(row.id);
            if (!seen.insert(row.id).second || is_there(row)) {
                ++result_.reused;
            } else if (!options_.run.retry && failed != failures.end() && is_final(failed->second)) {
                ++result_.skipped;
            } else {
                waiting_.push_back(index);
            }
        }
    }

    [[nodiscard]] const sweep::PlanRow& row_of(std::int64_t index) const
    {
        return plan_.rows[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] bool is_there(const sweep::PlanRow& row) const
    {
        const std::string path = sweep::result_path(folder_, plan_, row.id);
        return !sweep::has_leftovers(path) &&
               check_result(path, row.id, plan_, plan_.scenario(row.scenario), nullptr) == sweep::Stored::good;
    }

    [[nodiscard]] Lanes share_machine() const
    {
        Estimate largest;
        largest.memory_bytes = plan_.memory_bytes;
        const auto work = std::max<std::int64_t>(1, static_cast<std::int64_t>(waiting_.size()));
        Lanes lanes = choose_lanes(largest, options_.run.threads, options_.memory_bytes, work);
        if (options_.jobs == 0) return lanes;
        const int cores = std::max(1, choose_lanes({}, options_.run.threads, 1e300, 1).threads);
        return {options_.jobs, std::max(1, cores / options_.jobs)};
    }

    void begin()
    {
        const std::int64_t index = waiting_.front();
        waiting_.pop_front();
        std::vector<std::string> arguments = {"run",
                                              "--plan",
                                              folder_,
                                              "--index-range",
                                              fmt::format("{}:{}", index, index + 1),
                                              "--threads",
                                              std::to_string(result_.threads),
                                              "--retry", // whether to try it was decided here
                                              "--quiet"};
        if (options_.run.checkpoint_every >= 0)
            arguments.insert(arguments.end(), {"--checkpoint-every", std::to_string(options_.run.checkpoint_every)});
        running_.push_back({index, Worker(arguments)});
    }

    /// Waits until a process says something or ends, or a moment has passed.
    void listen()
    {
        std::vector<pollfd> pipes;
        for (const Running& run : running_) pipes.push_back({run.worker.pipe(), POLLIN, 0});
        constexpr int moment = 500; // ms
        if (::poll(pipes.data(), pipes.size(), moment) <= 0) return;
        for (std::size_t i = pipes.size(); i-- > 0;) {
            if (pipes[i].revents == 0 || running_[i].worker.read()) continue;
            Running ended = std::move(running_[i]);
            running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
            end(ended);
        }
    }

    void end(Running& run)
    {
        const int status = run.worker.wait();
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        const bool is_killed = WIFSIGNALED(status);
        if (is_killed)
            crashed(run, WTERMSIG(status));
        else if (code == exit_ok)
            ++result_.finished;
        else if (Progress::signal() != 0 && (code == exit_resumable || code >= exit_interrupted))
            ++result_.left;
        else if (code == exit_resumable)
            locked(run.index);
        else
            failed(run, code);
    }

    /// Another process has the run: it is looked at once more when the others are done.
    void locked(std::int64_t index)
    {
        const bool is_first = was_locked_.insert(index).second;
        if (is_first && !waiting_.empty())
            waiting_.push_back(index);
        else
            ++result_.elsewhere;
    }

    void crashed(const Running& run, int signal)
    {
        const bool is_from_outside = signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP;
        if (Progress::signal() != 0 && is_from_outside) return ++result_.left, void();
        Failure failure{
            run.index, row_of(run.index).id, is_from_outside ? Failure::Kind::killed : Failure::Kind::crash, 0, signal,
            ""};
        const char* name = ::strsignal(signal);
        failure.reason = fmt::format("ended by signal {} ({}). {}", signal, name, last_words(run.worker.said()));
        note(failure);
    }

    /// A process that could say why has noted it itself; a stale run is no failure of its own.
    void failed(const Running& run, int code)
    {
        const std::string& id = row_of(run.index).id;
        const auto all = sweep::read_failures(sweep::failures_path(folder_));
        const auto found = all.find(id);
        if (found != all.end() && found->second.size() > noted_[id]) {
            noted_[id] = found->second.size();
            return decide(found->second.back(), run.index, code);
        }
        const auto kind = code >= exit_interrupted ? Failure::Kind::killed
                          : code == exit_invalid   ? Failure::Kind::scenario
                                                   : Failure::Kind::io;
        const Failure failure{run.index, id, kind, code, 0, last_words(run.worker.said())};
        if (code == exit_invalid) return decide(failure, run.index, code);
        note(failure);
    }

    void note(const Failure& failure)
    {
        sweep::add_failure(sweep::failures_path(folder_), failure);
        ++noted_[failure.id];
        decide(failure, failure.index, failure.exit_code == 0 ? exit_failed : failure.exit_code);
    }

    void decide(const Failure& failure, std::int64_t index, int code)
    {
        if (session_.json())
            session_.say(fmt::format("{{\"index\": {}, \"id\": \"{}\", \"failed\": {}}}", index, failure.id,
                                     scenario::json_text(failure.reason)));
        else
            session_.say(fmt::format("run {} ({}) failed: {}", index, failure.id, failure.reason));
        if (failure.may_pass() && ++attempts_[failure.id] < sweep::most_attempts && Progress::signal() == 0)
            return waiting_.push_back(index);
        ++result_.failed;
        result_.worst_code = result_.worst_code == 0 || result_.worst_code == code ? code : int{exit_failed};
    }

    void stop()
    {
        result_.left += static_cast<std::int64_t>(waiting_.size());
        waiting_.clear();
        if (is_stopping_) return;
        is_stopping_ = true;
        for (const Running& run : running_) run.worker.terminate();
    }

    const Session& session_;
    const std::string& folder_;
    const sweep::Plan& plan_;
    const PoolOptions& options_;
    PoolProgress progress_;
    PoolResult result_;
    std::deque<std::int64_t> waiting_;
    std::vector<Running> running_;
    std::map<std::string, int> attempts_;
    std::map<std::string, std::size_t> noted_; // lines of failures.jsonl that are known, by id
    std::set<std::int64_t> was_locked_;
    bool is_stopping_ = false;
};

} // namespace

int PoolResult::exit_code() const
{
    if (left > 0 || elsewhere > 0) return exit_resumable;
    if (failed > 0) return worst_code;
    return skipped > 0 ? exit_failed : exit_ok;
}

PoolResult run_pool(const Session& session, const std::string& folder, const sweep::Plan& plan,
                    const std::vector<std::int64_t>& indices, const PoolOptions& options)
{
    return Pool(session, folder, plan, options)(indices);
}

} // namespace sim::cli
