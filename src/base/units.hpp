#pragma once

#include <compare>

namespace icmap {

/// A length in metres in the project's planar CRS.
struct Metres {
    double value = 0.0;
    friend constexpr auto operator<=>(Metres, Metres) = default;
};

/// A validated geographic position, WGS 84, degrees: lon in [-180, 180], lat in [-90, 90].
struct LonLat {
    double lon = 0.0;
    double lat = 0.0;
    friend constexpr auto operator<=>(const LonLat&, const LonLat&) = default;
};

/// A position in the project's planar CRS, metres.
struct PlaneXY {
    double x_m = 0.0;
    double y_m = 0.0;
    friend constexpr auto operator<=>(const PlaneXY&, const PlaneXY&) = default;
};

/// An axis-aligned box in any one coordinate system; empty when min > max.
struct Box {
    double min_x = 0.0;
    double min_y = 0.0;
    double max_x = 0.0;
    double max_y = 0.0;
    [[nodiscard]] constexpr bool contains(double x, double y) const {
        return x >= min_x && x <= max_x && y >= min_y && y <= max_y;
    }
    [[nodiscard]] constexpr bool intersects(const Box& other) const {
        return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y &&
               other.min_y <= max_y;
    }
};

} // namespace icmap
