// E11: what a bank owes beyond all that it has is paid by the others.
#include "models/markets/institutions.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace fabrica;
using bench::Run;

namespace fabrica {
std::int64_t bank_equity(const World& world, int bank); // credit/banks.cpp
}

namespace {

/// Three banks with capital as given [fen], loans as they are, so that nobody is above the target.
std::vector<std::int64_t> after_settling(const std::vector<std::int64_t>& capital)
{
    Run run(
        bench::load("toyland", {"credit.bank_count=3", "credit.bank_capital_target=1", "population.spin_up_years=0"}));
    World& w = run.world;
    std::vector<std::int64_t> left;
    for (int b = 0; b < w.B; ++b)
        w.books.account[w.accounts.bank(b)] += capital[static_cast<std::size_t>(b)] - bank_equity(w, b);
    settle_banks(w);
    for (int b = 0; b < w.B; ++b) left.push_back(bank_equity(w, b));
    return left;
}

} // namespace

TEST_CASE("E11: a bank that owes more than it has is rescued by the others, in proportion to their capital")
{
    // 90 are missing; of 100 and 200 a third and two thirds are paid.
    CHECK(after_settling({-90, 100, 200}) == std::vector<std::int64_t>{0, 70, 140});
    // First 30 of 100; then 35 of the 70 left: half.
    CHECK(after_settling({-30, 100, -35}) == std::vector<std::int64_t>{0, 35, 0});
    CHECK(after_settling({50, 100, 200}) == std::vector<std::int64_t>{50, 100, 200}); // nobody to rescue
}

TEST_CASE("E11: nobody is rescued when the others have too little, so that the guard stops the run")
{
    CHECK(after_settling({-301, 100, 200}) == std::vector<std::int64_t>{-301, 100, 200});
}
