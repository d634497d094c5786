#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace icmap::cluster {

/// A block of plain values that starts unset: big working arrays are written once in full (or in
/// part, and then the rest never becomes real memory), so setting them to zero first is waste.
/// Large blocks come from the system and go back to it at once.
template <class T>
class Buffer {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    Buffer() = default;
    /// \param huge_pages ask for huge pages, which saves most page faults when all is written
    /// \throws std::bad_alloc
    explicit Buffer(std::size_t size, bool huge_pages = false) : size_(size) {
        if (size == 0) {
            return;
        }
        if (!is_mapped()) {
            data_ = static_cast<T*>(std::malloc(bytes())); // NOLINT: freed in release
            if (data_ == nullptr) {
                throw std::bad_alloc();
            }
            return;
        }
        data_ = static_cast<T*>(huge_pages ? map_aligned(bytes()) : map(bytes()));
    }
    Buffer(Buffer&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Buffer& operator=(Buffer&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() {
        if (data_ == nullptr) {
            return;
        }
        if (is_mapped()) {
            munmap(data_, bytes());
        } else {
            std::free(data_); // NOLINT: pairs with malloc
        }
    }

    [[nodiscard]] T* data() { return data_; }
    [[nodiscard]] const T* data() const { return data_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] T& operator[](std::size_t i) { return data_[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return data_[i]; }
    [[nodiscard]] T* begin() { return data_; }
    [[nodiscard]] T* end() { return data_ + size_; }
    [[nodiscard]] const T* begin() const { return data_; }
    [[nodiscard]] const T* end() const { return data_ + size_; }

  private:
    static constexpr std::size_t kHugePage = std::size_t{2} << 20;

    static void* map(std::size_t bytes) {
        void* data =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (data == MAP_FAILED) { // NOLINT: the system's own macro
            throw std::bad_alloc();
        }
        return data;
    }

    /// From the start of a huge page on: only whole ones can be had, and a block of 2.4 MB that
    /// starts anywhere has none.
    static void* map_aligned(std::size_t bytes) {
        const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        const std::size_t needed = (bytes + page - 1) / page * page;
        auto* const all = static_cast<std::byte*>(map(needed + kHugePage));
        const std::size_t past = reinterpret_cast<std::uintptr_t>(all) % kHugePage; // NOLINT
        const std::size_t before = past == 0 ? 0 : kHugePage - past;
        if (before > 0) {
            munmap(all, before);
        }
        munmap(all + before + needed, kHugePage - before);
        // Advice only: where it is not taken, all still works, with more page faults.
        static_cast<void>(madvise(all + before, bytes, MADV_HUGEPAGE));
        return all + before;
    }

    [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
    /// The address sanitizer watches the ends of what malloc gave, not of what was mapped.
    [[nodiscard]] bool is_mapped() const {
#ifdef ICMAP_SANITIZED
        return false;
#else
        return bytes() >= std::size_t{1} << 20;
#endif
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace icmap::cluster
