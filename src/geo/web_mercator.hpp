#pragma once

#include "base/units.hpp"

#include <cmath>
#include <numbers>

namespace icmap::geo {

/// Half the side of the web-mercator square, metres: pi times the radius of the sphere (6378137).
/// \source EPSG:3857
inline constexpr double kWebMercatorHalf = std::numbers::pi * 6378137.0;

/// Longitude and latitude on the web-mercator square (EPSG:3857). These are the metres of web maps:
/// at latitude 53 they are 1.66 times too long, so nothing is measured in them.
/// Latitudes beyond 85.06 degrees are cut off there.
[[nodiscard]] inline PlaneXY to_web_mercator(LonLat place) {
    constexpr double kRadius = 6378137.0;
    constexpr double kDegree = std::numbers::pi / 180.0;
    const double lat = std::fmin(std::fmax(place.lat, -85.05112877980659), 85.05112877980659);
    return {kRadius * place.lon * kDegree, kRadius * std::asinh(std::tan(lat * kDegree))};
}

/// The way back.
[[nodiscard]] inline LonLat from_web_mercator(PlaneXY place) {
    constexpr double kRadius = 6378137.0;
    constexpr double kDegree = std::numbers::pi / 180.0;
    return {place.x_m / kRadius / kDegree, std::atan(std::sinh(place.y_m / kRadius)) / kDegree};
}

} // namespace icmap::geo
