// What a seller ships at once of an order.
#pragma once

#include "models/units.hpp"

namespace fabrica {

/// All of the order when the stock covers everything that is open, else its part of the stock in proportion to what is open; with priority as
/// much as there is. A part is only worth a lorry when it is a third of the order: less waits for the next try.
/// @param stock, backlog  of the seller; the backlog without this order     @param quantity  ordered, > 0
/// @return  at most the order and the stock
[[nodiscard]] Goods ration(Goods stock, Goods backlog, Goods quantity, bool has_priority);

} // namespace fabrica
