#pragma once

#include "serve/atlas_view.hpp"
#include "serve/bodies.hpp"
#include "serve/routes.hpp"
#include "serve/turn.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icmap::serve {

/// A place that somebody drew, and the rows of the site table inside or on its border.
struct DrawnPlace {
    geo::Geometry plane; ///< in the project's CRS
    RowRanges rows;
};

/// \errors 400 where it lies outside the map
[[nodiscard]] Checked<DrawnPlace> drawn_circle(const AtlasView& atlas, const Circle& circle);
/// \param lon_lat polygons that `refuse_crossing` let pass; mended where they touch themselves
/// \errors 400 where it lies outside the map or has no inside
[[nodiscard]] Checked<DrawnPlace> drawn_polygon(const AtlasView& atlas,
                                                const geo::Geometry& lon_lat);

/// Refuses rings of which edges cross, within a ring or between two, and rounds their positions.
/// \errors 400, which names two edges
[[nodiscard]] Checked<void> refuse_crossing(std::span<geo::Ring> rings);

/// Whoever counts a drawn place or compares areas takes a turn first.
inline constexpr int kMostDrawnAtOnce = 4;
[[nodiscard]] std::atomic<int>& drawing_turns();
/// The problem where there is no turn left.
[[nodiscard]] tl::unexpected<Problem> too_many_drawn();

/// The problem where firms are withheld, nothing otherwise.
[[nodiscard]] Checked<void> refuse_where_drawn_is_withheld(const Catalogue& catalogue);

/// True if the call names a circle or a polygon.
[[nodiscard]] bool draws_place(Call& call);

/// The place that the parameter `circle` (lon,lat,radius_m) or `polygon` (lon,lat,lon,lat,…, one
/// ring) draws; nothing where neither was sent.
/// \errors 400: it cannot be drawn; 403: firms are withheld
[[nodiscard]] Checked<std::optional<DrawnPlace>> read_drawn_place(Call& call);

/// The rows of the sites of an area of the catalogue. The table of the atlas decides which site is
/// inside, not the area's outline: borders of areas are drawn coarsely.
[[nodiscard]] Checked<RowRanges> rows_of_area(const AtlasView& atlas, std::size_t area);

} // namespace icmap::serve
