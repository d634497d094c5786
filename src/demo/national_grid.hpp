#pragma once

#include "base/units.hpp"

namespace icmap::demo {

/// The example country is laid out in British National Grid metres, Northern Ireland included.
/// These conversions use the Ordnance Survey's seven-parameter transformation and no grid file, so
/// that the example's bytes do not depend on what PROJ data a machine has. They are within 5 m of
/// OSTN15 in Great Britain, which a made-up postcode does not notice.
/// \source Ordnance Survey, "A guide to coordinate systems in Great Britain" (2020), annexes B, C

/// British National Grid (EPSG:27700) of a WGS 84 position.
[[nodiscard]] PlaneXY to_national_grid(LonLat position);

/// WGS 84 position of a British National Grid point.
[[nodiscard]] LonLat from_national_grid(PlaneXY point);

/// Irish Grid (EPSG:29903) of a WGS 84 position; the postcode directory gives Northern Ireland so.
[[nodiscard]] PlaneXY to_irish_grid(LonLat position);

} // namespace icmap::demo
