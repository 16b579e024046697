#pragma once

#include "sim/kernel/lists.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

namespace sim {

/// The message types of a model by number, for code that meets them in any order.
template <class M>
struct MessageTypes {
    using List = typename ModelTraits<M>::List;
    static constexpr std::size_t count = List::messages;

    template <class Msg>
    static constexpr std::uint32_t rank = static_cast<std::uint32_t>(ModelTraits<M>::template message_rank<Msg>);

    /// Bytes of an entry in a byte list, and of a record in a typed one.
    struct Sizes {
        std::uint32_t wire, record;
    };
    static constexpr std::array<Sizes, count + 1> sizes = [] {
        std::array<Sizes, count + 1> all{};
        std::size_t i = 0;
        List::each_message([&]<class Msg>() {
            static_assert(std::is_empty_v<Msg> || sizeof(Record<Msg>) == sizeof(Header) + sizeof(Msg));
            all[i++] = {ByteList::size_of<Msg>, sizeof(Record<Msg>)};
        });
        return all;
    }();

    /// Calls f(message) with the payload of a wire entry in its own type; returns the size of the entry.
    template <class F>
    static std::size_t with_message(const WireHeader& head, const std::byte* payload, F&& f)
    {
        const std::uint32_t type = head.type;
        std::size_t size = 0;
        List::find_message([&]<class Msg>() {
            if (type != rank<Msg>) return false;
            if constexpr (std::is_empty_v<Msg>)
                f(Msg{});
            else
                f(*std::launder(reinterpret_cast<const Msg*>(payload)));
            size = ByteList::size_of<Msg>;
            return true;
        });
        return size;
    }
};

} // namespace sim
