#pragma once

#include "base/units.hpp"
#include "geo/banded_edges.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::geo {

/// Points in rows from south to north, each from west to east, to be counted inside one area after
/// another: between two places where the border runs through a row all points lie on the same side
/// of it, so that one of them speaks for all. Several threads may ask at once.
class PointRows {
  public:
    /// \param points finite, at most 2^32 - 1 \param height of a row; larger where there would be
    ///        more than 2^20
    PointRows(std::span<const PlaneXY> points, double height);

    /// The points by position; each row's stand together.
    [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }

    /// A range of positions.
    struct Run {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };

    /// The positions of the points that the area covers (BandedEdges::covers) as runs, ascending.
    /// \complexity O(rows of the area + points in its rows beside its border)
    void inside(const BandedEdges& area, std::vector<Run>& runs) const;

  private:
    using Intervals = std::vector<std::pair<double, double>>;
    [[nodiscard]] std::size_t row_of(double y) const;
    void find_border(std::size_t row, std::span<const Edge> edges,
                     std::span<const std::uint32_t> own, Intervals& border) const;
    void walk_row(std::size_t row, const BandedEdges& area, const Intervals& border,
                  std::vector<Run>& runs) const;

    double min_y_ = 0.0;
    double height_ = 1.0;
    std::vector<std::uint32_t> first_; ///< position of the first point of each row, and the end
    std::vector<std::uint32_t> order_;
    std::vector<PlaneXY> point_; ///< by position
};

} // namespace icmap::geo
