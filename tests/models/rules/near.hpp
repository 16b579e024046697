// Numbers worked by hand are exact up to the last bits of the double arithmetic that repeats them.
#pragma once

#include <doctest/doctest.h>

inline doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-12); }
