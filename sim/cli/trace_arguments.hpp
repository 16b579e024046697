#pragma once

#include "sim/cli/session.hpp"

namespace sim::cli {

/// The options --trace, --trace-from and --trace-windows of `run`.
class TraceArguments {
public:
    void declare(Arguments& arguments);

    /// Fills the request in, after what is wrong was told.
    /// @param out            of the result, which is not the trace
    /// @param may_overwrite  an existing file is no fault
    /// @return  an ExitCode
    int prepare(const Session& session, const scenario::RunSettings& settings, const std::string& out,
                bool may_overwrite, TraceRequest& request) const;

private:
    std::string file_, from_;
    int windows_ = 365;
};

} // namespace sim::cli
