// E27 and tariffs: what governments elsewhere and here do to trade.
#include "models/trade/controls.hpp"
#include "models/trade/imports.hpp"
#include "models/trade/state.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("a tariff on one origin raises the mean price by less than its part, because buyers turn away")
{
    // a quarter comes from there, 100 % tariff, sigma 2: 0.75 + 0.25 / 2 = 0.875, price 1 / 0.875; duty is half of the 0.125 of 0.875
    const TariffEffect e = tariff_effect({0.25, 0.75}, {1, 0}, 2);
    CHECK(e.price == near(1 / 0.875));
    CHECK(e.duty == near(0.125 / 0.875 / 2));
    // one tariff on all: the price rises by it, the duty is 0.25 of 1.25
    CHECK(tariff_effect({0.3, 0.7}, {0.25, 0.25}, 3).price == near(1.25));
    CHECK(tariff_effect({0.3, 0.7}, {0.25, 0.25}, 3).duty == near(0.2));
    // unit elasticity: spending keeps its parts
    CHECK(tariff_effect({0.5, 0.5}, {1, 0}, 1).price == near(1.4142135623730951));
    CHECK(tariff_effect({0.5, 0.5}, {1, 0}, 1).duty == near(0.25));
    // none: exactly nothing
    CHECK(tariff_effect({0.3, 0.7}, {0, 0}, 3).price == 1);
    CHECK(tariff_effect({0.3, 0.7}, {0, 0}, 3).duty == 0);
}

TEST_CASE("a partner's tariff cuts what it buys, and others take up a part of the loss")
{
    // tariff of 25 %, elasticity 2: 1 / 1.5625 = 0.64 of 100; 36 lost, half of it to the other 300: + 6 %
    const auto f = export_demand({100, 300}, {0.25, 0}, 2, 0.5, 1);
    CHECK(f[0] == near(0.64));
    CHECK(f[1] == near(1.06));
    // rivals take a tenth of all
    CHECK(export_demand({100, 300}, {0.25, 0}, 2, 0.5, 0.9)[0] == near(0.576));
    // tariffs of all partners leave nobody to turn to
    CHECK(export_demand({100, 300}, {0.25, 0.25}, 2, 0.5, 1)[1] == near(0.64));
    const auto neutral = export_demand({100, 300}, {0, 0}, 2, 0.5, 1);
    CHECK(neutral[0] == 1);
    CHECK(neutral[1] == 1);
}

TEST_CASE("goods kept back make the world price rise until others make them")
{
    // 60 % of the world market, half of it kept back: 0.3 missing; elasticity 0.5: 0.7^-2
    CHECK(scarcity_price(0.6, 0.5, 0, 0.5) == near(1 / 0.49));
    CHECK(scarcity_price(0.6, 0.5, 0.1, 0.5) == near(1 / 0.64)); // a tenth replaced: 0.2 missing
    CHECK(scarcity_price(0.6, 0.5, 0.3, 0.5) == 1);              // all replaced
    CHECK(scarcity_price(0.6, 0, 0, 0.5) == 1);
}

TEST_CASE("foreign-owned firms leave where costs and tariffs rise")
{
    CHECK(relocation(2, 1, 0.5, 0) == 0); // exactly
    // cost a tenth above rivals', half of sales abroad at 21 %: -2 (ln 1.1 + 0.5 ln 1.21) = -4 ln 1.1
    CHECK(relocation(2, 1.1, 0.5, 0.21) == near(-4 * 0.09531017980432493));
}

TEST_CASE("E27: lines of production accept a substitute one after another, as far as it is good enough")
{
    CHECK(qualified_part(4, 5, 10, 0.8) == 0);
    CHECK(qualified_part(7.5, 5, 10, 0.8) == near(0.4)); // half of the lines
    CHECK(qualified_part(12, 5, 10, 0.8) == near(0.8));
}

TEST_CASE("E27: a reserve bridges a control until it is used up")
{
    CriticalSupply s;
    s.reserve = 2;
    SupplyRule control;
    control.foreign = 0.2, control.is_pressed = true, control.learning = 0;
    // 0.8 a day is missing: two days and a half of it
    pass_day(s, control);
    CHECK(s.available == near(1));
    CHECK(s.reserve == near(1.2));
    CHECK(s.arriving == near(0.2));
    pass_day(s, control);
    CHECK(s.available == near(1));
    pass_day(s, control);
    CHECK(s.available == near(0.6)); // 0.2 and the last 0.4
    CHECK(s.reserve == near(0));
    pass_day(s, control);
    CHECK(s.available == near(0.2));
}

TEST_CASE("E27: importers stock up over an announced control, and sell down after it")
{
    CriticalSupply s;
    SupplyRule announced;
    announced.reserve_days = 60, announced.reserve_tau = 60, announced.is_pressed = true;
    pass_day(s, announced);
    CHECK(s.reserve == near(1)); // 60 / 60
    CHECK(s.arriving == near(2));
    announced.most_restock = 0.5; // foreigners have no more
    pass_day(s, announced);
    CHECK(s.reserve == near(1.5));
    pass_day(s, {});
    CHECK(s.reserve == near(1.475)); // less a sixtieth
    CHECK(s.available == 1);
}

TEST_CASE("E27: goods that are longer on the way leave a hole of as many days, and come together when it shortens")
{
    CriticalSupply s;
    SupplyRule late;
    late.lead_days = 1.5;
    pass_day(s, late);
    CHECK(s.available == near(0));
    pass_day(s, late);
    CHECK(s.available == near(0.5));
    pass_day(s, late);
    CHECK(s.available == 1);
    pass_day(s, {});
    CHECK(s.reserve == near(1.5 - 1.5 / 60));
}

TEST_CASE("E27: the clock of qualification runs under a control only, and what is qualified stays in part")
{
    CriticalSupply s;
    s.quality = 1;
    SupplyRule control;
    control.foreign = 0, control.is_pressed = true, control.days_per_year = 1; // a day is a year
    for (int year = 0; year < 6; ++year) pass_day(s, control);
    CHECK(s.effort == near(6));
    CHECK(s.available == near(0.2)); // one of the five years in which lines accept it
    CHECK(s.home == near(0.2));
    pass_day(s, {});
    CHECK(s.effort == near(6));
    CHECK(s.home == near(0.1)); // half is kept
    control.speed = 3;
    pass_day(s, control);
    CHECK(s.effort == near(9));
}

TEST_CASE("E27: a day at neutral terms changes nothing, exactly")
{
    CriticalSupply s;
    s.quality = 0.4;
    pass_day(s, {});
    CHECK(s.available == 1);
    CHECK(s.home == 0);
    CHECK(s.arriving == 1);
    CHECK(s.reserve == 0);
    CHECK(s.quality == 0.4);
}

TEST_CASE("E3, E27: what cannot be replaced limits output, and the home part makes up what is bought")
{
    CHECK(import_cap(0.4, 0.25) == near(0.7)); // 1 - 0.4 * 0.75
    // a half at home, 0.4 critical, a quarter of which comes: all purchases are 0.7 of before, the half of them stays: 0.5 / 0.7
    CHECK(controlled_home_share(0.5, 0.4, 0, 0.25) == near(0.5 / 0.7));
    // an eighth of the critical needs met at home: 0.55 / 0.75 (0.25 abroad and 0.125 at home come)
    CHECK(controlled_home_share(0.5, 0.4, 0.125, 0.375) == near(0.55 / 0.75));
    CHECK(controlled_home_share(0.5, 0.4, 0, 1) == 0.5);
}

TEST_CASE("E7: local content is asked for where there is a substitute")
{
    CHECK(with_local_content(0.5, 0.2, 0.7) == near(0.7));
    CHECK(with_local_content(0.5, 0.4, 0.7) == near(0.6)); // 0.4 has none
    CHECK(with_local_content(0.5, 0.2, 0.3) == 0.5);
    CHECK(with_local_content(0.5, 0.2, 0) == 0.5);
}

TEST_CASE("E7: the critical part of purchases is what home share leaves outside its rest")
{
    const ImportRule rule{2, 0.5, 0};
    CHECK(critical_part(0.8, 1.5, rule) == near(0.1)); // half of 0.2, at any price
    CHECK(critical_part(1, 1.5, rule) == 0);
    CHECK(critical_part(0, 1.5, rule) == 0.5);
}

TEST_CASE("terms combine: rates add, factors multiply, a hard control stays hard")
{
    TradeTerms a, b;
    a.partners.resize(1), b.partners.resize(1);
    a.partners[0].tariff = 0.1, b.partners[0].tariff = 0.05, b.partners[0].export_limit = 0.5;
    a.import_supply = 0.5, b.import_supply = 0.8, b.is_soft = true, b.rival_cost = 0.9, b.local_content = 0.4;
    combine(a, b);
    CHECK(a.partners[0].tariff == near(0.15));
    CHECK(a.partners[0].export_limit == 0.5);
    CHECK(a.import_supply == near(0.4));
    CHECK_FALSE(a.is_soft);
    CHECK(a.rival_cost == 0.9);
    CHECK(a.local_content == 0.4);
    TradeTerms neutral;
    neutral.partners.resize(1);
    combine(neutral, b);
    CHECK(neutral.is_soft);
}
