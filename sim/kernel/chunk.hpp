#pragma once

#include "sim/kernel/pages.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace sim {

/// A small piece of memory for messages. Lists of chunks grow without moving and give their memory back piece by piece. Chunks lie at
/// multiples of their size, so that an address inside one tells how much of it lies behind.
struct alignas(512) Chunk {
    static constexpr std::size_t bytes = 512;
    static constexpr std::size_t head = 24;
    static constexpr std::size_t slack = 24; // so that a payload may be copied in its largest size
    static constexpr std::size_t room = bytes - head - slack;

    Chunk* next;             // filled before this one
    Chunk* skip;             // the one after the next, so that it can be fetched in time
    std::uint32_t next_used; // bytes of entries in the next one
    std::uint32_t unused;
    std::byte data[room + slack];

    /// Bytes from an address to the end of its chunk; none from nullptr.
    static std::size_t bytes_behind(const std::byte* at) { return -reinterpret_cast<std::uintptr_t>(at) & (bytes - 1); }
};
static_assert(sizeof(Chunk) == Chunk::bytes && alignof(Chunk) == Chunk::bytes);

/// The one source of chunks; gives and takes them in batches, under a lock. Memory is returned to the system at the end.
class ChunkPool {
public:
    static constexpr int batch = 64;

    ChunkPool() = default;
    ChunkPool(const ChunkPool&) = delete;
    ChunkPool& operator=(const ChunkPool&) = delete;

    /// A chain of `batch` chunks.
    Chunk* take();
    void give(Chunk* chain);

    /// Bytes obtained from the system so far.
    [[nodiscard]] std::size_t bytes() const { return slabs_.size() * slab_chunks * sizeof(Chunk); }

private:
    static constexpr std::size_t slab_chunks = (std::size_t{2} << 20) / sizeof(Chunk);
    struct Free {
        void operator()(Chunk* slab) const { give_pages(slab, slab_chunks * sizeof(Chunk)); }
    };

    void refill();

    std::mutex mutex_;
    std::vector<Chunk*> batches_;
    std::vector<std::unique_ptr<Chunk, Free>> slabs_;
};

/// One thread's free chunks: no lock unless more than two batches come or go.
class ChunkCache {
public:
    explicit ChunkCache(ChunkPool& pool) : pool_(&pool) {}
    ChunkCache(ChunkCache&&) = default;

    Chunk* take()
    {
        if (free_ == nullptr) refill();
        Chunk* chunk = free_;
        free_ = chunk->next;
        __builtin_prefetch(free_);
        --count_;
        return chunk;
    }

    void give(Chunk* chunk)
    {
        chunk->next = free_;
        free_ = chunk;
        if (++count_ >= 2 * ChunkPool::batch) return_batch();
    }

private:
    void refill();
    void return_batch();

    ChunkPool* pool_;
    Chunk* free_ = nullptr;
    int count_ = 0;
};

} // namespace sim
