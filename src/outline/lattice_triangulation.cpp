#include "outline/lattice_triangulation.hpp"

#include <algorithm>
#include <cstdlib>

namespace icmap::outline {
namespace {

constexpr std::uint32_t kNone = LatticeTriangulation::kNone;

struct Offset {
    std::int64_t x;
    std::int64_t y;
};

/// The determinant of three places around a fourth, in numbers that hold it.
template <class Number>
bool is_positive(Offset a, Offset b, Offset c) {
    const std::int64_t lift_a = a.x * a.x + a.y * a.y;
    const std::int64_t lift_b = b.x * b.x + b.y * b.y;
    const std::int64_t lift_c = c.x * c.x + c.y * c.y;
    return Number{lift_a} * (b.x * c.y - c.x * b.y) - Number{lift_b} * (a.x * c.y - c.x * a.y) +
               Number{lift_c} * (a.x * b.y - b.x * a.y) >
           0;
}

/// As is_in_circle; where the sweep can have it inline.
inline bool lies_in_circle(const Cell& a, const Cell& b, const Cell& c, const Cell& d) {
    __extension__ using Wide = __int128;
    const auto seen = [&d](const Cell& cell) {
        return Offset{cell.column - d.column, cell.row - d.row};
    };
    const Offset to_a = seen(a);
    const Offset to_b = seen(b);
    const Offset to_c = seen(c);
    // Differences below 2^14 have squares and products of two within 2^29 and all of it within
    // 2^60. They stay below 2^30, squares and products of two within 2^61.
    constexpr std::int64_t kNear = std::int64_t{1} << 14;
    const bool is_near = ((std::abs(to_a.x) | std::abs(to_a.y) | std::abs(to_b.x) |
                           std::abs(to_b.y) | std::abs(to_c.x) | std::abs(to_c.y)) < kNear);
    return is_near ? is_positive<std::int64_t>(to_a, to_b, to_c)
                   : is_positive<Wide>(to_a, to_b, to_c);
}

/// Positive where the two are seen from a cell at less than a right angle.
std::int64_t nearness(const Cell& one, const Cell& other, const Cell& from) {
    return (one.column - from.column) * (other.column - from.column) +
           (one.row - from.row) * (other.row - from.row);
}

/// Whether d is in the circle through a, b and c, where c is left of a-b and d right of it: where
/// a-b is seen from c and d at more than two right angles together.
bool must_flip(const Cell& a, const Cell& b, const Cell& c, const Cell& d) {
    const std::int64_t from_c = nearness(a, b, c);
    const std::int64_t from_d = nearness(a, b, d);
    if (from_c >= 0 && from_d >= 0) {
        return false;
    }
    return (from_c <= 0 && from_d <= 0) || lies_in_circle(a, b, c, d);
}

/// The triangulation while cells are added, with the border around it.
class Sweep {
  public:
    explicit Sweep(std::span<const Cell> cells)
        : cells_(cells), after_(cells.size()), before_(cells.size()), inner_(cells.size(), kNone) {
        mesh_.corner.reserve(6 * cells.size());
        mesh_.twin.reserve(6 * cells.size());
    }

    LatticeTriangulation run() {
        std::uint32_t apex = 2;
        while (apex < cells_.size() && turn(cells_[0], cells_[1], cells_[apex]) == 0) {
            ++apex;
        }
        if (apex >= cells_.size()) {
            return {};
        }
        start(apex);
        for (std::uint32_t i = apex + 1; i < cells_.size(); ++i) {
            add(i);
        }
        return std::move(mesh_);
    }

  private:
    /// The first cells, all on a line, and the first one beside it.
    void start(std::uint32_t apex) {
        const bool is_left = turn(cells_[0], cells_[1], cells_[apex]) > 0;
        const auto along = [&](std::uint32_t i) { return is_left ? i : apex - 1 - i; };
        for (std::uint32_t i = 0; i + 1 < apex; ++i) {
            link(along(i), along(i + 1));
        }
        link(along(apex - 1), apex);
        link(apex, along(0));
        std::uint32_t shared = kNone; // edge from the apex to the line, seen from the last triangle
        for (std::uint32_t i = 0; i + 1 < apex; ++i) {
            const std::uint32_t edge = add_triangle(along(i), along(i + 1), apex);
            inner_[along(i)] = edge;
            if (shared != kNone) {
                pair(shared, edge + 2);
            } else {
                inner_[apex] = edge + 2;
            }
            shared = edge + 1;
        }
        inner_[along(apex - 1)] = shared;
        settle();
    }

    /// A cell beyond all before it meets every edge of the border that it sees.
    void add(std::uint32_t at) {
        const std::uint32_t last = at - 1;
        std::uint32_t first = last;
        while (sees(at, before_[first])) {
            first = before_[first];
        }
        std::uint32_t end = last;
        while (sees(at, end)) {
            end = after_[end];
        }
        std::uint32_t shared = kNone;
        for (std::uint32_t from = first; from != end; from = after_[from]) {
            // Seen from outside, the border runs the other way.
            const std::uint32_t edge = add_triangle(after_[from], from, at);
            pair(edge, inner_[from]);
            if (shared != kNone) {
                pair(shared, edge + 1);
            } else {
                inner_[first] = edge + 1;
            }
            shared = edge + 2;
            unsettled_.push_back(edge);
        }
        inner_[at] = shared;
        link(first, at);
        link(at, end);
        settle();
    }

    [[nodiscard]] bool sees(std::uint32_t at, std::uint32_t from) const {
        return turn(cells_[from], cells_[after_[from]], cells_[at]) < 0;
    }

    void link(std::uint32_t a, std::uint32_t b) {
        after_[a] = b;
        before_[b] = a;
    }

    std::uint32_t add_triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        const auto edge = static_cast<std::uint32_t>(mesh_.corner.size());
        mesh_.corner.insert(mesh_.corner.end(), {a, b, c});
        mesh_.twin.insert(mesh_.twin.end(), 3, kNone);
        return edge;
    }

    void pair(std::uint32_t one, std::uint32_t other) {
        mesh_.twin[one] = other;
        mesh_.twin[other] = one;
    }

    /// Where a flip has put another half-edge on the border, that is its inner side now.
    void place(std::uint32_t edge, std::uint32_t other_side) {
        mesh_.twin[edge] = other_side;
        if (other_side != kNone) {
            mesh_.twin[other_side] = edge;
        } else {
            inner_[mesh_.corner[edge]] = edge;
        }
    }

    /// Flips edges until no circle around a triangle holds a cell.
    void settle() {
        while (!unsettled_.empty()) {
            const std::uint32_t edge = unsettled_.back();
            unsettled_.pop_back();
            const std::uint32_t other = mesh_.twin[edge];
            if (other == kNone) {
                continue;
            }
            const std::uint32_t edge_last = LatticeTriangulation::previous(edge);
            const std::uint32_t other_last = LatticeTriangulation::previous(other);
            const std::uint32_t opposite = mesh_.corner[other_last];
            if (!must_flip(cells_[mesh_.corner[edge]],
                           cells_[mesh_.corner[LatticeTriangulation::next(edge)]],
                           cells_[mesh_.corner[edge_last]], cells_[opposite])) {
                continue;
            }
            flip(edge, other, edge_last, other_last);
        }
    }

    /// a-b with c, the newest cell, to its left and d to its right becomes d-c. Only the edges that
    /// now face c may have to go: those at c stay, as a circle through their ends alone is empty.
    void flip(std::uint32_t edge, std::uint32_t other, std::uint32_t edge_last,
              std::uint32_t other_last) {
        const std::uint32_t other_next = LatticeTriangulation::next(other);
        const std::uint32_t beyond_last = mesh_.twin[edge_last];
        const std::uint32_t beyond_other = mesh_.twin[other_last];
        mesh_.corner[edge] = mesh_.corner[other_last];
        mesh_.corner[other] = mesh_.corner[edge_last];
        place(edge, beyond_other);
        place(other, beyond_last);
        pair(edge_last, other_last);
        unsettled_.insert(unsettled_.end(), {edge, other_next});
    }

    std::span<const Cell> cells_;
    LatticeTriangulation mesh_;
    std::vector<std::uint32_t> after_;  ///< along the border, anticlockwise
    std::vector<std::uint32_t> before_; ///< the other way
    std::vector<std::uint32_t> inner_;  ///< of the border's edge that starts here
    std::vector<std::uint32_t> unsettled_;
};

} // namespace

bool is_in_circle(const Cell& a, const Cell& b, const Cell& c, const Cell& d) {
    return lies_in_circle(a, b, c, d);
}

LatticeTriangulation triangulate(std::span<const Cell> cells) {
    return cells.size() < 3 ? LatticeTriangulation{} : Sweep(cells).run();
}

} // namespace icmap::outline
