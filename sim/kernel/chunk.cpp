#include "sim/kernel/chunk.hpp"

namespace sim {

Chunk* ChunkPool::take()
{
    const std::lock_guard lock(mutex_);
    if (batches_.empty()) refill();
    Chunk* chain = batches_.back();
    batches_.pop_back();
    return chain;
}

void ChunkPool::give(Chunk* chain)
{
    const std::lock_guard lock(mutex_);
    batches_.push_back(chain);
}

void ChunkPool::refill()
{
    slabs_.emplace_back(static_cast<Chunk*>(take_pages(slab_chunks * sizeof(Chunk))));
    Chunk* chunks = slabs_.back().get();
    for (std::size_t first = 0; first < slab_chunks; first += batch) {
        for (std::size_t i = first; i + 1 < first + batch; ++i) chunks[i].next = &chunks[i + 1];
        chunks[first + batch - 1].next = nullptr;
        batches_.push_back(&chunks[first]);
    }
}

void ChunkCache::refill()
{
    free_ = pool_->take();
    count_ = ChunkPool::batch;
}

void ChunkCache::return_batch()
{
    Chunk* chain = free_;
    Chunk* last = chain;
    for (int i = 1; i < ChunkPool::batch; ++i) last = last->next;
    free_ = last->next;
    last->next = nullptr;
    count_ -= ChunkPool::batch;
    pool_->give(chain);
}

} // namespace sim
