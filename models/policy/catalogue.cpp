// The catalogue of instruments. A new one is its file in instruments/ and its line in catalogue.inc.
#include "models/policy/instrument.hpp"

namespace fabrica {

#define INSTRUMENT(kind, help) std::shared_ptr<Instrument> kind();
#include "models/policy/catalogue.inc"
#undef INSTRUMENT

const std::vector<InstrumentKind>& instrument_catalogue()
{
#define INSTRUMENT(kind, help) {#kind, help, kind},
    static const std::vector<InstrumentKind> all{
#include "models/policy/catalogue.inc"
    };
#undef INSTRUMENT
    return all;
}

} // namespace fabrica
