#include "models/policy/firm_policy.hpp"

#include "models/firms/plan.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <array>

namespace fabrica {
namespace {

InForce in_force(const World& w, std::size_t number)
{
    return {w.config.policies[number], w.policy.scope[number], w.policy.programme[number], w, w.policy.today};
}

sim::Draw draw(const Firm& f, const World& w, std::size_t number, Purpose purpose, std::uint32_t occasion)
{
    return {static_cast<std::uint32_t>(w.config.run.seed), sim::make_key(f.key, w.policy.name[number]),
            static_cast<std::uint16_t>(purpose), occasion};
}

std::uint32_t month_of(const World& w) { return static_cast<std::uint32_t>(w.national.month); }

bool is_eligible(const Firm& f, const World& w, std::size_t number, sim::Window window)
{
    return w.policy.scope[number].holds(f, 1 / w.days_per_year(), window);
}

/// Whether a firm that could misuse the programme does: a lasting trait.
bool misuses(const Firm& f, const World& w, std::size_t number)
{
    const double share = w.config.policies[number].misuse_share;
    return share > 0 && draw(f, w, number, Purpose::misuse, 0).uniform() < share;
}

/// A programme's accounts, from a handler of one firm.
class Account {
public:
    Account(const Desk& desk, std::size_t number) : desk_(desk), number_(number) {}

    void count(PolicyPlan::Count what, std::int64_t x = 1) const { add(plan().count(what), x); }

    /// Money to the firm (negative: from it), by the share of the central government and of its province.
    void pay(Desk& desk, Money money) const
    {
        const World& w = desk.world;
        const Programme& p = w.config.policies[number_];
        const Money central = rounded_fen(static_cast<double>(money.fen) * p.central_share);
        desk.pay(Transaction::subsidies, w.accounts.treasury(), -central);
        desk.pay(Transaction::subsidies, w.accounts.province(desk.firm.region), central - money);
        desk.note(EventKind::award, sim::no_agent, {}, money);
        add_incidence(money);
    }

private:
    [[nodiscard]] const PolicyPlan& plan() const { return desk_.world.policy.plan; }
    void add(std::size_t cell, std::int64_t x) const
    {
        desk_.world.policy.tally.add(desk_.thread(), desk_.world.policy.cell(number_, cell), x);
    }
    void add_incidence(Money money) const
    {
        const Firm& f = desk_.firm;
        for (const std::size_t cell :
             {plan().count(PolicyPlan::disbursed), plan().by_recipient(recipient_of(f)), plan().by_size(f.size_class),
              plan().by_sector(f.sector), plan().by_region(f.region)})
            add(cell, money.fen);
    }

    const Desk& desk_;
    std::size_t number_;
};

/// An award reaches the firm; one that had padded its claim may be found out and pays back.
void take_award(Desk& desk, std::size_t number, Money money)
{
    const World& w = desk.world;
    const Programme& p = w.config.policies[number];
    const Account account(desk, number);
    account.count(PolicyPlan::awards);
    account.pay(desk, money);
    p.instrument->receive(in_force(w, number), desk, money);
    if (p.audit_probability <= 0) return;
    if (draw(desk.firm, w, number, Purpose::audit, month_of(w)).uniform() >= p.audit_probability) return;
    account.count(PolicyPlan::audits);
    if (!misuses(desk.firm, w, number)) return;
    const Money back = rounded_fen(static_cast<double>(money.fen) * p.clawback * p.misuse_size / (1 + p.misuse_size));
    account.count(PolicyPlan::clawed_back, back.fen);
    account.pay(desk, -back);
}

void ask(Desk& desk, std::size_t number, Money money)
{
    const World& w = desk.world;
    const Firm& f = desk.firm;
    PolicyClaim claim{};
    claim.key = f.key, claim.id = f.id, claim.programme = static_cast<std::uint32_t>(number), claim.amount = money.fen;
    claim.merit = static_cast<float>(sim::math::log(std::max(1e-6, labour_productivity(f, w))));
    const double people = real_employees(f, w);
    claim.size = static_cast<float>(sim::math::log(std::max(1.0, expected_yearly_revenue(f))));
    claim.jobs = static_cast<float>(sim::math::log(people));
    claim.noise = static_cast<float>(draw(f, w, number, Purpose::award_noise, month_of(w)).normal());
    claim.is_state = f.ownership == Ownership::state;
    claim.is_connected = draw(f, w, number, Purpose::connection, 0).uniform() < 0.1;
    w.policy.claims.add(desk.thread(), claim);
}

void claim_support(Desk& desk, std::size_t number)
{
    const World& w = desk.world;
    const Programme& p = w.config.policies[number];
    double fen = p.instrument->claim(in_force(w, number), desk);
    if (fen <= 0) return;
    const Account account(desk, number);
    if (misuses(desk.firm, w, number)) fen *= 1 + p.misuse_size;
    account.count(PolicyPlan::applicants);
    const Money asked = rounded_fen(fen);
    account.count(PolicyPlan::asked, asked.fen);
    if (p.has_budget()) return ask(desk, number, asked);
    const Money granted = rounded_fen(fen * p.implementation);
    account.count(PolicyPlan::granted, granted.fen);
    if (granted.fen > 0) take_award(desk, number, granted);
}

void pay_levy(Desk& desk, std::size_t number)
{
    const World& w = desk.world;
    const double fen = w.config.policies[number].instrument->levy(in_force(w, number), desk);
    if (fen <= 0) return;
    const Money levy = rounded_fen(fen);
    desk.pay(Transaction::levies, w.accounts.treasury(), levy);
    desk.note(EventKind::levy, sim::no_agent, {}, levy);
    Account(desk, number).count(PolicyPlan::levied, levy.fen);
}

void adjust(Terms& terms, const Firm& f, const World& w, const std::vector<std::uint32_t>& programmes,
            sim::Window window, bool only_anticipating)
{
    for (const std::uint32_t number : programmes) {
        const Programme& p = w.config.policies[number];
        if (!is_eligible(f, w, number, window)) continue;
        if (only_anticipating && draw(f, w, number, Purpose::anticipation, 0).uniform() >= p.anticipation) continue;
        p.instrument->adjust(terms, in_force(w, number), f);
    }
}

} // namespace

sim::Draw policy_draw(const InForce& p, const Desk& desk, Purpose purpose)
{
    return draw(desk.firm, desk.world, desk.world.policy.find(programme_name(p.programme.id)), purpose,
                month_of(desk.world));
}

Recipient recipient_of(const Firm& f)
{
    constexpr std::array<Recipient, ownership_count> of{Recipient::private_firms, Recipient::state_firms,
                                                        Recipient::foreign_firms, Recipient::joint_ventures};
    return of[static_cast<std::size_t>(f.ownership)];
}

Terms terms_of(const Firm& f, const World& w, sim::Window window)
{
    Terms terms;
    terms.technology = technology_terms(w, f);
    adjust(terms, f, w, w.policy.by_sector[f.sector], window, false);
    return terms;
}

Terms expected_terms_of(const Firm& f, const World& w, sim::Window window)
{
    Terms terms = terms_of(f, w, window);
    adjust(terms, f, w, w.policy.expected_by_sector[f.sector], window, true);
    return terms;
}

void settle_with_programmes(Desk& desk)
{
    const World& w = desk.world;
    for (const std::uint32_t number : w.policy.by_sector[desk.firm.sector]) {
        if (!is_eligible(desk.firm, w, number, desk.context.window())) continue;
        Account(desk, number).count(PolicyPlan::eligible);
        claim_support(desk, number);
        pay_levy(desk, number);
    }
}

void Manufacturing::on(const Award& award, const sim::Header&, Firm& firm, Context& context) const
{
    const std::size_t number = world_.policy.find(award.programme);
    Desk desk(firm, context, world_, Desk::Scope::money);
    take_award(desk, number, award.money);
}

/// The money stays with the government.
void Manufacturing::undeliverable(const Award& award, const sim::Header&, Context& context) const
{
    const PolicyState& p = world_.policy;
    p.tally.add(context.thread(), p.cell(p.find(award.programme), p.plan.count(PolicyPlan::undelivered)),
                award.money.fen);
}

} // namespace fabrica
