// The kernel, compiled for this model.
#include "models/manufacturing.hpp"

template class sim::Engine<fabrica::Manufacturing>;
