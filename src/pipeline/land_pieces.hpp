#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <vector>

namespace icmap::pipeline {

/// The land cut into overlapping squares, so that an outline is clipped to the coast around it and
/// not to that of the whole country.
class LandPieces {
  public:
    /// Squares of `kSide`; each piece reaches `kMargin` beyond its square.
    static constexpr double kSide = 100'000.0;
    static constexpr double kMargin = 60'000.0;

    /// \param land polygons in the plane; may be empty
    /// \errors internal: where GEOS gives up
    /// \complexity one intersection for each square, over all threads
    [[nodiscard]] static Result<LandPieces> cut(geo::Geometry land);

    /// The land in and around the box, or all of it where no piece is large enough for the box;
    /// nullptr where there is no land at all.
    /// \param reach how far beyond the box the piece must go at least
    [[nodiscard]] const geo::Geometry* around(const Box& box, Metres reach) const;

  private:
    geo::Geometry land_;
    Box bounds_;
    std::int64_t columns_ = 0;
    std::int64_t rows_ = 0;
    std::vector<geo::Geometry> pieces_; ///< by row, then column
};

} // namespace icmap::pipeline
