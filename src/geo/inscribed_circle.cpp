#include "geo/inscribed_circle.hpp"

#include "base/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <queue>
#include <vector>

namespace icmap::geo {
namespace {

/// Edges side by side, filled up to whole rows of lanes with the last of them.
struct EdgeColumns {
    static constexpr std::size_t kLanes = 8;
    std::vector<double> low_x, low_y, dx, dy;

    explicit EdgeColumns(std::span<const Edge> edges) {
        const std::size_t rows = (edges.size() + kLanes - 1) / kLanes * kLanes;
        for (std::size_t i = 0; i < rows; ++i) {
            const Edge& edge = edges[std::min(i, edges.size() - 1)];
            low_x.push_back(edge.low.x_m);
            low_y.push_back(edge.low.y_m);
            dx.push_back(edge.high.x_m - edge.low.x_m);
            dy.push_back(edge.high.y_m - edge.low.y_m);
        }
    }
};

/// The least of squared_distance over all edges, step for step as there, lanes at a time.
ICMAP_SIMD_CLONES
double least_squared_distance(const EdgeColumns& edges, PlaneXY p) {
    constexpr std::size_t kLanes = EdgeColumns::kLanes;
    std::array<double, kLanes> least;
    least.fill(std::numeric_limits<double>::infinity());
    for (std::size_t begin = 0; begin < edges.dx.size(); begin += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const std::size_t i = begin + lane;
            const double dx = edges.dx[i];
            const double dy = edges.dy[i];
            const double along = ((p.x_m - edges.low_x[i]) * dx + (p.y_m - edges.low_y[i]) * dy) /
                                 (dx * dx + dy * dy);
            const double above = along < 0.0 ? 0.0 : along;
            const double t = above > 1.0 ? 1.0 : above;
            const double ex = p.x_m - (edges.low_x[i] + t * dx);
            const double ey = p.y_m - (edges.low_y[i] + t * dy);
            const double squared = ex * ex + ey * ey;
            least[lane] = squared < least[lane] ? squared : least[lane];
        }
    }
    return *std::min_element(least.begin(), least.end());
}

/// A square, what its middle is worth and what any place in it may be.
struct Square {
    double most_m;
    std::uint32_t order; ///< of equals the first goes first
    PlaneXY middle;
    double half_m;

    friend bool operator<(const Square& a, const Square& b) {
        return a.most_m < b.most_m || (a.most_m == b.most_m && a.order > b.order);
    }
};

/// Looks for the deepest place.
class Search {
  public:
    explicit Search(std::span<const Edge> edges) : edges_(edges), columns_(edges) {}

    void add(PlaneXY middle, double half_m) {
        // How far the middle is from the border; negative outside.
        const double far_m = std::sqrt(least_squared_distance(columns_, middle));
        const double deep_m = is_inside(edges_, middle) ? far_m : -far_m;
        if (deep_m > best_m_) {
            best_m_ = deep_m;
            best_ = middle;
        }
        open_.push({deep_m + half_m * std::numbers::sqrt2, next_++, middle, half_m});
    }

    std::optional<PlaneXY> run(double precision_m) {
        while (!open_.empty() && open_.top().most_m - best_m_ > precision_m) {
            const Square square = open_.top();
            open_.pop();
            const double half = square.half_m / 2.0;
            for (const double dx : {-half, half}) {
                for (const double dy : {-half, half}) {
                    add({square.middle.x_m + dx, square.middle.y_m + dy}, half);
                }
            }
        }
        return best_m_ > 0.0 ? std::optional(best_) : std::nullopt;
    }

  private:
    std::span<const Edge> edges_;
    EdgeColumns columns_;
    std::priority_queue<Square> open_;
    PlaneXY best_;
    double best_m_ = 0.0;
    std::uint32_t next_ = 0;
};

} // namespace

std::optional<PlaneXY> inscribed_centre(std::span<const Edge> edges, double precision_m) {
    const Box box = bounds_of(edges);
    const double width = box.max_x - box.min_x;
    const double height = box.max_y - box.min_y;
    const double side = std::min(width, height);
    constexpr double kTooThin = 1e-3; // of its length: it would begin with as many squares
    if (!(side > kTooThin * std::max(width, height))) {
        return std::nullopt;
    }
    Search search(edges);
    for (double x = box.min_x; x < box.max_x; x += side) {
        for (double y = box.min_y; y < box.max_y; y += side) {
            search.add({x + side / 2.0, y + side / 2.0}, side / 2.0);
        }
    }
    return search.run(precision_m);
}

} // namespace icmap::geo
