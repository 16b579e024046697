// What an instrument of industrial policy is: the keys of its kind, and what it does at each seam of the model.
#pragma once

#include "models/policy/programme.hpp"
#include "models/policy/state.hpp"
#include "models/policy/terms.hpp"
#include "models/units.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fabrica {

class Desk;
struct Firm;
struct World;
class PolicyDesk;

/// A programme on a day when it is in force (or, for who anticipates, announced).
struct InForce {
    const Programme& programme;
    const Scope& scope;
    const ProgrammeState& state;
    const World& world;
    sim::Date today;

    /// Today's value of a dated rate, times the programme's intensity and, if it leans against the cycle, this month's factor.
    [[nodiscard]] double rate(const sim::scenario::Dated& rate) const
    {
        return rate.at(today) * programme.intensity * state.cycle;
    }
    /// Money of the budget released by this month and not yet granted [fen]; the largest number when there is no limit.
    [[nodiscard]] std::int64_t room() const;
    /// Whether it is for a sector, a province.
    [[nodiscard]] bool covers_sector(std::size_t s) const { return (scope.sectors >> s & 1U) != 0; }
    [[nodiscard]] bool covers_region(std::size_t r) const { return (scope.regions >> r & 1U) != 0; }
    /// What a recipient can count on of an award asked for: part implemented, times part granted in the last round.
    [[nodiscard]] double expected() const { return programme.implementation * state.fill; }
};

/// Names that an instrument's own keys may refer to.
struct KnownNames {
    std::vector<std::string> sectors, regions, categories, outside;
};
using NameCheck = std::function<void(const char* key, const std::vector<std::string>& given,
                                     const std::vector<std::string>& known, const char* what)>;

/// One kind of programme; each programme has an object of its own, which holds its keys and never changes in a run. What it must remember
/// is in its ProgrammeState. Every hook does nothing by default. At intensity 0 every hook must leave the run as it is, bit for bit.
class Instrument {
public:
    Instrument() = default;
    Instrument(const Instrument&) = delete;
    Instrument& operator=(const Instrument&) = delete;
    virtual ~Instrument() = default;

    /// Its own keys, beside those of every programme.
    virtual void bind(sim::scenario::KeyTable& table) = 0;
    /// Names in its own keys.
    virtual void check(const KnownNames&, const NameCheck&) const {}
    /// Whether it pays money out: such a programme may have a budget, and its incidence sums to what it has disbursed.
    [[nodiscard]] virtual bool pays() const { return true; }

    /// What an eligible firm's rules see, at its monthly review.
    virtual void adjust(Terms&, const InForce&, const Firm&) const {}
    /// Support that an eligible firm asks for at a month's end [fen], >= 0: the month's accounts are still open. An instrument that
    /// orders something of the firm does it here.
    [[nodiscard]] virtual double claim(const InForce&, Desk&) const { return 0; }
    /// What the firm does with an award, once it has the money.
    virtual void receive(const InForce&, Desk&, Money) const {}
    /// What the firm owes for the month [fen], >= 0, paid to the treasury at once.
    [[nodiscard]] virtual double levy(const InForce&, const Desk&) const { return 0; }
    /// A claim of an award round that is granted, at the barrier; the money reaches the firm a day later.
    virtual void granted(PolicyDesk&, const PolicyClaim&, std::int64_t) const {}
    /// What markets see.
    virtual void markets(MarketTerms&, const InForce&) const {}
    /// What the institution does at the barrier of a month's end.
    virtual void month(PolicyDesk&) const {}
    /// Part of a bank's loss on a firm that closes which the government bears [fen] (E11).
    [[nodiscard]] virtual double cover(const InForce&, const Firm&, Money) const { return 0; }
    /// Founders' support for a firm that enters [fen] (E16), paid to it at its birth.
    [[nodiscard]] virtual double founding(const InForce&, const Firm&) const { return 0; }
    /// What markets see of it between its announcement and the first day in force.
    virtual void announced(MarketTerms&, const InForce&) const {}
};

/// One line of the catalogue.
struct InstrumentKind {
    const char* name;
    const char* help;
    std::shared_ptr<Instrument> (*make)();
};
const std::vector<InstrumentKind>& instrument_catalogue();

template <class T>
std::shared_ptr<Instrument> make_instrument()
{
    return std::make_shared<T>();
}

} // namespace fabrica
