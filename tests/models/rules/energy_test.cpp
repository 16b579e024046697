// E29: energy and CO2.
#include "models/energy/rules.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("E29: energy per unit falls with the level; level 1 is set so that the mix of levels gives the sector's mean")
{
    CHECK(energy_intensity({1, 0, 0, 0}) == 1);
    CHECK(energy_intensity({2, 0, 2, 0}) == near(0.93)); // half at 1, half at 0.86
    CHECK(energy_intensity({0, 0, 0, 0}) == 1);
    CHECK(energy_at_level_one(0.465, {0.5, 0, 0.5, 0}) == near(0.5));
}

TEST_CASE("E29: intensities improve by a part of themselves each year")
{
    CHECK(improved(0.5, 2) == near(0.25));
    CHECK(improved(0.5, -1) == near(2)); // before the base year
    CHECK(improved(0, 7) == 1);
}

TEST_CASE("E29: the path to net zero falls in a straight line to what sinks take up")
{
    CHECK(net_zero_part(0, 30, 0.1) == 1);
    CHECK(net_zero_part(15, 30, 0.1) == near(0.55)); // half of the 0.9
    CHECK(net_zero_part(40, 30, 0.1) == near(0.1));
    CHECK(net_zero_part(15, 30, 0) == near(0.5));
}

TEST_CASE("E29: permits are shared by usual output, so a clean firm makes more of them")
{
    CHECK(permit_fill(80, 100) == near(0.8));
    CHECK(permit_fill(100, 80) == 1);
    // mean 2 kg a unit, 0.8 given: 1.6 kg a usual unit; 160 kg for 100 units
    CHECK(permitted_output(0.8, 2, 2, 100) == near(80));
    CHECK(permitted_output(0.8, 2, 1.6, 100) == near(100));
    CHECK(permitted_output(0.8, 2, 4, 100) == near(40));
    // two firms of 100 with 1.6 and 2.4 kg: 160 + 160 = 320 = 0.8 of 400
    CHECK(permitted_output(0.8, 2, 1.6, 100) * 1.6 + permitted_output(0.8, 2, 2.4, 100) * 2.4 == near(320));
}
