#pragma once

#include "sim/kernel/pages.hpp"

#include <cstddef>
#include <new>

namespace sim {

/// Allocator for large vectors that are touched at random: from a huge page on, their memory is that of pages.hpp; less comes from the heap.
template <class T>
struct PageAllocator {
    using value_type = T;

    PageAllocator() = default;
    template <class U>
    PageAllocator(const PageAllocator<U>&) // NOLINT(google-explicit-constructor): as containers need it
    {
    }

    T* allocate(std::size_t n)
    {
        if (is_large(n)) return static_cast<T*>(take_pages(n * sizeof(T)));
        return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{alignof(T)}));
    }
    void deallocate(T* memory, std::size_t n) noexcept
    {
        if (is_large(n)) return give_pages(memory, n * sizeof(T));
        ::operator delete (memory, std::align_val_t{alignof(T)});
    }

    friend bool operator==(const PageAllocator&, const PageAllocator&) { return true; }

private:
    static bool is_large(std::size_t n) { return n * sizeof(T) >= std::size_t{2} << 20; }
};

} // namespace sim
