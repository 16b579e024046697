#include "sim/kernel/pages.hpp"

#include <cstdint>
#include <new>
#include <sys/mman.h>

namespace sim {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20, page = 4096;

std::size_t whole_pages(std::size_t bytes) { return (bytes + page - 1) / page * page; }

/// Address space of whole pages that starts at a multiple of a huge page.
std::byte* reserve(std::size_t bytes)
{
    void* const memory =
        mmap(nullptr, bytes + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    auto* const first = static_cast<std::byte*>(memory);
    const std::size_t skip = (huge_page - reinterpret_cast<std::uintptr_t>(first) % huge_page) % huge_page;
    if (skip > 0) munmap(first, skip);
    if (skip < huge_page) munmap(first + skip + bytes, huge_page - skip);
    return first + skip;
}

/// Only whole huge pages are asked for: a half-used one would cost more memory than it saves time.
void ask_for_huge_pages(std::byte* memory, std::size_t bytes)
{
    const std::size_t whole = bytes / huge_page * huge_page;
    if (whole > 0) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE)); // only a wish
}

} // namespace

void* take_pages(std::size_t bytes)
{
    const std::size_t whole = whole_pages(bytes);
    std::byte* const memory = reserve(whole);
    ask_for_huge_pages(memory, whole);
    return memory;
}

void give_pages(void* memory, std::size_t bytes) noexcept
{
    if (memory != nullptr) munmap(memory, whole_pages(bytes));
}

void* grow_pages(void* memory, std::size_t bytes, std::size_t more_bytes)
{
    const std::size_t whole = whole_pages(more_bytes);
    std::byte* const bigger = reserve(whole);
    if (mremap(memory, whole_pages(bytes), whole_pages(bytes), MREMAP_MAYMOVE | MREMAP_FIXED, bigger) == MAP_FAILED)
        throw std::bad_alloc();
    ask_for_huge_pages(bigger, whole);
    return bigger;
}

} // namespace sim
