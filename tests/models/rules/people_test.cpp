// Ageing, migration, skills.
#include "models/labour/people.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("a yearly series is straight between its points and constant outside")
{
    const std::map<int, double> s{{2020, 1.0}, {2030, 3.0}};
    CHECK(interpolated(s, 2010, 0) == 1);
    CHECK(interpolated(s, 2020, 0) == 1);
    CHECK(interpolated(s, 2025, 0) == near(2));
    CHECK(interpolated(s, 2022.5, 0) == near(1.5));
    CHECK(interpolated(s, 2040, 0) == 3);
    CHECK(interpolated({}, 2040, 7) == 7);
}

TEST_CASE("E22: the labour force changes as people x participation, beyond the mean of the observed years")
{
    // people fall by e^-0.01 a year to 2024 and by e^-0.03 from then on; participation stays
    std::map<int, double> people;
    for (int y = 2015; y <= 2024; ++y) people[y] = sim::math::exp(-0.01 * (y - 2015));
    for (int y = 2025; y <= 2030; ++y) people[y] = people[2024] * sim::math::exp(-0.03 * (y - 2024));
    const std::map<int, double> part{{2015, 0.6}};
    CHECK(labour_force_drift(people, part, 2020, 2015, 2024) == 0); // observed: in the trend of wages
    CHECK(labour_force_drift(people, part, 2024, 2015, 2024) == 0);
    CHECK(labour_force_drift(people, part, 2026, 2015, 2024) == near(-0.02));
    CHECK(labour_force_drift({}, part, 2026, 2015, 2024) == 0);
    // participation falls from 0.6 to 0.3 over the year too: ln 0.5 more
    const std::map<int, double> less{{2015, 0.6}, {2026, 0.6}, {2027, 0.3}};
    CHECK(labour_force_drift(people, less, 2026, 2015, 2024) == near(-0.02 - 0.6931471805599453));
}

TEST_CASE(
    "E22: higher levels need more skilled people; what is missing is a gap, and slows the hiring of who needs them")
{
    CHECK(skilled_need({1, 0, 0, 0}) == near(0.08));
    CHECK(skilled_need({1, 0, 1, 0}) == near(0.19));
    CHECK(skilled_need({0, 0, 0, 0}) == near(0.08));
    CHECK(skill_gap(0.15, 0.12) == near(0.25));
    CHECK(skill_gap(0.12, 0.15) == 0);
    CHECK(hires_served(0.8, 0.3, 1) == 0.8);
    CHECK(hires_served(0.8, 0.3, 0.5) == near(0.68)); // 0.3 of the posts are filled by half
}
