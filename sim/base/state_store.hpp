#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sim {

/// A part of a state under its name.
struct Piece {
    std::string name;
    std::vector<std::byte> bytes;
};

/// Where Engine::save puts a state: pieces of some megabytes, never the whole of it at once.
class StateSink {
public:
    virtual ~StateSink() = default;
    virtual void put(std::vector<Piece> pieces) = 0;
};

/// Where Engine::restore takes it from.
class StateSource {
public:
    virtual ~StateSource() = default;
    /// The pieces of these names, in the order asked for. Throws when one is missing or damaged.
    virtual std::vector<Piece> get(const std::vector<std::string>& names) = 0;
};

} // namespace sim
