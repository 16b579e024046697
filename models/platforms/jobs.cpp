// E23, a job: made in idle hours, paid by the client, with a fee to the platform; and what platforms tell firms.
#include "models/firms/plan.hpp"
#include "models/firms/settlement.hpp"
#include "models/platforms/lumpy_orders.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>

namespace fabrica {

Money pay_of_idle_hours(Goods made, double labour, double premium) { return amount(made, labour * (1 + premium)); }

namespace {

/// One job at its provider.
class Job {
public:
    Job(Desk& desk, const PlatformJob& job) : desk_(desk), firm_(desk.firm), world_(desk.world), job_(job) {}

    void operator()()
    {
        const Goods made = make_from_inputs(desk_, job_.quantity);
        pay_hours(made);
        desk_.note(EventKind::job, job_.client, made);
        const bool is_done = job_.is_defective == 0 && made.milli * 3 >= job_.quantity.milli; // less is no delivery
        count(is_done ? Platforms::jobs : Platforms::failed, 1);
        if (is_done)
            deliver(made);
        else
            fail(made);
    }

private:
    void count(Platforms::Cell cell, std::int64_t x) { world_.platforms.add(desk_.thread(), job_.platform, cell, x); }

    /// Idle hours have to be worked: everybody in them is paid, with the premium.
    void pay_hours(Goods made)
    {
        const Money wages =
            pay_of_idle_hours(made, labour_per_unit(firm_, world_), world_.config.platforms.overtime_premium);
        if (wages.fen > 0) {
            desk_.pay(Transaction::wages, world_.accounts.households(), wages);
            desk_.note(EventKind::wages, sim::no_agent, {}, wages);
            desk_.report(world_.statistics.cell(Measure::wages, firm_.sector, firm_.ownership), wages.fen);
        }
        const double people_days = static_cast<double>(made.milli) / labour_productivity(firm_, world_);
        count(Platforms::hours, nearest(people_days * 8000));
    }

    void deliver(Goods made)
    {
        const auto price = static_cast<double>(job_.price);
        const Money invoice = amount(made, price);
        firm_.stock_cost -= cost_share(firm_.stock_cost, made, firm_.stock);
        firm_.stock -= made, firm_.month_sales += made, firm_.month_revenue += invoice;
        if (job_.kind == JobKind::individual)
            sell_to_individuals(made, invoice);
        else
            ship(made, invoice);
        pay_platform_and_carrier(made, invoice);
    }

    void ship(Goods made, Money invoice)
    {
        firm_.receivables += invoice;
        desk_.note(EventKind::job_shipment, job_.client, made, invoice);
        desk_.count(FlowPlan::shipped, firm_.sector, made.milli);
        desk_.add(world_.flows.invoices_sent(), invoice.fen);
        const auto slot = job_.kind == JobKind::small_run ? JobSlot::small_run : JobSlot::peak;
        const std::int64_t days = world_.config.platforms.job_days + world_.config.production.delivery_days;
        desk_.context.send(job_.client, Delivery{made, invoice, slot, firm_.sector}, one_day * days);
    }

    void sell_to_individuals(Goods made, Money paid)
    {
        desk_.pay(Transaction::platform_jobs, world_.accounts.households(), -paid);
        desk_.note(EventKind::job_sale, sim::no_agent, made, paid);
        desk_.count(FlowPlan::to_individuals, firm_.sector, made.milli);
    }

    void pay_platform_and_carrier(Goods made, Money invoice)
    {
        const Money fee = rounded_fen(static_cast<double>(invoice.fen) * world_.platforms.all[job_.platform].rule.fee);
        desk_.pay(Transaction::platform_fees, world_.accounts.platforms(), fee);
        count(Platforms::fees, fee.fen);
        desk_.note(EventKind::platform_fee, sim::no_agent, {}, fee);
        if (job_.is_far == 0) return;
        const Money carriage = amount(made, world_.config.platforms.distance_cost * desk_.sector().price);
        desk_.pay(Transaction::platform_costs, world_.accounts.outside(world_.servicer), carriage);
        desk_.note(EventKind::job_carriage, sim::no_agent, {}, carriage);
    }

    /// Defective goods are scrapped at the provider's cost; good ones that are too few stay with it. The client makes a small run itself.
    void fail(Goods made)
    {
        if (job_.is_defective != 0) {
            firm_.stock_cost -= cost_share(firm_.stock_cost, made, firm_.stock);
            firm_.stock -= made;
            desk_.count(FlowPlan::scrapped, firm_.sector, made.milli);
        }
        desk_.note(EventKind::job_failed, job_.client, job_.is_defective != 0 ? made : Goods{});
        if (job_.kind == JobKind::small_run)
            desk_.context.send(job_.client, PlatformNotice{job_.quantity.milli, job_.platform, NoticeKind::own_run},
                               one_day);
    }

    Desk& desk_;
    Firm& firm_;
    const World& world_;
    const PlatformJob& job_;
};

} // namespace

void receive_job(Desk& desk, const Delivery& delivery, sim::AgentId provider)
{
    Firm& f = desk.firm;
    desk.note(EventKind::job_delivery, provider, delivery.quantity, delivery.invoice);
    f.stock += delivery.quantity, f.stock_cost += delivery.invoice;
    // What others have made of the month's orders is not made at home.
    if (delivery.slot == JobSlot::small_run)
        f.daily_rate =
            std::max(0.0, f.daily_rate - static_cast<double>(delivery.quantity.milli) / desk.world.days_per_month());
}

void Manufacturing::on(const PlatformJob& job, const sim::Header&, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    settle(desk, context.window());
    Job(desk, job)();
}

void Manufacturing::on(const PlatformNotice& notice, const sim::Header&, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_, Desk::Scope::money);
    const Money paid{notice.amount};
    switch (notice.kind) {
    case NoticeKind::own_run: pay_small_runs(desk, {notice.amount}, custom_run(firm, world_).extra_share); break;
    case NoticeKind::design_rent:
        desk.pay(Transaction::platform_jobs, world_.accounts.platforms(), paid);
        desk.note(EventKind::design_rent, sim::no_agent, {}, paid);
        break;
    case NoticeKind::design_income: {
        desk.pay(Transaction::platform_jobs, world_.accounts.platforms(), -paid);
        desk.note(EventKind::design_income, sim::no_agent, {}, paid);
        const Money fee = rounded_fen(static_cast<double>(paid.fen) * world_.platforms.all[notice.platform].rule.fee);
        desk.pay(Transaction::platform_fees, world_.accounts.platforms(), fee);
        desk.note(EventKind::platform_fee, sim::no_agent, {}, fee);
        world_.platforms.add(context.thread(), notice.platform, Platforms::fees, fee.fen);
        break;
    }
    }
}

/// A dead provider makes nothing: the client of a small run has to do it itself.
void Manufacturing::undeliverable(const PlatformJob& job, const sim::Header&, Context& context) const
{
    world_.platforms.add(context.thread(), job.platform, Platforms::failed, 1);
    if (job.kind == JobKind::small_run)
        context.send(job.client, PlatformNotice{job.quantity.milli, job.platform, NoticeKind::own_run}, one_day);
}

/// The platform bears what a dead client does not pay; what a dead provider has earned goes to its estate.
void Manufacturing::undeliverable(const PlatformNotice& notice, const sim::Header&, Context& context) const
{
    if (notice.kind == NoticeKind::design_rent)
        world_.platforms.add(context.thread(), notice.platform, Platforms::fees, -notice.amount);
    if (notice.kind != NoticeKind::design_income) return;
    const auto move = [&](std::size_t account, std::int64_t fen) {
        world_.flow_tally.add(context.thread(), world_.flows.account(account), fen);
        world_.flow_tally.add(
            context.thread(),
            world_.flows.transaction(cell(Transaction::platform_jobs, holder_of(world_.accounts, account))), fen);
    };
    move(world_.accounts.platforms(), -notice.amount), move(world_.accounts.estates(), notice.amount);
}

} // namespace fabrica
