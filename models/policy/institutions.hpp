// What institutions do about programmes at the barrier.
#pragma once

#include "models/markets/institutions.hpp"
#include "models/policy/instrument.hpp"
#include "models/policy/state.hpp"

namespace fabrica {

/// Which programmes are in force on the next window, and what markets see of them. Daily; also before the first day and after a restore.
void refresh_programmes(World& world, sim::Window next);

/// Support of the programmes in force for a firm that enters (E16).
void support_founders(World& world, Barrier& barrier, const Firm& firm);

/// What the programmes in force bear of a bank's loss on a firm that closes [fen]; paid at once.
std::int64_t cover_loss(World& world, Barrier& barrier, const Firm& firm, Money loss);

/// At a month's end, behind the books: accounts of the month, awards, what institutions do, yearly evaluation.
void run_programmes(World& world, Barrier& barrier);

/// An institution's desk at the barrier of a month's end: pays in the programme's name, exactly.
class PolicyDesk {
public:
    PolicyDesk(World& w, Barrier& b, std::size_t number) : world(w), barrier(b), number_(number) {}

    World& world;
    Barrier& barrier;

    [[nodiscard]] const Programme& programme() const { return world.config.policies[number_]; }
    [[nodiscard]] ProgrammeState& state() { return world.policy.programme[number_]; }
    [[nodiscard]] InForce in_force() const
    {
        return {programme(), scope(), world.policy.programme[number_], world, world.policy.today};
    }
    [[nodiscard]] const Scope& scope() const { return world.policy.scope[number_]; }
    /// k-th draw of an institution's decision this month.
    [[nodiscard]] sim::Draw draw(Purpose purpose, sim::Key about = 0) const;

    /// Money left for this month [fen]: all of it when there is no budget.
    [[nodiscard]] std::int64_t room() const;
    /// Spends up to the room, shared between the central government and a province as the programme says.
    /// @param sector, region  -1: none; then all provinces together pay what is not the central government's
    /// @return what was paid [fen]
    std::int64_t pay(Recipient who, std::size_t account, std::int64_t fen, int sector = -1, int region = -1);
    /// Pays a province's government, up to the room; all of it by the central government.
    std::int64_t reward(int region, std::int64_t fen);
    /// Counts money that another rule has paid in the programme's name.
    void note_paid(Recipient who, std::int64_t fen, int sector = -1);
    /// Sends money to a firm; it is counted when it arrives, against the budget now.
    void award(const Firm& firm, std::int64_t fen);
    void count(PolicyPlan::Count what, std::int64_t x = 1) { add(world.policy.plan.count(what), x); }
    /// Money collected for the treasury from an account.
    void levy(std::size_t account, std::int64_t fen);

private:
    std::int64_t book(Recipient who, std::int64_t fen, int sector, int region);
    void pay_by_provinces(std::size_t account, std::int64_t fen, int region);
    void add(std::size_t cell, std::int64_t x) { world.policy.programme[number_].month[cell] += x; }

    std::size_t number_;
};

} // namespace fabrica
