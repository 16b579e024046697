#pragma once

#include "sim/base/state_store.hpp"

#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace toys {

/// A state kept in memory.
class MemoryStore final : public sim::StateSink, public sim::StateSource {
public:
    MemoryStore() = default;
    MemoryStore(const MemoryStore& other) : kept(other.kept) {}

    void put(const std::string& name, std::span<const std::byte> bytes) override
    {
        const std::lock_guard lock(mutex_);
        if (!kept.emplace(name, std::vector(bytes.begin(), bytes.end())).second)
            throw std::logic_error("twice: " + name);
    }
    void read(const std::string& name, std::vector<std::byte>& bytes) override { bytes = kept.at(name); }

    std::map<std::string, std::vector<std::byte>> kept;

private:
    std::mutex mutex_;
};

} // namespace toys
