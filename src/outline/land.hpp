#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "outline/land_piece.hpp"

#include <cstdint>
#include <vector>

namespace icmap::outline {

/// The land prepared for clipping outlines: cut into overlapping squares, so that an outline is
/// clipped to the coast around it and not to that of the whole country, and inland not at all.
/// Several threads may ask at once.
class Land {
  public:
    /// No land: nothing is clipped.
    Land() = default;

    /// \param land polygons in the plane, metres, valid; may be empty
    /// \errors internal: where GEOS gives up
    /// \complexity O(vertices) for the tiles, two small intersections for each square, over all
    ///             threads
    [[nodiscard]] static Result<Land> make(geo::Geometry land);

    /// What an outline inside the box must be clipped to: the land in and around it, or all of it
    /// where no piece is large enough for the box; nullptr where there is nothing to clip, be it
    /// that the box is all land or that there is no land at all.
    /// \param reach how far beyond the box the outline may go
    [[nodiscard]] const LandPiece* around(const Box& box, Metres reach) const;

  private:
    /// Squares of one size, each piece reaching beyond its square by a margin.
    struct Pieces {
        double side_m = 0.0;
        double margin_m = 0.0;
        std::int64_t columns = 0;
        std::int64_t rows = 0;
        std::vector<LandPiece> piece; ///< by row, then column
    };
    Result<Pieces> cut(double side_m, double margin_m, const Pieces* larger) const;
    [[nodiscard]] const LandPiece* piece_around(const Pieces& pieces, const Box& box) const;
    void lay_tiles();
    [[nodiscard]] bool is_inland(const Box& box) const;

    LandPiece land_;
    Box bounds_;
    Pieces wide_;
    Pieces narrow_;
    std::int64_t tile_columns_ = 0;
    std::int64_t tile_rows_ = 0;
    std::vector<std::uint8_t> is_inland_; ///< by tile: 1 where all of it is land
};

} // namespace icmap::outline
