#pragma once

#include <cstddef>

namespace sim {

/// Memory for large arrays that are touched at random: straight from the system, aligned to pages of 2 MiB, and where the system agrees
/// backed by them. Not touched until used; what is given back is the system's again. Throws std::bad_alloc.
void* take_pages(std::size_t bytes);
void give_pages(void* memory, std::size_t bytes) noexcept;

/// Moves what `memory` holds to a larger piece without copying it. Returns the new place; the old one is gone.
void* grow_pages(void* memory, std::size_t bytes, std::size_t more_bytes);

} // namespace sim
