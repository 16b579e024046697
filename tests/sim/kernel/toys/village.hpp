#pragma once

#include "sim/kernel/engine.hpp"

#include <vector>

namespace toys {

/// A small model that uses everything the kernel offers: two rosters, three message types, showcases, births, deaths, returned messages,
/// tallies, claims and far-future messages. Villagers trade a conserved quantity of goods.
struct Village {
    static constexpr sim::Tick ticks_per_window = 24;
    static constexpr int ring_windows = 16;

    struct Parcel {
        static constexpr const char* name = "parcel";
        std::int64_t goods;
    };
    struct Return {
        static constexpr const char* name = "return";
        std::int64_t goods;
        sim::AgentId from;
        std::int32_t reason;
    };
    struct Thanks {
        static constexpr const char* name = "thanks";
        double joy; // with an odd member behind it, so that the message has padding
        std::int16_t rank;
    };
    struct Review {
        static constexpr const char* name = "review";
        static constexpr int cohorts = 7;
    };
    struct Census {
        static constexpr const char* name = "census";
        static constexpr int cohorts = 1;
    };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        std::int32_t age;
        std::int64_t goods;
        std::uint64_t trace;
        double joy;
        std::int64_t reviews;
    };
    struct Showcase {
        std::int64_t goods = -1;
    };
    struct Claim {
        sim::Key key;
        sim::AgentId id;
        std::int64_t amount;

        void visit_state(sim::Archive& archive) { archive("key", key), archive("id", id), archive("amount", amount); }
    };
    using Ctx = sim::Context<Village>;
    using Phases = sim::Phases<sim::Messages<Return>, sim::Messages<Parcel>, sim::Visits<Review>, sim::Messages<Thanks>,
                               sim::Visits<Census>>;

    Village(int threads, sim::AgentId founders) : tally(threads, 2), claims(threads), founded(founders) {}

    void on(const Parcel& parcel, const sim::Header& header, Agent& self, Ctx& ctx) const
    {
        remember(self, header, ctx);
        self.goods += parcel.goods;
        if (header.source != sim::no_agent && parcel.goods % 3 == 0)
            ctx.send(header.source, Thanks{0.125, 2}, 24 + 24 * (parcel.goods % 40));
        if (parcel.goods % 5 == 0) ctx.send_self(Thanks{0.5, 1}, 1); // a later phase of today, or tomorrow
    }
    void on(const Return& back, const sim::Header& header, Agent& self, Ctx& ctx) const
    {
        remember(self, header, ctx);
        self.goods += back.goods;
    }
    void on(const Thanks& thanks, const sim::Header& header, Agent& self, Ctx& ctx) const
    {
        remember(self, header, ctx);
        self.joy += thanks.joy;                                  // multiples of 1/8: exact in any order
        if (thanks.rank == 1) ctx.send_self(Thanks{0.25, 0}, 0); // today's list
        tally.add(ctx.thread(), 1, 1);
    }
    void visit(Review, Agent& self, Ctx& ctx) const
    {
        ++self.reviews;
        const sim::Draw draw = ctx.draw(1, static_cast<std::uint32_t>(ctx.window()));
        const auto to = static_cast<sim::AgentId>(draw.uniform() * founded);
        const std::int64_t seen = ctx.showcase(to).goods;
        const std::int64_t amount = std::min<std::int64_t>(self.goods, 1 + (seen & 7));
        self.trace = sim::mix_into(self.trace, static_cast<std::uint64_t>(seen) + ctx.alive(to));
        if (amount > 0) {
            self.goods -= amount;
            ctx.send(to, Parcel{amount}, 24 + static_cast<sim::Tick>(draw.uniform(1) * 24 * 30));
        }
        ctx.own_showcase().goods = self.goods;
        if (draw.uniform(2) < 0.05) claims.add(ctx.thread(), {self.key, self.id, amount});
        if (draw.uniform(3) < 0.02) ctx.die();
    }
    void visit(Census, Agent& self, Ctx& ctx) const
    {
        ++self.age;
        tally.add(ctx.thread(), 0, self.goods);
    }

    void undeliverable(const Parcel& parcel, const sim::Header& header, Ctx& ctx) const
    {
        if (header.source != sim::no_agent && ctx.alive(header.source))
            ctx.send(header.source, Return{parcel.goods, header.target, 1}, 24);
        else
            tally.add(ctx.thread(), 0, 0), lost.add(ctx.thread(), 0, parcel.goods);
    }
    void undeliverable(const Return& back, const sim::Header&, Ctx& ctx) const
    {
        lost.add(ctx.thread(), 0, back.goods);
    }
    void undeliverable(const Thanks&, const sim::Header&, Ctx&) const {}

    int cohort(Review, const Agent& agent) const { return static_cast<int>(agent.key % Review::cohorts); }
    void due(Review, sim::Window window, std::vector<int>& cohorts) const
    {
        cohorts.push_back(window % Review::cohorts);
    }
    void due(Census, sim::Window window, std::vector<int>& cohorts) const
    {
        if (window % 5 == 0) cohorts.push_back(0);
    }

    void on_removed(Agent& agent, sim::Barrier<Village>&)
    {
        estate += agent.goods;
        removed = sim::mix_into(removed, agent.id);
    }
    void at_barrier(sim::Barrier<Village>& barrier)
    {
        census = tally.reduce()[0];
        estate += lost.reduce()[0];
        for (const Claim& claim : claims.take())
            granted = sim::mix_into(granted, claim.id + static_cast<std::uint64_t>(claim.amount));
        const int births = barrier.window() % 3;
        for (int i = 0; i < births; ++i) {
            Agent child{};
            child.key = sim::make_key(7, barrier.window(), i);
            child.goods = estate;
            estate = 0;
            const sim::AgentId id = barrier.create(child);
            barrier.send(id, Parcel{0}, 24);
        }
    }
    void hash_state(sim::Hasher& hasher) const
    {
        hasher.add(estate);
        hasher.add(granted);
        hasher.add(removed);
        hasher.add(census);
    }

    void visit_state(sim::Archive& archive)
    {
        archive("tally", tally), archive("lost", lost), archive("claims", claims);
        archive("estate", estate), archive("census", census), archive("granted", granted), archive("removed", removed);
    }

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("age", a.age);
        f("goods", a.goods);
        f("trace", a.trace);
        f("joy", a.joy);
        f("reviews", a.reviews);
    }

    static void remember(Agent& self, const sim::Header& h, Ctx& ctx)
    {
        self.trace = sim::mix_into(self.trace, static_cast<std::uint64_t>(ctx.now()) << 32 ^ h.source);
    }

    mutable sim::Tally tally;
    mutable sim::Tally lost = tally;
    mutable sim::Claims<Claim> claims;
    sim::AgentId founded;
    std::int64_t estate = 0;
    std::int64_t census = 0;
    std::uint64_t granted = 0;
    std::uint64_t removed = 0;
};

} // namespace toys
