#pragma once

#include "serve/atlas_view.hpp"
#include "serve/bodies.hpp"
#include "serve/routes.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace icmap::serve {

/// A place that somebody drew, and the rows of the site table inside or on its border.
struct DrawnPlace {
    geo::Geometry plane; ///< in the project's CRS
    std::vector<std::uint32_t> rows;
};

/// \errors 400 where it lies outside the map
[[nodiscard]] Checked<DrawnPlace> drawn_circle(const AtlasView& atlas, const Circle& circle);
/// \param lon_lat polygons, mended where they cross themselves
/// \errors 400 where it lies outside the map or has no inside
[[nodiscard]] Checked<DrawnPlace> drawn_polygon(const AtlasView& atlas,
                                                const geo::Geometry& lon_lat);

/// The place that the parameter `circle` (lon,lat,radius_m) or `polygon` (lon,lat,lon,lat,…, one
/// ring) draws; nothing where neither was sent.
[[nodiscard]] Checked<std::optional<DrawnPlace>> read_drawn_place(Call& call);

/// The rows of the sites of an area of the catalogue. The table of the atlas decides which site is
/// inside, not the area's outline: borders of areas are drawn coarsely.
[[nodiscard]] Checked<std::vector<std::uint32_t>> rows_of_area(const AtlasView& atlas,
                                                               std::size_t area);

} // namespace icmap::serve
