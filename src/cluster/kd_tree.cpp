#include "cluster/kd_tree.hpp"

#include "base/parallel.hpp"

#include <algorithm>

namespace icmap::cluster {
namespace {

constexpr std::size_t kMostInLeaf = 12;
constexpr std::size_t kParallelBuild = 8192; // entries: below, two tasks cost more than they save

} // namespace

template <std::size_t D>
KdTree<D>::KdTree(const Places<D>& places) {
    const std::size_t n = places.size();
    if (n == 0) {
        return;
    }
    std::size_t leaves = 1;
    while (n > leaves * kMostInLeaf) {
        leaves *= 2;
    }
    nodes_.resize(2 * leaves - 1);
    std::vector<Entry> entries(n);
    for (std::size_t i = 0; i < n; ++i) {
        entries[i] = {places.at_m[i], static_cast<std::uint32_t>(i)};
    }
    nodes_[0].begin = 0;
    nodes_[0].end = static_cast<std::uint32_t>(n);
    build(entries, 0);
    at_m_.resize(n);
    place_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        at_m_[i] = entries[i].at_m;
        place_[i] = entries[i].place;
    }
}

template <std::size_t D>
void KdTree<D>::build(std::vector<Entry>& entries, std::size_t at) {
    Node& node = nodes_[at];
    const auto begin = entries.begin() + node.begin;
    const auto end = entries.begin() + node.end;
    CellBox<D> box = box_at(begin->at_m);
    for (auto entry = begin; entry != end; ++entry) {
        widen(box, entry->at_m);
    }
    node.box = box;
    if (is_leaf(at)) {
        return;
    }
    const auto size = static_cast<std::uint32_t>(end - begin);
    const auto middle = begin + size / 2;
    // Ties are cut by place, so that the tree is the same with every standard library.
    const std::size_t axis = longest_axis(box);
    std::nth_element(begin, middle, end, [axis](const Entry& a, const Entry& b) {
        return a.at_m[axis] != b.at_m[axis] ? a.at_m[axis] < b.at_m[axis] : a.place < b.place;
    });
    const std::size_t left = 2 * at + 1;
    nodes_[left].begin = node.begin;
    nodes_[left].end = nodes_[left + 1].begin = node.begin + size / 2;
    nodes_[left + 1].end = node.end;
    if (size >= kParallelBuild) {
        parallel_for_each(2, 1, [&](std::size_t side) { build(entries, left + side); });
    } else {
        build(entries, left);
        build(entries, left + 1);
    }
}

template class KdTree<2>;
template class KdTree<3>;

} // namespace icmap::cluster
