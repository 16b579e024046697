#include "sim/base/check.hpp"

namespace sim {

void fail_contract(const char* kind, const char* expression, const char* file, int line, Where where)
{
    std::string text = std::string(kind) + " " + expression + " (" + file + ":" + std::to_string(line);
    if (where.window >= 0) text += ", window " + std::to_string(where.window);
    if (where.agent != no_agent) text += ", agent " + std::to_string(where.agent);
    throw ContractViolation(text + ")");
}

} // namespace sim
