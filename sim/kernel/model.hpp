#pragma once

#include "sim/base/key.hpp"

#include <bit>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sim {

/// A phase that hands out one message type. The payload is trivially copyable, at most 24 bytes, with `static constexpr const char* name`.
template <class M>
struct Messages {
    using Message = M;
};

/// A phase that visits agents by roster. A is an empty tag with `static constexpr const char* name` and `static constexpr int cohorts`
/// (1: every agent is in the one cohort).
template <class A>
struct Visits {
    using Activity = A;
};

/// The fixed order of a model's phases within a window.
template <class... P>
struct Phases {
};

/// What the kernel knows of a message.
struct Header {
    AgentId target = no_agent;
    AgentId source = no_agent; // no_agent: an institution
    std::uint32_t serial = 0;  // counts what the source has sent
    std::uint32_t tick = 0;    // inside its window
};

namespace detail {

template <class P>
inline constexpr bool is_message_phase = false;
template <class T>
inline constexpr bool is_message_phase<Messages<T>> = true;

template <class List>
struct PhaseList;

template <class... P>
struct PhaseList<Phases<P...>> {
    static constexpr std::size_t count = sizeof...(P);
    static constexpr std::size_t messages = (std::size_t{is_message_phase<P>} + ... + 0);
    static constexpr std::size_t rosters = count - messages;

    template <class Phase>
    static constexpr std::size_t index()
    {
        static_assert((std::size_t{std::is_same_v<P, Phase>} + ... + 0) == 1,
                      "each message type and activity is listed in exactly one phase");
        std::size_t at = 0;
        bool found = false;
        ((found = found || std::is_same_v<P, Phase>, at += found ? 0 : 1), ...);
        return at;
    }

    /// Position of a phase among the phases of its own sort.
    template <class Phase>
    static constexpr std::size_t rank()
    {
        constexpr std::size_t end = index<Phase>();
        std::size_t at = 0, same = 0;
        ((same += at++ < end && is_message_phase<P> == is_message_phase<Phase> ? 1 : 0), ...);
        return same;
    }

    /// Calls f.template operator()<Message>() for each message type, in phase order.
    template <class F>
    static constexpr void each_message(F&& f)
    {
        (call_if_message<P>(f), ...);
    }

    /// The same until a call returns true.
    template <class F>
    static constexpr void find_message(F&& f)
    {
        static_cast<void>((is_found_in<P>(f) || ...));
    }

    /// Calls f.template operator()<Activity>() for each activity, in phase order.
    template <class F>
    static void each_activity(F&& f)
    {
        (call_if_activity<P>(f), ...);
    }

    /// Calls f.template operator()<Phase>() for each phase, in order.
    template <class F>
    static void each_phase(F&& f)
    {
        (f.template operator()<P>(), ...);
    }

private:
    template <class Phase, class F>
    static constexpr void call_if_message(F& f)
    {
        if constexpr (is_message_phase<Phase>) f.template operator()<typename Phase::Message>();
    }
    template <class Phase, class F>
    static constexpr bool is_found_in(F& f)
    {
        if constexpr (is_message_phase<Phase>)
            return f.template operator()<typename Phase::Message>();
        else
            return false;
    }
    template <class Phase, class F>
    static void call_if_activity(F& f)
    {
        if constexpr (!is_message_phase<Phase>) f.template operator()<typename Phase::Activity>();
    }
};

} // namespace detail

/// Compile-time facts about a model, checked when the engine is instantiated.
template <class M>
struct ModelTraits {
    using Agent = typename M::Agent;
    using Showcase = typename M::Showcase;
    using List = detail::PhaseList<typename M::Phases>;

    static constexpr Tick ticks_per_window = M::ticks_per_window;
    static constexpr Window ring_windows = M::ring_windows;

    /// Position of a message type among the message types; position of an activity among the activities.
    template <class Msg>
    static constexpr std::size_t message_rank = List::template rank<Messages<Msg>>();
    template <class A>
    static constexpr std::size_t roster_rank = List::template rank<Visits<A>>();
    template <class Msg>
    static constexpr std::size_t message_phase = List::template index<Messages<Msg>>();

    /// Longest chain of same-window self messages before the run is stopped as endless. A model may set its own `today_depth`.
    static constexpr std::uint32_t today_depth = [] {
        if constexpr (requires { M::today_depth; })
            return std::uint32_t{M::today_depth};
        else
            return 1000u;
    }();

    static constexpr std::size_t largest_message = 24;
    template <class Msg>
    static constexpr bool fits = std::is_trivially_copyable_v<Msg> &&
                                 (std::is_empty_v<Msg> || sizeof(Msg) <= largest_message) && alignof(Msg) <= 8;

    static_assert(std::is_trivially_copyable_v<Agent>, "an agent is copied as bytes");
    static_assert(std::is_same_v<decltype(Agent::key), Key> && std::is_same_v<decltype(Agent::id), AgentId>,
                  "an agent has a Key key and an AgentId id");
    static_assert(std::is_trivially_copyable_v<Showcase> && sizeof(Showcase) <= 32,
                  "a showcase is small and copied as bytes");
    static_assert(ticks_per_window > 0 && ticks_per_window <= (Tick{1} << 32), "a tick inside a window has 32 bits");
    static_assert(ring_windows >= 2 && std::has_single_bit(static_cast<unsigned>(ring_windows)),
                  "ring_windows is a power of two");
};

} // namespace sim
