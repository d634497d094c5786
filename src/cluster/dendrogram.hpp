#pragma once

#include "cluster/hierarchy.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace icmap::cluster {

/// The hierarchy as a tree: entries of the kd-tree are its leaves, 0 … leaf_count - 1; an inner
/// node is a set of entries that becomes one at some length. Sets that become one at the same
/// length do so in one node, which may have more than two children: the tree depends on nothing but
/// the points. Nodes ascend by length; the last is the root.
struct Dendrogram {
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t leaf_count = 0;
    std::vector<std::uint32_t> first_child;  ///< by node, kNone at leaves
    std::vector<std::uint32_t> next_sibling; ///< by node, kNone at the last child
    std::vector<double> reach2;              ///< by node: squared length; at leaves, core distance
    std::vector<std::uint64_t> size;         ///< by node: weight
    /// By node, metres: the longest side of the box around it in the plane, the diagonal of the box
    /// on the sphere.
    std::vector<double> extent_m;
    bool is_on_sphere = false;

    [[nodiscard]] std::uint32_t node_count() const {
        return static_cast<std::uint32_t>(size.size());
    }
    /// A squared length of the tree as a distance on the ground.
    [[nodiscard]] double length_m(double length2) const;
};

/// \complexity O(n) besides the joins
template <std::size_t D>
[[nodiscard]] Dendrogram make_dendrogram(const HierarchyIn<D>& hierarchy);

} // namespace icmap::cluster
