// A scenario turned into a run: what the command line asks of the model.
#pragma once

#include "sim/cli/application.hpp"

namespace fabrica {

/// The model as an application of sim::cli.
sim::cli::Application application();

} // namespace fabrica
