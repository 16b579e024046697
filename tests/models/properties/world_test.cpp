// Trade, energy, places and people on whole economies.
#include "models/energy/energy.hpp"
#include "models/markets/institutions.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace fabrica;
using bench::Run;

namespace {

bench::Scenario disturbed(std::vector<Shock> shocks, std::vector<std::string> more = {})
{
    more.emplace_back("switches.shocks=true");
    auto s = bench::load("toyland", bench::at_rest(std::move(more)));
    s.config.shocks = std::move(shocks);
    return s;
}

Shock shock(const char* kind, double size, std::vector<std::string> sectors = {})
{
    Shock s;
    s.id = s.kind = kind, s.size = size, s.sectors = std::move(sectors);
    s.from = {2015, 7, 1}, s.to = {2017, 7, 1};
    return s;
}

std::int64_t got(const Run& run, Transaction what, Holder holder)
{
    return run.world.monthly.transactions[cell(what, holder)];
}

/// Runs to the middle of a month of 2016, so that the month's books are open.
void to_mid_2016(Run& run)
{
    run.years(4);
    run.days(15);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
}

double output_of(const bench::Month& m, std::size_t s) { return m.output[s]; }

} // namespace

TEST_CASE("a tariff is paid by buyers of imports and goes to the treasury: 0.25 of 1.25 of what they pay")
{
    Run run(disturbed({shock("tariff", 0.25)}));
    to_mid_2016(run);
    const auto& trade = run.world.trade.sector[0];
    CHECK(trade.import_factor == doctest::Approx(1.25));
    CHECK(trade.duty == doctest::Approx(0.2));
    CHECK(run.world.sector[0].import_price == doctest::Approx(1.25 * run.world.config.prices.level));
    double imports = 0;
    for (const auto x : run.world.monthly.imports) imports += static_cast<double>(x);
    const auto duties = static_cast<double>(got(run, Transaction::import_duties, Holder::treasury));
    CHECK(duties ==
          doctest::Approx(0.25 * imports)
              .epsilon(1e-4)); // imports are counted before duty; machines of the month's end were taxed before
    CHECK(got(run, Transaction::import_duties, Holder::importers) ==
          -got(run, Transaction::import_duties, Holder::treasury));
}

TEST_CASE("the partner's tariff cuts exports by its elasticity, and output with them")
{
    Run without(disturbed({})),
        with(disturbed({shock("partner_tariff", 0.25, {"ore"})}, {"trade.export_elasticity=2"}));
    without.years(5), with.years(5);
    CHECK(with.world.trade.sector[0].demand[0] ==
          doctest::Approx(0.64 + 0.36 * std::exp(-3.0)).epsilon(0.02)); // 18 of 6 months
    CHECK(with.world.trade.sector[1].demand[0] == 1);
    // ore exports a fifth of its output: 0.36 of that less, at most a little more with what its suppliers lose
    const double change = output_of(with.months[54], 0) / output_of(without.months[54], 0) - 1;
    CHECK(change < -0.05);
    CHECK(change > -0.12);
}

TEST_CASE("a hard control limits the sectors that need the good to what comes in; a soft one makes it dearer")
{
    auto hard = shock("import_supply", -0.5, {"ore"}), soft = hard;
    soft.is_soft = true;
    Run none(disturbed({})), ban(disturbed({hard})), licence(disturbed({soft}));
    for (Run* run : {&none, &ban, &licence}) run->years(4);
    CHECK(none.world.trade.sector[1].output_cap == 1);
    CHECK(ban.world.trade.sector[0].critical.available ==
          doctest::Approx(0.5).epsilon(0.05)); // substitutes are not yet qualified
    const double cap = ban.world.trade.sector[1].output_cap;
    CHECK(cap < 1);
    MESSAGE("cap on tools ", cap, ", output ", output_of(ban.months.back(), 1) / output_of(none.months.back(), 1));
    CHECK(output_of(ban.months.back(), 1) / output_of(none.months.back(), 1) < 1 - 0.5 * (1 - cap));
    CHECK(licence.world.trade.sector[1].output_cap == 1);
    CHECK(licence.world.trade.sector[0].import_factor ==
          doctest::Approx(1 + 0.5 * 0.5 * 0.3)); // half critical, half licensed, 30 %
}

TEST_CASE("an announced control is bridged by the reserve that importers have laid in")
{
    auto control = shock("import_supply", -0.5, {"ore"}), announced = control;
    announced.announced = sim::Date{2015, 1, 1};
    Run surprise(disturbed({control})), known(disturbed({announced}));
    // 180 days at a sixtieth of the gap to 90 days of use: 90 (1 - (1 - 1/60)^180) = 85.6 days, which bridge a half for 171 days
    for (Run* run : {&surprise, &known}) run->days(run->world.calendar.window({2015, 9, 1}));
    CHECK(surprise.world.trade.sector[1].output_cap < 1);
    CHECK(known.world.trade.sector[0].critical.reserve == doctest::Approx(85.6 - 30).epsilon(0.02));
    CHECK(known.world.trade.sector[1].output_cap == 1);
}

TEST_CASE("importers prepare for a control that others announce, as for an announced shock")
{
    auto coming = shock("import_supply", -0.5, {"ore"});
    coming.announced = sim::Date{2015, 1, 1};
    const std::vector<std::string> lines{"policy.it.kind=\"foreign_control\"", "policy.it.announced=2015-01-01",
                                         "policy.it.from=2015-07-01",          "policy.it.until=2017-07-01",
                                         "policy.it.sectors=[\"ore\"]",        "policy.it.cut_share=0.5"};
    Run told(disturbed({coming})), imposed(bench::load("toyland", bench::at_rest(lines))), off(disturbed({}, [&] {
        auto zero = lines;
        zero.emplace_back("policy.it.intensity=0");
        return zero;
    }()));
    for (Run* run : {&told, &imposed, &off}) run->days(run->world.calendar.window({2015, 9, 1}));
    CHECK(told.world.trade.sector[0].critical.reserve > 30);
    // A programme is felt a day after a shock.
    CHECK(imposed.world.trade.sector[0].critical.reserve ==
          doctest::Approx(told.world.trade.sector[0].critical.reserve).epsilon(0.02));
    CHECK(off.world.trade.sector[0].critical.reserve == 0);
}

TEST_CASE("goods kept back: the world price rises, the treasury gets the difference, others begin to build")
{
    Run run(disturbed({shock("export_limit", -0.5, {"ore"})}));
    to_mid_2016(run);
    const auto& trade = run.world.trade.sector[0];
    // 195 days of the way to 0.7 * 0.2 * 0.5 = 0.07 in five years
    CHECK(trade.replaced == doctest::Approx(0.07 * (1 - std::exp(-195.0 / 1800))).epsilon(0.01));
    CHECK(trade.scarcity == doctest::Approx(std::pow(1 - (0.1 - trade.replaced), -1 / 0.6)).epsilon(1e-9));
    CHECK(got(run, Transaction::export_licences, Holder::treasury) > 0);
    CHECK(got(run, Transaction::export_licences, Holder::treasury) ==
          -got(run, Transaction::export_licences, Holder::partners));
    CHECK(run.world.sector[0].world_price == doctest::Approx(trade.scarcity).epsilon(1e-3));
}

TEST_CASE("cheaper rivals take exports, and foreign-owned firms with them")
{
    Run run(disturbed({shock("rival_cost", -0.2)}));
    run.years(5);
    // cost ratio 1.25; 0.3 of exports compete at elasticity 2.5
    CHECK(run.world.trade.sector[1].demand[0] == doctest::Approx(std::pow(1.25, -0.75)).epsilon(0.03));
    CHECK(run.world.trade.sector[1].relocation == doctest::Approx(-std::log(1.25)));
}

TEST_CASE("a supply shock in one province stops that province only")
{
    auto closed = shock("supply", -0.5);
    closed.regions = {"N"}, closed.to = {2015, 8, 1};
    Run run(disturbed({closed}));
    run.days(run.world.calendar.window({2015, 7, 1}) - 1);
    std::vector<double> before, during;
    const auto output = [&](std::vector<double>& all) {
        for (int r = 0; r < 2; ++r)
            all.push_back(
                static_cast<double>(run.world.month[run.world.statistics.by_region(StatisticsPlan::region_output, r)]));
    };
    run.days(1), output(before);
    run.days(30), output(during);
    CHECK(during[0] / before[0] == doctest::Approx(0.5).epsilon(0.06));
    CHECK(during[1] / before[1] == doctest::Approx(1).epsilon(0.06));
}

TEST_CASE("an attack on machines of levels 3 and 4 stops what they would make, and no others")
{
    auto attack = shock("cyber", -1);
    attack.to = {2015, 8, 1};
    Run run(disturbed({attack}));
    const sim::Window first = run.world.calendar.window({2015, 7, 1});
    run.days(first + 20);
    int advanced = 0, simple = 0;
    run.each_firm([&](const Firm& f) {
        const double total = static_cast<double>(f.capacity[0] + f.capacity[1] + f.capacity[2] + f.capacity[3]);
        const double high = static_cast<double>(f.capacity[2] + f.capacity[3]) / total;
        const double days = run.world.worked.between(run.world.sector[f.sector], f, first, first + 20);
        CHECK(days == doctest::Approx(20 * (1 - high)));
        (high > 0 ? advanced : simple) += 1;
    });
    CHECK(advanced > 0);
    CHECK(simple > 0);
}

TEST_CASE("a shock of all provinces and levels is the same shock told place by place")
{
    auto plain = shock("supply", -0.4), places = plain;
    plain.to = places.to = {2015, 8, 11};
    places.regions = {"N", "S"}, places.levels = {1, 2, 3, 4};
    Run a(disturbed({plain})), b(disturbed({places}));
    a.years(4), b.years(4);
    const double x = bench::sum(a.months[43].output), y = bench::sum(b.months[43].output);
    CHECK(x == doctest::Approx(y).epsilon(1e-6)); // by levels it is a sum of parts, so not bit for bit
}

TEST_CASE("a disaster destroys its part of the machines of a province, once, and their book value")
{
    auto quake = shock("disaster", -0.3);
    quake.regions = {"S"}, quake.to = {2015, 7, 2};
    Run without(disturbed({})), with(disturbed({quake}));
    const auto capacity = [](Run& run) {
        std::vector<double> all(2);
        run.days(run.world.calendar.window({2015, 8, 2}));
        run.each_firm([&](const Firm& f) {
            for (const float k : f.capacity) all[f.region] += static_cast<double>(k);
        });
        return all;
    };
    const auto a = capacity(without), b = capacity(with);
    CHECK(b[0] == doctest::Approx(a[0]).epsilon(1e-6));
    CHECK(b[1] == doctest::Approx(0.7 * a[1]).epsilon(0.01));
}

TEST_CASE("a shock fades in a straight line: half of its size for as many days in sum")
{
    Shock s = shock("supply", -0.5);
    s.recovery_days = 20;
    double sum = 0;
    for (int day = 0; day < 30; ++day) sum += shock_remains(s, day);
    CHECK(sum == doctest::Approx(10));
    CHECK(shock_remains(s, -5) == 1);
    s.recovery = "exponential";
    CHECK(shock_remains(s, 19) == doctest::Approx(std::exp(-3 * 19.5 / 20)));
    CHECK(shock_remains(s, 20) == 0);
}

TEST_CASE("a carbon price is in the unit cost and is paid to the treasury on what is made")
{
    Run run(disturbed({}, {"energy.carbon_price=200", "energy.efficiency_growth=0", "energy.co2_decline=0"}));
    to_mid_2016(run);
    // ore: 0.1 tce per 10 000 yuan is 0.01 kg a unit, 2.5 kg CO2 each: 0.025 kg at 0.2 yuan = 0.005 yuan a unit, all at level 1
    run.each_firm([&](const Firm& f) {
        if (f.sector != 0) return;
        CHECK(carbon_levy(f, run.world) == doctest::Approx(0.005));
    });
    const double tonnes = emissions(run.world, 0) + emissions(run.world, 1) + emissions(run.world, 2);
    CHECK(tonnes > 0);
    const auto paid = static_cast<double>(got(run, Transaction::carbon_levy, Holder::treasury));
    CHECK(paid == doctest::Approx(tonnes * 200 * 100 / 2).epsilon(0.15)); // half a month at 20 000 fen a tonne
    CHECK(got(run, Transaction::carbon_levy, Holder::firms) == -got(run, Transaction::carbon_levy, Holder::treasury));
}

TEST_CASE("a cap shares permits: emissions stay under it, and clean firms make more of theirs")
{
    Run free(disturbed({}));
    free.years(4);
    double usual = 0;
    for (int s = 0; s < free.world.S; ++s) usual += emissions(free.world, s) * 12;
    Run capped(disturbed({}, {"energy.cap=" + std::to_string(0.8 * usual / 1e6)}));
    capped.years(4);
    double now = 0;
    for (int s = 0; s < capped.world.S; ++s) now += emissions(capped.world, s) * 12;
    MESSAGE("emissions ", now / usual, " of the usual; permits ", capped.world.energy.sector[0].permits);
    CHECK(now < 0.83 * usual);
    CHECK(now > 0.6 * usual);
    CHECK(capped.world.energy.sector[0].permits < 1);
}

TEST_CASE("rationed power leaves a part of the capacity of the sectors and provinces named")
{
    auto cut = shock("energy", -0.5, {"ore"});
    cut.regions = {"N"};
    Run run(disturbed({cut}));
    run.years(4);
    int firms = 0;
    run.each_firm([&](const Firm& f) {
        const bool is_hit = f.sector == 0 && f.region == 0;
        CHECK(run.world.energy.sector[f.sector].usable[f.region] == (is_hit ? 0.5 : 1));
        if (!is_hit) return;
        ++firms;
        const double capacity = static_cast<double>(f.capacity[0] + f.capacity[1] + f.capacity[2] + f.capacity[3]);
        CHECK(f.daily_rate <= 0.98 * 0.5 * capacity * (1 + 1e-9));
    });
    CHECK(firms > 0);
}

TEST_CASE("terms that change nothing leave every bit: no tariff, no control, price nothing, no training")
{
    Run plain(disturbed({}));
    Run neutral(
        disturbed({shock("tariff", 0), shock("partner_tariff", 0), shock("import_supply", 0), shock("export_limit", 0),
                   shock("rival_cost", 0), shock("energy", 0), shock("cyber", 0)},
                  {"energy.carbon_price=0", "energy.cap=0", "trade.export_elasticity=7", "trade.relocation=5"}));
    plain.years(4), neutral.years(4);
    CHECK(plain.engine.state_hash() == neutral.engine.state_hash());
}

TEST_CASE("fewer people of working age than observed: wages rise faster, and more in provinces that migrants leave")
{
    const auto run_to = [](const char* ageing, const char* migration) {
        auto s = bench::load("china",
                             {"run.scale=0.0005", "run.start=2028-01-01", "run.end=2030-01-01",
                              "population.spin_up_years=0", "switches.shocks=false",
                              std::string("labour.ageing=") + ageing, std::string("labour.migration=") + migration});
        auto run = std::make_unique<Run>(std::move(s));
        run->days(360);
        return run;
    };
    const auto off = run_to("off", "0"), low = run_to("low", "0"), moving = run_to("off", "-0.1");
    CHECK(low->world.region[0].wage_index > off->world.region[0].wage_index);
    double east = 0, east_moving = 0;
    for (std::size_t r = 0; r < off->world.region.size(); ++r)
        if (off->world.nation.regions[r].macro == "east")
            east += off->world.pool[r], east_moving += moving->world.pool[r];
    CHECK(east_moving < east);
}
