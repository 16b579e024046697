#include "sim/kernel/pages.hpp"

#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace sim {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

}

void* take_pages(std::size_t bytes)
{
    const std::size_t alignment = bytes < huge_page ? 64 : huge_page;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, whole);
    if (memory == nullptr) throw std::bad_alloc();
    if (whole >= huge_page) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE)); // only a wish
    return memory;
}

void give_pages(void* memory) noexcept { std::free(memory); }

} // namespace sim
