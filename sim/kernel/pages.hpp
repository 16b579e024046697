#pragma once

#include <cstddef>

namespace sim {

/// Memory for large arrays that are touched at random: aligned to, and where the system agrees backed by, pages of 2 MiB.
/// Not touched until used. Throws std::bad_alloc.
void* take_pages(std::size_t bytes);
void give_pages(void* memory) noexcept;

} // namespace sim
