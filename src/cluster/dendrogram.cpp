#include "cluster/dendrogram.hpp"

#include "cluster/union_find.hpp"

#include <algorithm>

namespace icmap::cluster {
namespace {

class DendrogramBuilder {
  public:
    explicit DendrogramBuilder(const Hierarchy& hierarchy)
        : edges_(hierarchy.edges()), n_(static_cast<std::uint32_t>(hierarchy.tree().size())),
          sets_(n_), node_of_(n_), last_child_(n_, Dendrogram::kNone), step_of_(n_, 0),
          new_node_step_(n_, 0), lowest_(n_) {
        tree_.leaf_count = n_;
        for (std::uint32_t i = 0; i < n_; ++i) {
            const std::uint32_t place = hierarchy.tree().place()[i];
            const double x = hierarchy.tree().x_m()[i];
            const double y = hierarchy.tree().y_m()[i];
            node_of_[i] = i;
            lowest_[i] = hierarchy.places().first_index[place];
            add_node(hierarchy.core_distance2()[i], hierarchy.places().weight[place], {x, y, x, y});
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
        return std::move(tree_);
    }

  private:
    struct OldSet {
        std::uint32_t root;
        std::uint32_t node;
        std::uint32_t lowest;
    };

    std::uint32_t add_node(double reach2, std::uint64_t size, const CellBox& box) {
        tree_.first_child.push_back(Dendrogram::kNone);
        tree_.next_sibling.push_back(Dendrogram::kNone);
        tree_.reach2.push_back(reach2);
        tree_.size.push_back(size);
        tree_.box.push_back(box);
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
                node_of_[root] = add_node(edges[0].reach2, 0, tree_.box[old.node]);
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
        CellBox& box = tree_.box[parent];
        const CellBox& more = tree_.box[child];
        box = {std::min(box.min_x, more.min_x), std::min(box.min_y, more.min_y),
               std::max(box.max_x, more.max_x), std::max(box.max_y, more.max_y)};
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
    Dendrogram tree_;
};

} // namespace

Dendrogram make_dendrogram(const Hierarchy& hierarchy) {
    return DendrogramBuilder(hierarchy).run();
}

} // namespace icmap::cluster
