#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "outline/land.hpp"
#include "outline/outline.hpp"
#include "pipeline/label_sector.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::pipeline {

/// One cluster of a sector, as it will be written.
struct Shape {
    std::uint16_t sector_id = 0;
    std::vector<std::uint32_t> members; ///< indexes into the sector's sites, ascending
    std::string wkb;                    ///< WGS 84
    LonLat label;
    Box bounds;
    double area_km2 = 0.0;
    double extent_km = 0.0;
};

/// A shape of which the members are known alone.
struct Sketch {
    const SectorSites* sites;
    Shape* shape;
};

/// What outlines are drawn with.
struct Drawing {
    outline::OutlineOptions options;
    const outline::Land& land;
    const geo::Projection& projection;
};

/// Draws the outline of each shape, cut to the land, and tells its label point, bounds, area and
/// extent. Neighbours are drawn one after another, whatever their sector, so that what one has
/// looked up of the land and of the projection's grid is there for the next.
/// \errors as outline::outline, and where a vertex has no longitude and latitude: of the first
///         shape in order of place
[[nodiscard]] Result<void> draw_shapes(std::span<const Sketch> sketches, const Drawing& with);

} // namespace icmap::pipeline
