#pragma once

#include "sim/base/archive.hpp"
#include "sim/base/packed_words.hpp"
#include "sim/kernel/core.hpp"

namespace sim {

/// One block as bytes: who is dead and with which serial, the living with serial and showcase, and the messages under way to the block.
/// Slots, graves, rosters and the order of messages are left out: no result depends on them. So the bytes can be taken in by blocks of
/// another number, as long as each task owns the blocks that the ids lead to.
template <class M>
class BlockImage {
public:
    using Traits = ModelTraits<M>;
    using Agent = typename M::Agent;
    using Showcase = typename M::Showcase;

    /// Replaces `bytes` by the image, at a barrier, `core.window` being the next window.
    static void take(const Core<M>& core, const Block<M>& block, std::vector<std::byte>& bytes)
    {
        const auto pending = static_cast<std::size_t>(core.pending_to(block));
        Archive out = Archive::into(std::move(bytes));
        out.reserve(block.living() * (PackedWords<Agent>::most_bytes + sizeof(Showcase) + 4) + 4 * block.locals() +
                    pending * most_bytes + 64);
        out.count(block.locals(), 4);
        for (std::uint32_t local = 0; local < block.locals(); ++local) {
            const std::uint32_t place = block.place(block.id_of(local));
            put(out, (place & Block<M>::dead_flag) != 0 ? place : 0);
        }
        out.count(block.living(), least_bytes);
        block.each_agent([&](const Agent& agent, std::uint32_t serial) {
            PackedWords<Agent>::put(out, agent);
            put(out, serial);
            if constexpr (Block<M>::has_showcase) put(out, block.shown(core.window, agent.id));
        });
        out.count(pending, sizeof(Header));
        core.each_pending_to(block, [&](const Header& header, const auto& message, Window due) {
            put_message(out, header, message, due);
        });
        bytes = out.take();
    }

    /// Takes in what `take` gave for block `number` of a state with 2^shift blocks. The blocks of `core` know how many ids they have.
    static void absorb(Core<M>& core, std::uint32_t number, unsigned shift, std::span<const std::byte> bytes,
                       ChunkCache& cache)
    {
        Archive in(bytes);
        const std::size_t locals = in.count(0, 4);
        for (std::uint32_t local = 0; local < locals; ++local) {
            const AgentId id = local << shift | number;
            const auto place = get<std::uint32_t>(in);
            if ((place & Block<M>::dead_flag) != 0) known(core, id).set_dead_serial(id, place & ~Block<M>::dead_flag);
        }
        for (std::size_t left = in.count(0, least_bytes); left > 0; --left) {
            const auto agent = PackedWords<Agent>::get(in);
            const auto serial = get<std::uint32_t>(in);
            Showcase shown{};
            if constexpr (Block<M>::has_showcase) shown = get<Showcase>(in);
            known(core, agent.id).settle(core.model, agent, serial, shown);
        }
        absorb_messages(core, in, cache);
        in.end();
    }

private:
    static constexpr std::size_t most_bytes = sizeof(Header) + 8 + 24; // of a message
    static constexpr std::size_t least_bytes = 8;                      // of an agent, whose zeros are left out

    // In one piece: there are many of them.
    template <class Msg>
    static void put_message(Archive& out, const Header& header, const Msg& message, Window due)
    {
        constexpr auto type = static_cast<std::uint32_t>(Traits::template message_rank<Msg>);
        constexpr std::size_t payload = std::is_empty_v<Msg> ? 0 : sizeof(Msg);
        std::array<std::byte, sizeof header + sizeof due + sizeof type + payload> entry;
        std::byte* at = entry.data();
        const auto add = [&at](const void* data, std::size_t size) {
            std::memcpy(std::exchange(at, at + size), data, size);
        };
        add(&header, sizeof header), add(&due, sizeof due), add(&type, sizeof type);
        if constexpr (payload > 0) add(&message, payload);
        out.raw(entry.data(), entry.size());
    }

    static void absorb_messages(Core<M>& core, Archive& in, ChunkCache& cache)
    {
        for (std::size_t left = in.count(0, sizeof(Header)); left > 0; --left) {
            const auto header = get<Header>(in);
            const auto due = get<Window>(in);
            const auto type = get<std::uint32_t>(in);
            if (due < core.window || type >= Traits::List::messages)
                throw ArchiveError("a message under way is none of this model");
            Traits::List::each_message([&]<class Msg>() {
                if (type != Traits::template message_rank<Msg>) return;
                known(core, header.target).accept(cache, core.window, due, header, get<Msg>(in));
            });
        }
    }

    template <class T>
    static void put(Archive& out, T value)
    {
        out.raw(&value, sizeof value);
    }
    template <class T>
    static T get(Archive& in)
    {
        std::array<std::byte, sizeof(T)> bytes{};
        if constexpr (!std::is_empty_v<T>) in.raw(bytes.data(), bytes.size());
        return std::bit_cast<T>(bytes);
    }

    static Block<M>& known(Core<M>& core, AgentId id)
    {
        if (id >= core.next_id) throw ArchiveError("an agent has an id that was never given");
        return core.block_of(id);
    }
};

} // namespace sim
