// Bank clean-up: the treasury makes up a part of what a bank's capital lacks of its target, so that the bank can lend again.
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {

std::int64_t bank_equity(const World& world, int bank); // credit/banks.cpp

namespace {

class BankCleanUp final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.number(target_, "capital_target", 0.10, {0, 0.5}, "1", "Capital over loans to which banks are brought.");
        t.series(speed_, "speed", "share", 0, {0, 1}, "1/month", "Part of the gap made up in a month.").required();
    }
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        for (int b = 0; b < w.B; ++b) {
            const double wanted = target_ * static_cast<double>(w.books.loans[static_cast<std::size_t>(b)]);
            const double gap = std::max(0.0, wanted - static_cast<double>(bank_equity(w, b)));
            const double fen = desk.in_force().rate(speed_) * desk.programme().implementation * gap;
            desk.pay(Recipient::banks, w.accounts.bank(b), rounded_fen(fen).fen);
        }
    }

private:
    double target_ = 0;
    sim::scenario::Dated speed_;
};

} // namespace

std::shared_ptr<Instrument> bank_clean_up() { return make_instrument<BankCleanUp>(); }

} // namespace fabrica
