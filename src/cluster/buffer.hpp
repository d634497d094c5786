#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <sys/mman.h>
#include <type_traits>

namespace icmap::cluster {

/// A block of plain values that starts unset: big working arrays are written once in full (or in
/// part, and then the rest never becomes real memory), so setting them to zero first is waste.
/// Asks the system for huge pages, which saves most page faults of a large sort.
template <class T>
class Buffer {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    Buffer() = default;
    explicit Buffer(std::size_t size, bool huge_pages = false)
        : data_(static_cast<T*>(allocate(size * sizeof(T), huge_pages))), size_(size) {}

    [[nodiscard]] T* data() { return data_.get(); }
    [[nodiscard]] const T* data() const { return data_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] T& operator[](std::size_t i) { return data_.get()[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return data_.get()[i]; }
    void release() {
        data_.reset();
        size_ = 0;
    }

  private:
    struct Free {
        void operator()(T* data) const { std::free(data); } // NOLINT: pairs with aligned_alloc
    };
    static void* allocate(std::size_t bytes, bool huge_pages) {
        constexpr std::size_t kHugePage = std::size_t{1} << 21;
        const bool huge = huge_pages && bytes >= 4 * kHugePage;
        const std::size_t unit = huge ? kHugePage : 64;
        const std::size_t rounded = (bytes + unit - 1) / unit * unit;
        void* data = std::aligned_alloc(unit, rounded == 0 ? unit : rounded); // NOLINT
        if (data == nullptr) {
            throw std::bad_alloc();
        }
        if (huge) {
            // Advice only: where it is not taken, all still works, with more page faults.
            static_cast<void>(madvise(data, rounded, MADV_HUGEPAGE));
        }
        return data;
    }
    std::unique_ptr<T, Free> data_;
    std::size_t size_ = 0;
};

} // namespace icmap::cluster
