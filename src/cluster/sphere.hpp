#pragma once

#include "cluster/on_sphere.hpp"
#include "cluster/space.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace icmap::cluster {

/// Half the way round the Earth, metres: no two places are further apart.
inline constexpr double kHalfRound_m = 3.14159265358979323846 * kEarthRadius.value;

/// The straight line through the Earth between two places that are so far apart along the ground.
[[nodiscard]] inline double chord_m(double along_m) {
    return along_m >= kHalfRound_m
               ? 2.0 * kEarthRadius.value
               : 2.0 * kEarthRadius.value * std::sin(along_m / (2.0 * kEarthRadius.value));
}

/// The way along the ground between two places at the ends of a chord; infinity for infinity.
[[nodiscard]] inline double along_m(double chord_m) {
    return std::isinf(chord_m) ? chord_m
                               : 2.0 * kEarthRadius.value *
                                     std::asin(std::min(1.0, chord_m / (2.0 * kEarthRadius.value)));
}

/// A distance on the ground as the straight one that the algorithms compare.
template <std::size_t D>
[[nodiscard]] double straight_m(double along_m) {
    return D == 2 ? along_m : chord_m(along_m);
}

/// Positions around the centre of the Earth.
struct SpherePoints {
    std::array<std::vector<double>, 3> at_m;
    std::span<const std::uint32_t> weight;

    [[nodiscard]] PointsIn<3> points() const { return {{at_m[0], at_m[1], at_m[2]}, weight}; }
};

/// Lays points on the sphere. One place gets one position: both spellings of the antimeridian, and
/// a pole by whatever longitude. Good to some nanometres.
/// \errors input: spans of unequal length, too many points; a longitude outside [-180, 180] or a
///         latitude outside [-90, 90], or not a number: the lowest such index is named
[[nodiscard]] Result<SpherePoints> lay_on_sphere(const GeoPoints& points);

} // namespace icmap::cluster
