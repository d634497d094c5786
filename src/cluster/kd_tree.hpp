#pragma once

#include "cluster/distance.hpp"
#include "cluster/places.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// A balanced tree of boxes over places. Entries are the places in the order of the tree; the
/// children of node i are nodes 2i + 1 and 2i + 2; all leaves are on one level.
template <std::size_t D>
class KdTree {
  public:
    struct Node {
        CellBox<D> box; ///< tightest
        std::uint32_t begin;
        std::uint32_t end;
    };

    /// \param places none gives a tree that must not be walked
    /// \complexity O(n log n)
    explicit KdTree(const Places<D>& places);

    [[nodiscard]] std::size_t size() const { return at_m_.size(); }
    [[nodiscard]] std::span<const Position<D>> at_m() const { return at_m_; }     ///< by entry
    [[nodiscard]] std::span<const std::uint32_t> place() const { return place_; } ///< by entry
    [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
    [[nodiscard]] bool is_leaf(std::size_t node) const { return 2 * node + 1 >= nodes_.size(); }
    [[nodiscard]] std::size_t first_leaf() const { return nodes_.size() / 2; }

    /// Walks the tree from a position: nearer boxes first, and only into nodes that may matter.
    /// \param bound least_distance2 of a node must be at most this; called anew each time
    /// \param enter whether to enter a node at all
    /// \param visit called with the entries of a leaf
    template <class Bound, class Enter, class Visit>
    void walk(const Position<D>& at, Bound&& bound, Enter&& enter, Visit&& visit) const {
        struct Open {
            std::size_t node;
            double distance2;
        };
        constexpr std::size_t kMostOpen = 64; // one a level, and 2^29 places have 27 levels
        Open open[kMostOpen];                 // NOLINT: a stack without allocation
        std::size_t count = 0;
        open[count++] = {0, least_distance2(at, nodes_[0].box)};
        while (count > 0) {
            const Open top = open[--count];
            if (top.distance2 > bound() || !enter(top.node)) {
                continue;
            }
            if (is_leaf(top.node)) {
                visit(nodes_[top.node].begin, nodes_[top.node].end);
                continue;
            }
            const std::size_t left = 2 * top.node + 1;
            const double to_left = least_distance2(at, nodes_[left].box);
            const double to_right = least_distance2(at, nodes_[left + 1].box);
            const bool left_first = to_left <= to_right;
            open[count++] = left_first ? Open{left + 1, to_right} : Open{left, to_left};
            open[count++] = left_first ? Open{left, to_left} : Open{left + 1, to_right};
        }
    }

  private:
    struct Entry {
        Position<D> at_m;
        std::uint32_t place;
    };
    void build(std::vector<Entry>& entries, std::size_t node);

    std::vector<Position<D>> at_m_;
    std::vector<std::uint32_t> place_;
    std::vector<Node> nodes_;
};

} // namespace icmap::cluster
