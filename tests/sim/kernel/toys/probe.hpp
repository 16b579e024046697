#pragma once

#include "sim/kernel/engine.hpp"

#include <functional>
#include <vector>

namespace toys {

/// A model whose handlers are set by each test. Two message types with a roster between them; run it with the serial back end when
/// handlers write to shared variables.
struct Probe {
    static constexpr sim::Tick ticks_per_window = 10;
    static constexpr int ring_windows = 8;
    static constexpr std::uint32_t today_depth = 20;

    struct Early {
        static constexpr const char* name = "early";
        std::int64_t code;
    };
    struct Late {
        static constexpr const char* name = "late";
        std::int64_t code;
        std::int32_t more;
    };
    struct Weekly {
        static constexpr const char* name = "weekly";
        static constexpr int cohorts = 7;
    };
    struct Daily {
        static constexpr const char* name = "daily";
        static constexpr int cohorts = 1;
    };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        std::int32_t count;
        std::int64_t value;
        double level;
        float weights[3];
        bool flag;
    };
    struct Showcase {
        std::int64_t value = -1;
    };
    using Ctx = sim::Context<Probe>;
    using Phases = sim::Phases<sim::Messages<Early>, sim::Visits<Weekly>, sim::Messages<Late>, sim::Visits<Daily>>;

    std::function<void(const Early&, const sim::Header&, Agent&, Ctx&)> on_early = [](auto&&...) {};
    std::function<void(const Late&, const sim::Header&, Agent&, Ctx&)> on_late = [](auto&&...) {};
    std::function<void(Agent&, Ctx&)> on_weekly = [](auto&&...) {};
    std::function<void(Agent&, Ctx&)> on_daily = [](auto&&...) {};
    std::function<void(std::int64_t, const sim::Header&, Ctx&)> on_lost = [](auto&&...) {};
    std::function<void(Agent&, sim::Barrier<Probe>&)> on_funeral = [](auto&&...) {};
    std::function<void(sim::Barrier<Probe>&)> on_barrier = [](auto&&...) {};
    std::function<void(sim::Window, std::vector<int>&)> weekly_due = [](sim::Window w, std::vector<int>& c) {
        c.push_back(w % 7);
    };
    std::function<int(const Agent&)> weekly_cohort = [](const Agent& a) { return static_cast<int>(a.key % 7); };

    void on(const Early& m, const sim::Header& h, Agent& a, Ctx& c) const { on_early(m, h, a, c); }
    void on(const Late& m, const sim::Header& h, Agent& a, Ctx& c) const { on_late(m, h, a, c); }
    void visit(Weekly, Agent& a, Ctx& c) const { on_weekly(a, c); }
    void visit(Daily, Agent& a, Ctx& c) const { on_daily(a, c); }
    void undeliverable(const Early& m, const sim::Header& h, Ctx& c) const { on_lost(m.code, h, c); }
    void undeliverable(const Late& m, const sim::Header& h, Ctx& c) const { on_lost(m.code, h, c); }
    int cohort(Weekly, const Agent& a) const { return weekly_cohort(a); }
    void due(Weekly, sim::Window w, std::vector<int>& c) const { weekly_due(w, c); }
    void due(Daily, sim::Window, std::vector<int>& c) const { c.push_back(0); }
    void on_removed(Agent& a, sim::Barrier<Probe>& b) { on_funeral(a, b); }
    void at_barrier(sim::Barrier<Probe>& b) { on_barrier(b); }

    static Showcase first_showcase(const Agent& a) { return {a.value}; }

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("count", a.count);
        f("value", a.value);
        f("level", a.level);
        f("weights", a.weights);
        f("flag", a.flag);
    }
};

/// An agent whose key is its ordinal.
inline Probe::Agent probe_agent(sim::Key key, std::int64_t value = 0) { return {key, 0, 0, value, 0, {}, false}; }

/// An engine on one thread with `agents` founders of keys 0, 1, 2...
struct ProbeBench {
    explicit ProbeBench(sim::AgentId agents, int block_size = 0)
        : engine(model, {.seed = 1, .threads = 1, .block_size = block_size, .backend = sim::Backend::serial})
    {
        for (sim::AgentId i = 0; i < agents; ++i) engine.found(probe_agent(i, 100 + i));
    }

    Probe model;
    sim::Engine<Probe> engine;
};

} // namespace toys
