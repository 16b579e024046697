// The model as the kernel sees it: phases of a day, handlers, institutions at the barrier.
#pragma once

#include "models/events.hpp"
#include "models/state/firm.hpp"
#include "models/world.hpp"

namespace fabrica {

class Manufacturing;
using Context = sim::Context<Manufacturing>;
using Barrier = sim::Barrier<Manufacturing>;
using Engine = sim::Engine<Manufacturing>;

/// What a seller shows to buyers; others see it a day later.
struct Showcase {
    float price = 1;          // yuan per unit
    float backlog_months = 0; // of capacity
    float capacity = 0;       // thousandths per day
    float quality = 0;        // what it adds to the utility of a choice (E6)
};

class Manufacturing {
public:
    using Agent = Firm;
    using Showcase = fabrica::Showcase;
    using Phases = sim::Phases<sim::Messages<LoanAnswer>, sim::Messages<Award>, sim::Messages<OrderCancelled>,
                               sim::Messages<Delivery>, sim::Messages<Payment>, sim::Messages<Order>,
                               sim::Messages<BackloggedOrder>, sim::Messages<PlatformJob>,
                               sim::Messages<PlatformNotice>, sim::Visits<MonthlyPlan>, sim::Visits<MonthEnd>>;
    static constexpr sim::Tick ticks_per_window = 24; // hours
    static constexpr int ring_windows = 64;

    explicit Manufacturing(World& world) : world_(world) {}

    void on(const LoanAnswer&, const sim::Header&, Firm&, Context&) const;
    void on(const Award&, const sim::Header&, Firm&, Context&) const;
    void on(const OrderCancelled&, const sim::Header&, Firm&, Context&) const;
    void on(const Delivery&, const sim::Header&, Firm&, Context&) const;
    void on(const Payment&, const sim::Header&, Firm&, Context&) const;
    void on(const Order&, const sim::Header&, Firm&, Context&) const;
    void on(const BackloggedOrder&, const sim::Header&, Firm&, Context&) const;
    void on(const PlatformJob&, const sim::Header&, Firm&, Context&) const;
    void on(const PlatformNotice&, const sim::Header&, Firm&, Context&) const;
    void visit(MonthlyPlan, Firm&, Context&) const;
    void visit(MonthEnd, Firm&, Context&) const;

    // What happens to messages whose addressee has died.
    void undeliverable(const LoanAnswer&, const sim::Header&, Context&) const {}
    void undeliverable(const Award&, const sim::Header&, Context&) const;
    void undeliverable(const OrderCancelled&, const sim::Header&, Context&) const {}
    void undeliverable(const Delivery&, const sim::Header&, Context&) const;
    void undeliverable(const Payment&, const sim::Header&, Context&) const;
    void undeliverable(const Order&, const sim::Header&, Context&) const;
    void undeliverable(const BackloggedOrder&, const sim::Header&, Context&) const;
    void undeliverable(const PlatformJob&, const sim::Header&, Context&) const;
    void undeliverable(const PlatformNotice&, const sim::Header&, Context&) const;

    [[nodiscard]] int cohort(MonthlyPlan, const Firm& firm) const { return firm.cohort; }
    [[nodiscard]] int cohort(MonthEnd, const Firm&) const { return 0; }
    void due(MonthlyPlan, sim::Window, std::vector<int>& cohorts) const;
    void due(MonthEnd, sim::Window, std::vector<int>& cohorts) const;

    void at_barrier(Barrier& barrier);
    void on_removed(Firm& firm, Barrier& barrier);

    /// Cache lines of a firm that a message will touch: those of money, and where stocks are settled the head and the input slots.
    template <class Message>
    static void prefetch(const Firm& firm)
    {
        __builtin_prefetch(&firm, 1);
        __builtin_prefetch(&firm.month_revenue, 1);
        if constexpr (std::is_same_v<Message, Delivery> || std::is_same_v<Message, Order> ||
                      std::is_same_v<Message, BackloggedOrder> || std::is_same_v<Message, PlatformJob>) {
            __builtin_prefetch(&firm.daily_rate, 1);
            for (std::size_t j = 0; j < max_slots; j += 2) __builtin_prefetch(&firm.slot[j], 1);
        }
        if constexpr (std::is_same_v<Message, Delivery>) __builtin_prefetch(&firm.bills, 1);
        if constexpr (std::is_same_v<Message, Order> || std::is_same_v<Message, BackloggedOrder>)
            __builtin_prefetch(&firm.ordered, 1);
        if constexpr (std::is_same_v<Message, LoanAnswer>) __builtin_prefetch(&firm.bank);
    }

    template <class F>
    static void fields(Firm& firm, F&& visit)
    {
        visit_fields(firm, visit);
    }

    /// The institutions' part of the state hash: books, stocks, prices, shares.
    void hash_state(sim::Hasher& hasher) const;

    /// The institutions' part of a checkpoint.
    void visit_state(sim::Archive& archive) { world_.visit_state(archive); }

    World& world() { return world_; }

private:
    World& world_;
};

} // namespace fabrica

// A large template: compiled once, in models/engine.cpp.
extern template class sim::Engine<fabrica::Manufacturing>;
