#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::geo {

/// Bound of the rounding error of the two-product determinant, relative to the sum of the products.
/// \source Shewchuk 1997, Adaptive precision floating-point arithmetic, (3 + 16 eps) eps
constexpr double kDeterminantError = 3.3306690738754716e-16;

/// A straight piece of a border, lower end first (ties: left end first). Two areas that share a
/// border hold the very same edges, so that rounding falls the same way for both.
struct Edge {
    PlaneXY low;
    PlaneXY high;
};

[[nodiscard]] Edge make_edge(PlaneXY a, PlaneXY b);

/// In square metres, to the nearest point of the edge, which has some length.
[[nodiscard]] inline double squared_distance(const Edge& edge, PlaneXY p) {
    const double dx = edge.high.x_m - edge.low.x_m;
    const double dy = edge.high.y_m - edge.low.y_m;
    const double along =
        ((p.x_m - edge.low.x_m) * dx + (p.y_m - edge.low.y_m) * dy) / (dx * dx + dy * dy);
    const double t = std::clamp(along, 0.0, 1.0);
    const double ex = p.x_m - (edge.low.x_m + t * dx);
    const double ey = p.y_m - (edge.low.y_m + t * dy);
    return ex * ex + ey * ey;
}

/// The borders of all polygons among the parts, without edges of no length.
[[nodiscard]] std::vector<Edge> edges_of(const Geometry& geometry);

/// min > max where there is no edge.
[[nodiscard]] Box bounds_of(std::span<const Edge> edges);

/// The least and the greatest x of the edge between two heights, clipped to its own ends.
[[nodiscard]] std::pair<double, double> x_range(const Edge& edge, double bottom, double top);

/// Positive if `p` is left of the edge (seen upwards), negative if right, 0 if on its line; exact
/// in sign wherever the coordinates' differences are.
[[nodiscard]] double side_of(const Edge& edge, PlaneXY p);

/// How an edge and the ray from a point to the right meet.
enum class Meeting { none, crosses, point_is_on_edge };
/// An edge counts from its lower end up to, but without, its upper end, so that a ray through a
/// vertex crosses once.
[[nodiscard]] Meeting meeting_of(const Edge& edge, PlaneXY p);

/// True if the point is inside (even-odd rule) or on an edge.
/// \complexity linear: for few questions, or few edges
[[nodiscard]] bool covers(std::span<const Edge> edges, PlaneXY p);

/// True if the point is inside by the even-odd rule; on an edge it may be either.
/// \complexity linear: for few questions, or few edges
[[nodiscard]] bool is_inside(std::span<const Edge> edges, PlaneXY p);

/// The borders of one area, cut into horizontal bands, so that a question about a point looks only
/// at the edges of its height.
class BandedEdges {
  public:
    BandedEdges() = default;
    explicit BandedEdges(std::vector<Edge> edges);

    /// True if the point is inside (even-odd rule) or on an edge.
    /// \complexity O(edges at its height)
    [[nodiscard]] bool covers(PlaneXY p) const;

    /// The distance to the nearest edge, or infinity where that is more than `reach_m`.
    [[nodiscard]] double distance_m(PlaneXY p, double reach_m) const;

    /// Calls `visit(edge)` for each edge that may come between two heights, some more than once,
    /// until it says false.
    template <class Visit>
    void visit_between(double bottom, double top, Visit&& visit) const {
        if (edges_.empty()) {
            return;
        }
        const std::size_t last = band_of(top);
        for (std::size_t band = band_of(bottom); band <= last; ++band) {
            for (std::uint32_t slot = first_[band]; slot < first_[band + 1]; ++slot) {
                if (!visit(edges_[in_band_[slot]])) {
                    return;
                }
            }
        }
    }

    [[nodiscard]] std::span<const Edge> all() const { return edges_; }

  private:
    [[nodiscard]] std::size_t band_of(double y) const;

    std::vector<Edge> edges_;
    double min_y_ = 0.0;
    double band_m_ = 1.0;
    std::vector<std::uint32_t> first_; ///< band -> start in in_band_
    std::vector<std::uint32_t> in_band_;
};

} // namespace icmap::geo
