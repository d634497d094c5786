#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace icmap::cluster {

/// Disjoint sets of 0 … n-1 that any number of threads may join at once.
///
/// The root of a set is its lowest member, so the sets and their roots do not depend on the order
/// of the joins.
/// \source Jayanti, Tarjan (2016), linking by index with path halving
class UnionFind {
  public:
    explicit UnionFind(std::uint32_t n)
        : parent_(std::make_unique_for_overwrite<std::atomic<std::uint32_t>[]>(n)) {
        for (std::uint32_t i = 0; i < n; ++i) {
            parent_[i].store(i, std::memory_order_relaxed);
        }
    }

    /// The lowest member of the set of `i`, as far as the joins are done.
    [[nodiscard]] std::uint32_t find(std::uint32_t i) {
        for (;;) {
            std::uint32_t parent = parent_[i].load(std::memory_order_relaxed);
            if (parent == i) {
                return i;
            }
            const std::uint32_t above = parent_[parent].load(std::memory_order_relaxed);
            if (above == parent) {
                return parent;
            }
            // Losing this race is fine: another thread has halved the path.
            parent_[i].compare_exchange_weak(parent, above, std::memory_order_relaxed);
            i = above;
        }
    }

    /// True when both are known to be in one set already.
    [[nodiscard]] bool same(std::uint32_t a, std::uint32_t b) { return find(a) == find(b); }

    void join(std::uint32_t a, std::uint32_t b) {
        for (;;) {
            a = find(a);
            b = find(b);
            if (a == b) {
                return;
            }
            if (a < b) {
                std::swap(a, b);
            }
            std::uint32_t expected = a;
            if (parent_[a].compare_exchange_strong(expected, b, std::memory_order_relaxed)) {
                return;
            }
        }
    }

  private:
    std::unique_ptr<std::atomic<std::uint32_t>[]> parent_;
};

} // namespace icmap::cluster
