// The first day: from a nation's tables to firms, links, balance sheets and institutions that stay where they are put.
#pragma once

#include "models/manufacturing.hpp"

namespace fabrica {

/// Builds everything at the start of the spin-up and founds the firms in the engine.
/// Errors: a table that is not productive, a final demand that is negative.
void build_first_day(World& world, Engine& engine, sim::Errors& errors, const sim::Position& where);

} // namespace fabrica
