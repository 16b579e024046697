#include "models/simulation.hpp"

int main(int argc, char** argv) { return sim::cli::main(argc, argv, fabrica::application()); }
