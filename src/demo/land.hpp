#pragma once

#include "base/units.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace icmap::demo {

/// One ring of a polygon in British National Grid metres, first point repeated at the end.
using PlaneRing = std::vector<PlaneXY>;
/// Outer ring first, then holes.
using PlanePolygon = std::vector<PlaneRing>;

/// Where there is land in the United Kingdom, at 250 m: a cell is land when its centre is.
class Land {
  public:
    static constexpr double kCell_m = 250.0;
    /// No point that `contains` accepts is farther than this from the land itself: half the
    /// diagonal of a cell.
    static constexpr double kTolerance_m = 177.0;

    explicit Land(const std::vector<PlanePolygon>& polygons);

    [[nodiscard]] bool contains(PlaneXY point) const;

    /// The point itself on land, otherwise the centre of a nearby land cell (by growing square
    /// rings, lowest row and column first); the point when there is none within 40 km.
    [[nodiscard]] PlaneXY nearest(PlaneXY point) const;

  private:
    void fill_row(std::int64_t row, std::vector<double>& crossings);
    [[nodiscard]] bool cell(std::int64_t column, std::int64_t row) const;
    std::vector<bool> cells_;
};

/// The land of the United Kingdom from the program's own geography (Natural Earth).
[[nodiscard]] const std::vector<PlanePolygon>& uk_polygons();
[[nodiscard]] const Land& uk_land();

/// The GeoJSON text of land: features with properties layer ("uk" or "other") and name.
[[nodiscard]] std::string_view land_geojson();

} // namespace icmap::demo
