#include "geo/inscribed_circle.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <queue>
#include <vector>

namespace icmap::geo {
namespace {

/// How far a place is from the border; negative outside.
double depth(std::span<const Edge> edges, PlaneXY p) {
    double nearest2 = std::numeric_limits<double>::infinity();
    bool is_inside = false;
    for (const Edge& edge : edges) {
        nearest2 = std::min(nearest2, squared_distance(edge, p));
        if (edge.low.y_m <= p.y_m && p.y_m < edge.high.y_m && side_of(edge, p) > 0.0) {
            is_inside = !is_inside;
        }
    }
    return is_inside ? std::sqrt(nearest2) : -std::sqrt(nearest2);
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
    explicit Search(std::span<const Edge> edges) : edges_(edges) {}

    void add(PlaneXY middle, double half_m) {
        const double deep_m = depth(edges_, middle);
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
