// One order from its dispatch to the money for it.
#include "models/series/event_log.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <map>
#include <memory>

using namespace fabrica;
using bench::Run;

namespace {

struct Dated {
    sim::Window day;
    LoggedEvent event;
};

/// What all firms of toyland noted, day by day.
std::vector<Dated> diary(Run& run, sim::Window days)
{
    run.world.event_log = std::make_shared<EventLog>(1, 1);
    std::vector<Dated> all;
    run.engine.observe([&](const Barrier& barrier) {
        for (const auto& e : run.world.event_log->take()) all.push_back({barrier.window(), e});
    });
    run.days(days);
    return all;
}

const Dated* first(const std::vector<Dated>& all, EventKind kind, sim::AgentId firm, sim::AgentId other,
                   sim::Window from)
{
    for (const auto& d : all)
        if (d.event.kind == kind && d.event.firm == firm && d.event.other == other && d.day >= from) return &d;
    return nullptr;
}

} // namespace

TEST_CASE("order, delivery, the buyer's payment run and payment follow one another at the contracted delays")
{
    Run run(bench::load("toyland", bench::at_rest({"switches.rotation=true"})));
    const auto all = diary(run, 120);
    const auto& rule = run.world.config;
    int chains = 0;
    for (const auto& d : all) {
        if (d.event.kind != EventKind::order || d.day > 25) continue;
        const auto seller = d.event.firm, buyer = d.event.other;
        const Dated* delivery = first(all, EventKind::delivery, buyer, seller, d.day);
        if (delivery == nullptr || delivery->event.goods != d.event.goods) continue; // partly shipped
        const int way = delivery->day - d.day;
        CHECK(way >= rule.production.delivery_days);
        CHECK(way <= rule.production.delivery_days + rule.production.delivery_spread_days);
        const int due = delivery->day + static_cast<int>(rule.credit.receivable_days);
        const Dated* payment = first(all, EventKind::payment, seller, buyer, due);
        REQUIRE(payment != nullptr);
        CHECK(payment->day == due + 1);
        CHECK(payment->event.money == delivery->event.money);
        // The account is debited in the first visit on or after the due day: the plan, or the end of a month of thirty days.
        const int cohort = run.engine.find(buyer)->cohort, day_of_month = due % 30;
        const int visit = due - day_of_month + (day_of_month <= cohort ? cohort : 29);
        const Dated* paid = first(all, EventKind::bills_paid, buyer, sim::no_agent, due);
        REQUIRE(paid != nullptr);
        CHECK(paid->day == visit);
        CHECK(paid->event.money >= delivery->event.money); // with what else fell due since the visit before
        ++chains;
    }
    CHECK(chains > 20);
}

TEST_CASE("the buyer's plan is the day before its order arrives")
{
    Run run(bench::load("toyland", bench::at_rest({"switches.rotation=true"})));
    const auto all = diary(run, 60);
    int orders = 0;
    for (const auto& d : all) {
        if (d.event.kind != EventKind::order) continue;
        bool planned = false;
        for (const auto& p : all)
            planned = planned ||
                      (p.event.kind == EventKind::monthly_plan && p.event.firm == d.event.other && p.day == d.day - 1);
        CHECK(planned);
        ++orders;
    }
    CHECK(orders > 100);
}

TEST_CASE("one firm's sixty days: two plans a month apart, two month ends, its events on many different days")
{
    Run run(bench::load("toyland", bench::at_rest({"switches.rotation=true"})));
    const auto all = diary(run, 60);
    std::map<sim::AgentId, std::vector<Dated>> by_firm;
    for (const auto& d : all) by_firm[d.event.firm].push_back(d);
    CHECK(by_firm.size() == run.engine.population());
    for (const auto& [id, events] : by_firm) {
        std::vector<sim::Window> plans, ends, days;
        for (const auto& d : events) {
            if (d.event.kind == EventKind::monthly_plan) plans.push_back(d.day);
            if (d.event.kind == EventKind::month_end) ends.push_back(d.day);
            if (days.empty() || days.back() != d.day) days.push_back(d.day);
        }
        REQUIRE(plans.size() == 2);
        CHECK(plans[0] == run.engine.find(id)->cohort);
        CHECK(plans[1] == plans[0] + 30);
        CHECK(ends == std::vector<sim::Window>{29, 59});
        CHECK(days.size() >= 3);
    }
}
