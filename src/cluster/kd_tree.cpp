#include "cluster/kd_tree.hpp"

#include "base/parallel.hpp"

#include <algorithm>

namespace icmap::cluster {
namespace {

constexpr std::size_t kMostInLeaf = 12;
constexpr std::size_t kParallelBuild = 8192; // entries: below, two tasks cost more than they save

} // namespace

KdTree::KdTree(const Places& places) {
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
        entries[i] = {places.x_m[i], places.y_m[i], static_cast<std::uint32_t>(i)};
    }
    nodes_[0].begin = 0;
    nodes_[0].end = static_cast<std::uint32_t>(n);
    build(entries, 0);
    x_m_.resize(n);
    y_m_.resize(n);
    place_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        x_m_[i] = entries[i].x_m;
        y_m_[i] = entries[i].y_m;
        place_[i] = entries[i].place;
    }
}

void KdTree::build(std::vector<Entry>& entries, std::size_t at) {
    Node& node = nodes_[at];
    const auto begin = entries.begin() + node.begin;
    const auto end = entries.begin() + node.end;
    CellBox box{begin->x_m, begin->y_m, begin->x_m, begin->y_m};
    for (auto entry = begin; entry != end; ++entry) {
        box = {std::min(box.min_x, entry->x_m), std::min(box.min_y, entry->y_m),
               std::max(box.max_x, entry->x_m), std::max(box.max_y, entry->y_m)};
    }
    node.box = box;
    if (is_leaf(at)) {
        return;
    }
    const auto size = static_cast<std::uint32_t>(end - begin);
    const auto middle = begin + size / 2;
    // Ties are cut by place, so that the tree is the same with every standard library.
    if (box.max_x - box.min_x >= box.max_y - box.min_y) {
        std::nth_element(begin, middle, end, [](const Entry& a, const Entry& b) {
            return a.x_m != b.x_m ? a.x_m < b.x_m : a.place < b.place;
        });
    } else {
        std::nth_element(begin, middle, end, [](const Entry& a, const Entry& b) {
            return a.y_m != b.y_m ? a.y_m < b.y_m : a.place < b.place;
        });
    }
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

} // namespace icmap::cluster
