// The catalogue of instruments: one line each. A new one is its file in instruments/ and its line here.
#include "models/policy/instrument.hpp"

namespace fabrica {

#define FABRICA_INSTRUMENTS(line)                                                                                      \
    line(allocation_rule, "A law that limits direct allocation by government (E25).") line(                            \
        announcement, "Words without money: believers expect more growth (E8).")                                       \
        line(bank_clean_up, "The treasury restores banks' capital (E11).") line(                                       \
            capacity_closure, "Closure of capacity by order, with compensation (E10).")                                \
            line(credit_guarantee, "The government bears a part of banks' losses (E11).") line(                        \
                credit_mandate, "Tradable credits that makers of the old kind owe and makers of the new earn (E24).")  \
                line(credit_quota, "Directed lending: higher limits of loans, other rates (E11, E12).")                \
                    line(entry_licence, "Licences for founders: state monopolies and their opening (E16).") line(      \
                        entry_subsidy, "Money for founders, per new firm (E16).")                                      \
                        line(equity_fund, "A fund that takes stakes in firms that build (E11).") line(                 \
                            infrastructure, "New infrastructure that makes services cheaper.")                         \
                            line(interest_subsidy, "The government pays a part of the interest (E12).") line(          \
                                investment_subsidy, "A part of the price of machines is paid back (E9).")              \
                                line(land_subsidy, "A discount on rent.") line(                                        \
                                    mission_project, "A project that serves no market yet and ties up capital.")       \
                                    line(output_limit, "A production quota or energy rationing (E3).") line(           \
                                        ownership_cap, "A cap on foreign ownership (E16).")                            \
                                        line(procurement, "Government buys on top of its path (E28).") line(           \
                                            production_subsidy,                                                        \
                                            "Money per yuan of output, with a chosen pass-through to prices (E5).")    \
                                            line(profit_tax, "Another rate of profit tax.")                            \
                                                line(purchase_subsidy, "Money per natural unit for final buyers, "     \
                                                                       "such as buyers of new-energy vehicles (E28).") \
                                                    line(soe_reform, "Reform of state firms: a dial on their wedges, " \
                                                                     "hard budgets, mixed ownership (E13, E14).")      \
                                                        line(value_added_tax, "Another rate of value-added tax.")

#define FABRICA_DECLARE(kind, help) std::shared_ptr<Instrument> kind();
FABRICA_INSTRUMENTS(FABRICA_DECLARE)

const std::vector<InstrumentKind>& instrument_catalogue()
{
#define FABRICA_LIST(kind, help) {#kind, help, kind},
    static const std::vector<InstrumentKind> all{FABRICA_INSTRUMENTS(FABRICA_LIST)};
    return all;
}

} // namespace fabrica
