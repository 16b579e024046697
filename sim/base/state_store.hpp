#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sim {

/// Where Engine::save puts a state: pieces of some megabytes under their names, never the whole of it at once.
class StateSink {
public:
    virtual ~StateSink() = default;
    /// Calls may come from several threads at once, each with a name of its own.
    virtual void put(const std::string& name, std::span<const std::byte> bytes) = 0;
};

/// Where Engine::restore takes it from.
class StateSource {
public:
    virtual ~StateSource() = default;
    /// Replaces `bytes` by the piece of this name; their memory is used again. Calls may come from several threads at once. Throws when the
    /// piece is missing or damaged.
    virtual void read(const std::string& name, std::vector<std::byte>& bytes) = 0;

    std::vector<std::byte> get(const std::string& name)
    {
        std::vector<std::byte> bytes;
        read(name, bytes);
        return bytes;
    }
};

} // namespace sim
