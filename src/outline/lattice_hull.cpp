#include "outline/lattice_hull.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <queue>
#include <utility>

namespace icmap::outline {
namespace {

constexpr std::uint32_t kNone = LatticeTriangulation::kNone;

/// A triangulation that loses triangles from its border.
class Erosion {
  public:
    Erosion(std::span<const Cell> cells, LatticeTriangulation mesh)
        : cells_(cells), mesh_(std::move(mesh)), is_gone_(mesh_.corner.size() / 3, 0),
          is_border_(cells.size(), 0) {
        for (std::uint32_t edge = 0; edge < mesh_.twin.size(); ++edge) {
            if (mesh_.twin[edge] == kNone) {
                is_border_[mesh_.corner[edge]] = 1;
            }
        }
    }

    void erode(double ratio) {
        most_to_stay2_ = longest_to_stay(ratio);
        for (std::uint32_t triangle = 0; triangle < is_gone_.size(); ++triangle) {
            offer(triangle);
        }
        while (!longest_first_.empty()) {
            const std::int64_t earlier = longest_first_.top().second;
            longest_first_.pop();
            take_away(static_cast<std::uint32_t>(-earlier));
        }
    }

    [[nodiscard]] std::vector<Cell> border() const {
        std::vector<std::uint32_t> after(cells_.size(), kNone);
        std::uint32_t first = kNone;
        for (std::uint32_t edge = 0; edge < mesh_.twin.size(); ++edge) {
            if (is_gone_[edge / 3] == 0 && mesh_.twin[edge] == kNone) {
                after[mesh_.corner[edge]] = mesh_.corner[LatticeTriangulation::next(edge)];
                first = std::min(first, mesh_.corner[edge]);
            }
        }
        std::vector<Cell> ring;
        std::uint32_t before = kNone;
        for (std::uint32_t i = 0; i < after.size(); ++i) {
            before = after[i] == first ? i : before;
        }
        std::uint32_t at = first;
        do {
            if (turn(cells_[before], cells_[at], cells_[after[at]]) != 0) {
                ring.push_back(cells_[at]);
            }
            before = at;
            at = after[at];
        } while (at != first);
        return ring;
    }

  private:
    [[nodiscard]] std::int64_t length2(std::uint32_t edge) const {
        return distance2(cells_[mesh_.corner[edge]],
                         cells_[mesh_.corner[LatticeTriangulation::next(edge)]]);
    }

    /// Edges of this length stay, squared; a hair more, so that rounding takes none away.
    [[nodiscard]] double longest_to_stay(double ratio) const {
        std::int64_t least2 = length2(0);
        std::int64_t most2 = least2;
        for (std::uint32_t edge = 1; edge < mesh_.corner.size(); ++edge) {
            const std::int64_t each = length2(edge);
            least2 = std::min(least2, each);
            most2 = std::max(most2, each);
        }
        const double least = std::sqrt(static_cast<double>(least2));
        const double most = std::sqrt(static_cast<double>(most2));
        const double target = ratio * (most - least) + least;
        return target * target * (1.0 + 1e-12);
    }

    /// The only edge of a triangle that is on the border, or none.
    [[nodiscard]] std::uint32_t border_edge(std::uint32_t triangle) const {
        std::uint32_t found = kNone;
        for (std::uint32_t edge = 3 * triangle; edge < 3 * triangle + 3; ++edge) {
            if (mesh_.twin[edge] == kNone) {
                if (found != kNone) {
                    return kNone;
                }
                found = edge;
            }
        }
        return found;
    }

    /// Puts a triangle up to be taken away, if its edge on the border is too long to stay.
    void offer(std::uint32_t triangle) {
        const std::uint32_t edge = border_edge(triangle);
        if (edge == kNone) {
            return;
        }
        if (const std::int64_t own2 = length2(edge); static_cast<double>(own2) > most_to_stay2_) {
            longest_first_.emplace(own2, -static_cast<std::int64_t>(triangle));
        }
    }

    void take_away(std::uint32_t triangle) {
        const std::uint32_t edge = border_edge(triangle);
        if (is_gone_[triangle] != 0 || edge == kNone) {
            return;
        }
        const std::uint32_t opposite = mesh_.corner[LatticeTriangulation::previous(edge)];
        if (is_border_[opposite] != 0) {
            return; // all would hang together by this corner alone
        }
        is_gone_[triangle] = 1;
        is_border_[opposite] = 1;
        for (const std::uint32_t inner :
             {LatticeTriangulation::next(edge), LatticeTriangulation::previous(edge)}) {
            const std::uint32_t other = mesh_.twin[inner];
            mesh_.twin[other] = kNone;
            offer(other / 3);
        }
    }

    std::span<const Cell> cells_;
    LatticeTriangulation mesh_;
    std::vector<std::uint8_t> is_gone_;
    std::vector<std::uint8_t> is_border_;
    double most_to_stay2_ = 0.0;
    std::priority_queue<std::pair<std::int64_t, std::int64_t>> longest_first_;
};

} // namespace

std::vector<Cell> concave_hull(std::span<const Cell> cells, double ratio) {
    LatticeTriangulation mesh = triangulate(cells);
    if (mesh.corner.empty()) {
        return cells.size() == 1 ? std::vector<Cell>{cells.front()}
                                 : std::vector<Cell>{cells.front(), cells.back()};
    }
    Erosion erosion(cells, std::move(mesh));
    erosion.erode(ratio);
    return erosion.border();
}

} // namespace icmap::outline
