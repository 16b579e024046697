// The nation's trade as it stands: terms in force, what has come of them, and money of the day.
#pragma once

#include "models/trade/controls.hpp"
#include "models/trade/tariffs.hpp"
#include "models/trade/terms.hpp"

#include <cstdint>
#include <vector>

namespace fabrica {

struct TradeSector {
    TradeTerms imposed; // by programmes; kept until they change it
    TradeTerms terms;   // in force today: imposed, with the shocks of the day
    CriticalSupply critical;
    std::vector<double> demand; // [partner] what foreigners want over their path
    double replaced = 0;        // part of world supply that others make since we kept ours back
    double scarcity = 1;        // factor on the world price that our restrictions make
    double import_factor = 1;   // duties and licences: factor on the import price
    double duty = 0;            // part of what buyers pay for imports today that is duty
    double bundle_duty = 0;     // the same in the published prices of bundles
    double output_cap = 1; // E3: part of its usual output that the sector can make with what comes in; 1 is no limit
    double relocation = 0; // pull on foreign-owned firms, ln
    std::int64_t exported = 0; // goods of the month, thousandths
    std::int64_t duties = 0;   // owed on what was imported today, fen
};

struct TradeState {
    std::vector<TradeSector> sector;
    double labour_cost_start = 0; // unit labour cost when the run proper began
    double unit_labour_cost = 1;  // over that of low-cost rivals, 1 when the run proper began
};

} // namespace fabrica
