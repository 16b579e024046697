// Banks: loans within their capital (E11), income, dividends that hold their capital target; the liquidator's balance.
#include "models/markets/institutions.hpp"

#include "sim/base/apportion.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace fabrica {

std::int64_t bank_equity(const World& w, int bank)
{
    return w.books.loans[static_cast<std::size_t>(bank)] + w.books.account[w.accounts.bank(bank)];
}

void answer_loans(World& w, Barrier& barrier)
{
    const std::vector<LoanRequest> all = w.loan_requests.take();
    for (int b = 0; b < w.B; ++b) {
        std::vector<const LoanRequest*> mine;
        std::vector<std::int64_t> amounts;
        std::int64_t asked = 0;
        for (const auto& request : all)
            if (request.bank == b) mine.push_back(&request), amounts.push_back(request.amount), asked += request.amount;
        if (mine.empty()) continue;
        const double most = static_cast<double>(bank_equity(w, b)) / w.config.credit.bank_capital_ratio;
        const auto room = static_cast<std::int64_t>(
            std::max(0.0, most - static_cast<double>(w.books.loans[static_cast<std::size_t>(b)])));
        const std::vector<std::int64_t> granted = room >= asked ? amounts : sim::apportion(room, amounts);
        for (std::size_t i = 0; i < mine.size(); ++i) {
            if (granted[i] > 0) barrier.send(mine[i]->id, LoanAnswer{{granted[i]}}, Manufacturing::ticks_per_window);
            w.monthly.loans_paid[0] += granted[i];
        }
        w.monthly.loans_asked[0] += asked;
    }
}

namespace {

/// Deposit insurance: what a bank owes beyond all that it has is paid by the others, in proportion to their capital. Nothing when they
/// cannot: the guard stops the run.
void rescue(World& w, int failed)
{
    std::vector<std::int64_t> capital;
    for (int b = 0; b < w.B; ++b) capital.push_back(std::max<std::int64_t>(0, bank_equity(w, b)));
    const std::int64_t missing = -bank_equity(w, failed);
    if (std::accumulate(capital.begin(), capital.end(), std::int64_t{0}) < missing) return;
    const auto paid = sim::apportion(missing, capital);
    for (int b = 0; b < w.B; ++b)
        transfer(w, Transaction::liquidation, w.accounts.bank(b), w.accounts.bank(failed),
                 paid[static_cast<std::size_t>(b)]);
}

} // namespace

void settle_banks(World& w)
{
    for (int b = 0; b < w.B; ++b)
        if (bank_equity(w, b) < 0) rescue(w, b);
    for (int b = 0; b < w.B; ++b) {
        const double target =
            w.config.credit.bank_capital_target * static_cast<double>(w.books.loans[static_cast<std::size_t>(b)]);
        const auto spare = static_cast<std::int64_t>(static_cast<double>(bank_equity(w, b)) - target);
        if (spare > 0) transfer(w, Transaction::bank_dividends, w.accounts.bank(b), w.accounts.households(), spare);
    }
    // What estates owed and could not pay is borne by their owners and insurers, month by month.
    const auto& a = w.accounts;
    const std::int64_t position = w.books.account[a.estates()] + w.books.estate_receivable;
    transfer(w, Transaction::liquidation, a.estates(), a.households(), position);
}

} // namespace fabrica
