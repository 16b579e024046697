#pragma once

#include "sim/base/state_store.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace toys {

/// A state kept in memory.
class MemoryStore final : public sim::StateSink, public sim::StateSource {
public:
    void put(std::vector<sim::Piece> pieces) override
    {
        for (sim::Piece& piece : pieces)
            if (!kept.emplace(piece.name, std::move(piece.bytes)).second)
                throw std::logic_error("twice: " + piece.name);
    }
    std::vector<sim::Piece> get(const std::vector<std::string>& names) override
    {
        std::vector<sim::Piece> pieces;
        for (const std::string& name : names) pieces.push_back({name, kept.at(name)});
        return pieces;
    }

    std::map<std::string, std::vector<std::byte>> kept;
};

} // namespace toys
