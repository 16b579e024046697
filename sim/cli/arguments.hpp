#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sim::cli {

/// How a verb declares what it takes; the parser fills the variables in.
class Arguments {
public:
    virtual ~Arguments() = default;

    virtual void positional(std::string& where, const std::string& name, const std::string& help,
                            bool is_required = true) = 0;
    virtual void positionals(std::vector<std::string>& where, const std::string& name, const std::string& help) = 0;
    virtual void option(std::string& where, const std::string& flag, const std::string& value,
                        const std::string& help) = 0;
    /// A whole number in [low, high].
    virtual void option(int& where, const std::string& flag, int low, int high, const std::string& help) = 0;
    /// The same kept as text, "" when it is not given.
    virtual void whole_number(std::string& where, const std::string& flag, std::int64_t low, std::int64_t high,
                              const std::string& help) = 0;
    virtual void choice(std::string& where, const std::string& flag, const std::vector<std::string>& allowed,
                        const std::string& help) = 0;
    /// May be given several times, one value each.
    virtual void repeated(std::vector<std::string>& where, const std::string& flag, const std::string& value,
                          const std::string& help) = 0;
    virtual void flag(bool& where, const std::string& flag, const std::string& help) = 0;
};

} // namespace sim::cli
