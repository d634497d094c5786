#pragma once

#include "geo/banded_edges.hpp"
#include "geo/geometry.hpp"

namespace icmap::outline {

/// Land that outlines are clipped to, with its border laid out for quick questions. Several threads
/// may ask at once.
class LandPiece {
  public:
    LandPiece() = default;
    /// \param land valid polygons in the plane, metres
    /// \complexity O(vertices)
    explicit LandPiece(geo::Geometry land);

    [[nodiscard]] const geo::Geometry& geometry() const { return land_; }

    /// True if all of a polygon without holes is land, as GEOS says, which is asked only where
    /// rounding might decide.
    /// \complexity edges of the land at the polygon's height, times the polygon's where both meet
    [[nodiscard]] bool covers(const geo::Geometry& polygon) const;

  private:
    geo::Geometry land_;
    geo::BandedEdges border_;
};

} // namespace icmap::outline
