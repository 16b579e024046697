#pragma once

#include "sim/kernel/chunk.hpp"
#include "sim/kernel/model.hpp"

#include <new>
#include <utility>

namespace sim {

/// A message as it lies in a ring: its target is a place (see Block), not an id.
template <class Msg>
struct Record {
    Header header;
    [[no_unique_address]] Msg message;
};

/// Ends of a chain of chunks; what the chunks hold is known to the code that names the list.
struct ChunkList {
    Chunk* head = nullptr;
    Chunk* tail = nullptr;
    std::uint32_t count = 0;     // entries
    std::uint32_t tail_used = 0; // entries (typed lists) or bytes (byte lists) in the last chunk

    void add_chunk(ChunkCache& cache)
    {
        Chunk* chunk = cache.take();
        chunk->next = nullptr;
        chunk->skip = tail;
        if (tail == nullptr) {
            head = chunk;
        } else {
            tail->next = chunk;
            if (Chunk* before = std::exchange(tail->skip, nullptr)) before->skip = chunk;
        }
        tail = chunk;
        tail_used = 0;
    }
};

/// Brings a whole chunk near; the processor does not follow chains by itself.
inline void fetch(const Chunk* chunk)
{
    if (chunk == nullptr) return;
    const auto* bytes = reinterpret_cast<const std::byte*>(chunk);
    for (std::size_t at = 0; at < sizeof(Chunk); at += 64) __builtin_prefetch(bytes + at);
}

/// Typed lists: records of one message type, one behind the other.
template <class Msg>
struct TypedList {
    using Entry = Record<Msg>;
    static constexpr std::uint32_t per_chunk = Chunk::room / sizeof(Entry);

    /// Writes field by field in place: a record put together on the stack and copied in one piece would wait for its own stores.
    static void push(ChunkList& list, ChunkCache& cache, std::uint32_t target, const Header& header, const Msg& message)
    {
        if (list.tail == nullptr || list.tail_used == per_chunk) list.add_chunk(cache);
        ::new (list.tail->data + list.tail_used * sizeof(Entry))
            Entry{{target, header.source, header.serial, header.tick}, message};
        ++list.tail_used;
        ++list.count;
    }

    static const Entry* entries(const Chunk* chunk)
    {
        return std::launder(reinterpret_cast<const Entry*>(chunk->data));
    }

    /// Calls f(entry) in order of arrival.
    template <class F>
    static void each(const ChunkList& list, F&& f)
    {
        for (const Chunk* chunk = list.head; chunk != nullptr; chunk = chunk->next) {
            const std::uint32_t n = chunk == list.tail ? list.tail_used : per_chunk;
            const Entry* entry = entries(chunk);
            fetch(chunk->skip);
            for (std::uint32_t i = 0; i < n; ++i) f(entry[i]);
        }
    }

    /// Calls f(entry) in order of arrival and frees each chunk behind it; the list is empty afterwards.
    template <class F>
    static void consume(ChunkList& list, ChunkCache& cache, F&& f)
    {
        const ChunkList all = list;
        list = ChunkList{};
        for (Chunk* chunk = all.head; chunk != nullptr;) {
            Chunk* next = chunk->next;
            const std::uint32_t n = chunk == all.tail ? all.tail_used : per_chunk;
            const Entry* entry = entries(chunk);
            for (std::uint32_t i = 0; i < n; ++i) f(entry[i]);
            cache.give(chunk);
            chunk = next;
        }
    }
};

/// A message on its way between blocks (and, one day, between machines): fixed head, then the payload padded to 8 bytes.
struct WireHeader {
    Header header; // target is an id
    Window due = 0;
    std::uint32_t type = 0; // position among the message types
};

/// Lists of messages of several types.
struct ByteList {
    template <class Msg>
    static constexpr std::uint32_t size_of = sizeof(WireHeader) +
                                             (std::is_empty_v<Msg> ? 0 : (sizeof(Msg) + 7) / 8 * 8);

    template <class Msg>
    static void push(ChunkList& list, ChunkCache& cache, const Header& header, Window due, std::uint32_t type,
                     const Msg& message)
    {
        if (list.tail == nullptr || list.tail_used + (size_of<Msg>) > Chunk::room) {
            if (list.tail != nullptr) list.tail->used = list.tail_used;
            list.add_chunk(cache);
        }
        std::byte* at = list.tail->data + list.tail_used;
        ::new (at) WireHeader{{header.target, header.source, header.serial, header.tick}, due, type};
        if constexpr (!std::is_empty_v<Msg>) ::new (at + sizeof(WireHeader)) Msg(message);
        list.tail_used += size_of<Msg>;
        ++list.count;
    }

    /// Calls f(wire header, payload) in order; f returns the size of the entry.
    template <class F>
    static void each(const ChunkList& list, F&& f)
    {
        for (const Chunk* chunk = list.head; chunk != nullptr; chunk = chunk->next) walk(list, chunk, f);
    }

    /// Calls f in order and frees each chunk behind it; `ahead` is called as f is, about one chunk earlier, to prefetch what f will need.
    template <class A, class F>
    static void consume(ChunkList& list, ChunkCache& cache, A&& ahead, F&& f)
    {
        const ChunkList all = list;
        list = ChunkList{};
        if (all.head != nullptr) walk(all, all.head, ahead);
        for (Chunk* chunk = all.head; chunk != nullptr;) {
            Chunk* next = chunk->next;
            if (next != nullptr) {
                fetch(next->skip);
                walk(all, next, ahead);
            }
            walk(all, chunk, f);
            cache.give(chunk);
            chunk = next;
        }
    }

private:
    template <class F>
    static void walk(const ChunkList& list, const Chunk* chunk, F& f)
    {
        const std::byte* at = chunk->data;
        const std::byte* end = at + (chunk == list.tail ? list.tail_used : chunk->used);
        while (at != end) {
            const auto& head = *std::launder(reinterpret_cast<const WireHeader*>(at));
            at += f(head, at + sizeof head);
        }
    }
};

} // namespace sim
