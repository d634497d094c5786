#include "cluster/dendrogram.hpp"

#include "cluster/sphere.hpp"
#include "cluster/union_find.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::cluster {
namespace {

/// How far the points in a box may lie apart, for `max_extent`.
template <std::size_t D>
double extent_of(const CellBox<D>& box) {
    const std::size_t axis = longest_axis(box);
    return D == 2 ? box.most[axis] - box.least[axis]
                  : along_m(std::sqrt(distance2(box.most, box.least)));
}

template <std::size_t D>
class DendrogramBuilder {
  public:
    explicit DendrogramBuilder(const HierarchyIn<D>& hierarchy)
        : edges_(hierarchy.edges()), n_(static_cast<std::uint32_t>(hierarchy.tree().size())),
          sets_(n_), node_of_(n_), last_child_(n_, Dendrogram::kNone), step_of_(n_, 0),
          new_node_step_(n_, 0), lowest_(n_) {
        tree_.leaf_count = n_;
        tree_.is_on_sphere = D == 3;
        for (std::uint32_t i = 0; i < n_; ++i) {
            const std::uint32_t place = hierarchy.tree().place()[i];
            node_of_[i] = i;
            lowest_[i] = hierarchy.places().first_index[place];
            add_node(hierarchy.core_distance2()[i], hierarchy.places().weight[place],
                     box_at(hierarchy.tree().at_m()[i]));
        }
    }

    Dendrogram run() {
        for (std::size_t begin = 0; begin < edges_.size();) {
            std::size_t end = begin;
            while (end < edges_.size() && edges_[end].reach2 == edges_[begin].reach2) {
                ++end;
            }
            join_all(edges_.subspan(begin, end - begin));
            begin = end;
        }
        for (const CellBox<D>& box : box_) {
            tree_.extent_m.push_back(extent_of(box));
        }
        return std::move(tree_);
    }

  private:
    struct OldSet {
        std::uint32_t root;
        std::uint32_t node;
        std::uint32_t lowest;
    };

    std::uint32_t add_node(double reach2, std::uint64_t size, const CellBox<D>& box) {
        tree_.first_child.push_back(Dendrogram::kNone);
        tree_.next_sibling.push_back(Dendrogram::kNone);
        tree_.reach2.push_back(reach2);
        tree_.size.push_back(size);
        box_.push_back(box);
        return tree_.node_count() - 1;
    }

    /// Joins along edges of one length: each set of sets that become one is one node.
    void join_all(std::span<const ReachabilityEdge> edges) {
        ++step_;
        old_.clear();
        for (const ReachabilityEdge& edge : edges) {
            for (const std::uint32_t end : {edge.a, edge.b}) {
                const std::uint32_t root = sets_.find(end);
                if (step_of_[root] != step_) {
                    step_of_[root] = step_;
                    old_.push_back({root, node_of_[root], lowest_[root]});
                }
            }
            sets_.join(edge.a, edge.b);
        }
        // The order of the edges is chance, that of the lowest points is not.
        std::sort(old_.begin(), old_.end(),
                  [](const OldSet& a, const OldSet& b) { return a.lowest < b.lowest; });
        for (const OldSet& old : old_) {
            const std::uint32_t root = sets_.find(old.root);
            if (new_node_step_[root] != step_) {
                new_node_step_[root] = step_;
                node_of_[root] = add_node(edges[0].reach2, 0, CellBox<D>(box_[old.node]));
                last_child_.push_back(Dendrogram::kNone);
                lowest_[root] = old.lowest;
            }
            adopt(node_of_[root], old.node);
        }
    }

    void adopt(std::uint32_t parent, std::uint32_t child) {
        const std::uint32_t last = last_child_[parent];
        (last == Dendrogram::kNone ? tree_.first_child[parent] : tree_.next_sibling[last]) = child;
        last_child_[parent] = child;
        tree_.size[parent] += tree_.size[child];
        widen(box_[parent], box_[child]);
    }

    std::span<const ReachabilityEdge> edges_;
    std::uint32_t n_;
    UnionFind sets_;
    std::vector<std::uint32_t> node_of_;       ///< by root
    std::vector<std::uint32_t> last_child_;    ///< by node
    std::vector<std::uint32_t> step_of_;       ///< by root: the last step that met it
    std::vector<std::uint32_t> new_node_step_; ///< by root: the last step that gave it a node
    std::vector<std::uint32_t> lowest_;        ///< by root: lowest point
    std::uint32_t step_ = 0;
    std::vector<OldSet> old_;
    std::vector<CellBox<D>> box_; ///< by node
    Dendrogram tree_;
};

} // namespace

double Dendrogram::length_m(double length2) const {
    const double straight = std::sqrt(length2);
    return is_on_sphere ? along_m(straight) : straight;
}

template <std::size_t D>
Dendrogram make_dendrogram(const HierarchyIn<D>& hierarchy) {
    return DendrogramBuilder<D>(hierarchy).run();
}

template Dendrogram make_dendrogram(const HierarchyIn<2>&);
template Dendrogram make_dendrogram(const HierarchyIn<3>&);

} // namespace icmap::cluster
