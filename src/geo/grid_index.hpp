#pragma once

#include "base/units.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace icmap::geo {

/// A point found near another.
struct Neighbour {
    std::uint32_t index = 0; ///< into the points the index was built from
    double distance_m = 0.0;
    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// Finds the points near a place: a uniform grid over a fixed set of points.
///
/// Points that are not finite are never found. Distances are inclusive. Several threads may ask at
/// once.
class GridIndex {
  public:
    /// \param points at most 2^32 - 1; copied
    /// \param cell side of a cell; best about the radius that will be asked for. 0: chosen so that
    ///        a cell holds about two points. Made larger where the grid would have too many cells.
    /// \complexity O(n)
    explicit GridIndex(std::span<const PlaneXY> points, Metres cell = {});

    /// Puts the points within `radius` of `place` into `found` (cleared first), by ascending index.
    void within(PlaneXY place, Metres radius, std::vector<std::uint32_t>& found) const;
    [[nodiscard]] std::vector<std::uint32_t> within(PlaneXY place, Metres radius) const;

    /// The number of points within `radius` of `place`.
    [[nodiscard]] std::size_t count_within(PlaneXY place, Metres radius) const;

    /// The `k` nearest points, nearest first, ties by lowest index; fewer where there are fewer
    /// within `reach`.
    [[nodiscard]] std::vector<Neighbour>
    nearest(PlaneXY place, std::size_t k,
            Metres reach = Metres{std::numeric_limits<double>::infinity()}) const;

    /// The number of points that can be found.
    [[nodiscard]] std::size_t size() const { return index_.size(); }

  private:
    struct CellRange {
        std::int64_t first_column, last_column, first_row, last_row;
    };
    [[nodiscard]] CellRange cells_around(PlaneXY place, double radius_m) const;
    template <class Visit>
    void visit(PlaneXY place, double radius_m, Visit&& visit) const;

    Box bounds_{1.0, 1.0, 0.0, 0.0};
    double cell_m_ = 1.0;
    std::int64_t columns_ = 0;
    std::int64_t rows_ = 0;
    std::vector<std::uint32_t> first_; ///< cell -> start in index_; columns_ * rows_ + 1 entries
    std::vector<std::uint32_t> index_; ///< point indexes, by cell, ascending within one
    std::vector<PlaneXY> position_;    ///< their positions, in the same order
};

} // namespace icmap::geo
