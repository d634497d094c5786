#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "serve/row_ranges.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::serve {

/// Places of the plane in the order of a Z-curve over square cells: those of any square block of
/// cells stand together, so that a question about an area takes whole blocks and looks at single
/// places only along its border. A position in this order is called a row.
/// \source Morton 1966, A computer oriented geodetic data base
class ZGrid {
  public:
    ZGrid() = default;
    /// \param x_m,y_m equally long, finite, in any order
    /// \param order is set to the index that each row had; rows of one cell keep their order
    /// \complexity linear, and at most 16 MB for the cells
    ZGrid(std::span<const double> x_m, std::span<const double> y_m,
          std::vector<std::uint32_t>& order);

    /// By row.
    [[nodiscard]] std::span<const double> x_m() const { return x_m_; }
    [[nodiscard]] std::span<const double> y_m() const { return y_m_; }

    /// Rows inside or on the border of the polygons (even-odd rule); other parts have no inside.
    /// The answers are those of asking place by place, of geo::AreaIndex for one.
    /// \complexity O(edges + rows in cells that a border goes through), over all threads
    [[nodiscard]] RowRanges within(const geo::Geometry& polygons) const;
    /// Rows at most `radius` from the centre.
    [[nodiscard]] RowRanges within(PlaneXY centre, Metres radius) const;

  private:
    /// A square of 2^level by 2^level cells.
    struct Block {
        std::uint32_t code = 0; ///< of its first cell on the curve
        int level = 0;
        double min_x = 0.0, min_y = 0.0;
    };
    [[nodiscard]] Block all() const { return {0, levels_, min_x_, min_y_}; }
    [[nodiscard]] Block quarter(const Block& block, unsigned which) const;
    [[nodiscard]] RowRange rows_of(const Block& block) const;
    /// The box around a block, a hair too large, so that rounding leaves no place outside.
    [[nodiscard]] Box box_of(const Block& block) const;
    template <class Question>
    void ask(const Block& block, const Question& question, RowRanges& found) const;
    template <class Question>
    [[nodiscard]] RowRanges ask_all(const Question& question) const;

    std::vector<double> x_m_, y_m_;
    double min_x_ = 0.0, min_y_ = 0.0;
    double cell_m_ = 1000.0;
    int levels_ = 0;                        ///< all cells are one block of this level
    std::vector<std::uint32_t> cell_first_; ///< along the curve, with the end behind the last
};

} // namespace icmap::serve
