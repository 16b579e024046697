// Writes the sample result of the recorder's tests: write_sample PATH MONTHS.
#include "tests/sim/record/sample.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    if (argc != 3) return std::fputs("usage: write_sample PATH MONTHS\n", stderr), 2;
    std::puts(sample::write(argv[1], std::atoi(argv[2])).c_str());
}
