#pragma once

#include "base/units.hpp"
#include "geo/banded_edges.hpp"
#include "geo/edge_lanes.hpp"

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

    class Walk;

  private:
    [[nodiscard]] std::size_t row_of(double y) const;

    double min_y_ = 0.0;
    double height_ = 1.0;
    std::vector<std::uint32_t> first_; ///< position of the first point of each row, and the end
    std::vector<std::uint32_t> order_;
    std::vector<PlaneXY> point_; ///< by position
};

/// Asks which points lie inside of one area after another; one for each thread.
class PointRows::Walk {
  public:
    /// \param rows must outlive it
    explicit Walk(const PointRows& rows) : rows_(rows) {}

    /// The positions of the points that the area covers (as BandedEdges::covers) as runs,
    /// ascending, until it is asked again.
    /// \param edges all of the area's borders
    /// \complexity O(rows of the area + points in its rows beside its border, each times the edges
    /// of its row)
    [[nodiscard]] std::span<const Run> inside(std::span<const Edge> edges);

  private:
    void list_edges(std::span<const Edge> edges, std::size_t first_row, std::size_t rows);
    void find_border(std::size_t row);
    void walk_row(std::size_t row);
    [[nodiscard]] bool covers(PlaneXY p) const;

    const PointRows& rows_;
    std::vector<Run> runs_;
    std::vector<std::uint32_t> first_;              ///< of the edges of each row, and the end
    std::vector<std::uint32_t> edge_;               ///< number of each
    std::vector<Edge> own_;                         ///< those of the row that is walked through
    EdgeLanes lanes_;                               ///< the same
    std::vector<std::pair<double, double>> border_; ///< where they run through it
};

} // namespace icmap::geo
