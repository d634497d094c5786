#pragma once

#include "base/units.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::geo {

/// Finds the boxes that may hold a point: a uniform grid whose cells list the boxes that reach into
/// them. Boxes may overlap as they like.
class BoxGrid {
  public:
    BoxGrid() = default;
    /// \param boxes those with min_x above max_x are never found
    /// \complexity O(n); at most some 32 entries a box, so that boxes which cover each other make
    ///             the grid coarser instead of larger
    explicit BoxGrid(std::span<const Box> boxes);

    /// Every box that holds the point, and maybe some more, ascending. The point is finite.
    /// \complexity O(answer)
    [[nodiscard]] std::span<const std::int32_t> near(PlaneXY point) const;

  private:
    struct CellRange {
        std::int64_t first_column, last_column, first_row, last_row;
    };
    [[nodiscard]] CellRange cells_of(const Box& box) const;
    void lay(const Box& bounds, double cells_along);

    Box bounds_{1.0, 1.0, 0.0, 0.0};
    double cell_m_ = 1.0;
    std::int64_t columns_ = 0;
    std::int64_t rows_ = 0;
    std::vector<std::size_t> first_;  ///< cell -> start in index_; one more at the end
    std::vector<std::int32_t> index_; ///< boxes, by cell, ascending within one
};

} // namespace icmap::geo
