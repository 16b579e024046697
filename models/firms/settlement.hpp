// Between visits a firm produces at its planned rate and meets the market's demand; stocks are settled lazily, in integers.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

/// Makes and sells what lies between the firm's last settlement and the start of `day`.
/// Output is limited by the stocks of critical inputs (E3); inputs leave their stocks at average historic cost.
void settle(Desk& desk, sim::Window day);

/// Makes goods at once, as far as the stocks of inputs allow; they go into stock at cost. Capacity and staff are the caller's affair.
/// @return what was made
Goods make_from_inputs(Desk& desk, Goods wanted);

} // namespace fabrica
