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

/// A chain of chunks; what they hold is known to the code that names the list. A chunk points to those filled before it, so that what was
/// written long ago, and lies far away, is left alone until it is read. Readers go from the last chunk to the first, and forward in each.
struct ChunkList {
    Chunk* last = nullptr;
    Chunk* before = nullptr; // the one before the last
    std::byte* at = nullptr; // where the next entry goes, in the last chunk
    std::uint32_t count = 0; // entries

    /// Memory for an entry at the end.
    std::byte* grow(std::uint32_t size, ChunkCache& cache)
    {
        if (Chunk::bytes_behind(at) < size + Chunk::slack) [[unlikely]]
            add_chunk(cache);
        std::byte* const entry = at;
        at += size;
        ++count;
        return entry;
    }

    [[nodiscard]] std::uint32_t last_used() const
    {
        return static_cast<std::uint32_t>(at == nullptr ? 0 : at - last->data);
    }

private:
    [[gnu::noinline]] void add_chunk(ChunkCache& cache)
    {
        Chunk* chunk = cache.take();
        chunk->next = last;
        chunk->skip = before;
        chunk->next_used = last_used();
        before = last;
        last = chunk;
        at = chunk->data;
    }
};

/// Brings near what an array of n elements holds.
template <class T>
[[gnu::always_inline]] inline void fetch_array(const T* array, std::size_t n)
{
    const auto* bytes = reinterpret_cast<const std::byte*>(array);
    for (std::size_t at = 0; at < n * sizeof(T); at += 64) __builtin_prefetch(bytes + at);
}

/// Brings a whole chunk near; the processor does not follow chains by itself. Inlined by force, as all that only fetches: the compiler takes
/// such a function for one without effect, and drops the call.
[[gnu::always_inline]] inline void fetch(const Chunk* chunk)
{
    if (chunk == nullptr) return;
    const auto* bytes = reinterpret_cast<const std::byte*>(chunk);
    for (std::size_t at = 0; at < sizeof(Chunk); at += 64) __builtin_prefetch(bytes + at);
}

/// Typed lists: records of one message type, one behind the other.
template <class Msg>
struct TypedList {
    using Entry = Record<Msg>;

    /// Writes field by field in place: a record put together on the stack and copied in one piece would wait for its own stores.
    static void push(ChunkList& list, ChunkCache& cache, std::uint32_t target, const Header& header, const Msg& message)
    {
        ::new (list.grow(sizeof(Entry), cache)) Entry{{target, header.source, header.serial, header.tick}, message};
    }

    /// Calls f(entry) for each.
    template <class F>
    static void each(const ChunkList& list, F&& f)
    {
        std::uint32_t used = list.last_used();
        for (const Chunk* chunk = list.last; chunk != nullptr; chunk = chunk->next) {
            fetch(chunk->skip);
            walk(chunk, used, f);
            used = chunk->next_used;
        }
    }

    /// Calls f(entry) for each and frees each chunk behind it; the list is empty afterwards.
    template <class F>
    static void consume(ChunkList& list, ChunkCache& cache, F&& f)
    {
        std::uint32_t used = list.last_used();
        for (Chunk* chunk = std::exchange(list, ChunkList{}).last; chunk != nullptr;) {
            walk(chunk, used, f);
            used = chunk->next_used;
            cache.give(std::exchange(chunk, chunk->next));
        }
    }

private:
    template <class F>
    static void walk(const Chunk* chunk, std::uint32_t used, F& f)
    {
        const std::byte* const end = chunk->data + used;
        for (const std::byte* at = chunk->data; at != end; at += sizeof(Entry))
            f(*std::launder(reinterpret_cast<const Entry*>(at)));
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
        std::byte* const at = list.grow(size_of<Msg>, cache);
        ::new (at) WireHeader{{header.target, header.source, header.serial, header.tick}, due, type};
        if constexpr (!std::is_empty_v<Msg>) ::new (at + sizeof(WireHeader)) Msg(message);
    }

    /// Calls f(wire header, payload) for each; f returns the size of the entry.
    template <class F>
    static void each(const ChunkList& list, F&& f)
    {
        std::uint32_t used = list.last_used();
        for (const Chunk* chunk = list.last; chunk != nullptr; chunk = chunk->next) {
            walk(chunk, used, f);
            used = chunk->next_used;
        }
    }

    /// Calls f for each and frees each chunk behind it.
    template <class F>
    static void consume(ChunkList& list, ChunkCache& cache, F&& f)
    {
        fetch(list.before);
        std::uint32_t used = list.last_used();
        for (Chunk* chunk = std::exchange(list, ChunkList{}).last; chunk != nullptr;) {
            fetch(chunk->skip);
            walk(chunk, used, f);
            used = chunk->next_used;
            cache.give(std::exchange(chunk, chunk->next));
        }
    }

private:
    template <class F>
    [[gnu::always_inline]] static inline void walk(const Chunk* chunk, std::uint32_t used, F& f)
    {
        const std::byte* at = chunk->data;
        const std::byte* const end = at + used;
        while (at != end) {
            const auto& head = *std::launder(reinterpret_cast<const WireHeader*>(at));
            at += f(head, at + sizeof head);
        }
    }
};

} // namespace sim
