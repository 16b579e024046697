#pragma once

#include "sim/base/key.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace sim {

/// Where in the simulation a check stands: window and agent, when known.
struct Where {
    Window window = -1;
    AgentId agent = no_agent;
};

/// A broken invariant of our own code (never bad input). The message names the expression, the place in the code, the window and the agent.
class ContractViolation : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Throws ContractViolation; `kind` is "expected" or "ensured".
[[noreturn]] void fail_contract(const char* kind, const char* expression, const char* file, int line, Where where = {});

/// For conditions that are checked in every build because they cost nothing beside what they guard.
inline void require(bool condition, std::string_view what)
{
    if (!condition) throw ContractViolation(std::string(what));
}

} // namespace sim

// SIM_EXPECT guards what a caller must give, SIM_ENSURE what our own code must keep. Both are active when NDEBUG is not defined.
// The optional last argument is a sim::Where, for example ctx.where().
#ifndef NDEBUG
#define SIM_CHECK_CONTRACT(kind, expression, ...)                                                                      \
    ((expression) ? static_cast<void>(0)                                                                               \
                  : ::sim::fail_contract(kind, #expression, __FILE__, __LINE__ __VA_OPT__(, ) __VA_ARGS__))
#else
#define SIM_CHECK_CONTRACT(kind, expression, ...) static_cast<void>(sizeof(!(expression)))
#endif
#define SIM_EXPECT(expression, ...) SIM_CHECK_CONTRACT("expected", expression __VA_OPT__(, ) __VA_ARGS__)
#define SIM_ENSURE(expression, ...) SIM_CHECK_CONTRACT("ensured", expression __VA_OPT__(, ) __VA_ARGS__)
