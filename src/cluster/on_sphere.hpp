#pragma once

#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/relative.hpp"

namespace icmap::cluster {

/// Radius of the sphere that longitudes and latitudes are laid on: the mean radius of WGS 84,
/// (2 a + b) / 3. Distances on it are within 0.56 % of those on the ellipsoid.
inline constexpr Metres kEarthRadius{6'371'008.7714};

/// Points of the Earth, one entry per point in every span.
struct GeoPoints {
    std::span<const double> lon_deg;       ///< in [-180, 180]
    std::span<const double> lat_deg;       ///< as long as `lon_deg`, in [-90, 90]
    std::span<const std::uint32_t> weight; ///< how many stand here; empty = 1 each
};

/// As `dbscan`, by great-circle distance.
///
/// A point is laid on the sphere of `kEarthRadius` as three coordinates in metres; two points are
/// within `eps` when the square of the straight line between them, dx * dx + dy * dy + dz * dz in
/// double arithmetic, is at most that of the chord of an arc of `eps`. That is the haversine
/// formula, good to some nanometres. Exact, deterministic, and with the same tie rules as `dbscan`;
/// poles and the antimeridian are places like any other.
///
/// \param options `eps` along the ground
/// \errors input: as `dbscan`; a position outside its range
/// \complexity as `dbscan`, with 125 instead of 25 cells around each
[[nodiscard]] Result<Labels> dbscan_on_sphere(GeoPoints points, DbscanOptions options);

/// As `hdbscan`, by great-circle distance: the minimum spanning tree is made on the chords, whose
/// order is that of the arcs; lengths, `selection_epsilon` and `birth_m` are along the ground.
/// \param options `max_extent` is held against the diagonal of the box around a cluster in the
///        three coordinates: at least the distance of its furthest members
/// \errors input: as `hdbscan`; a position outside its range
[[nodiscard]] Result<HdbscanLabels> hdbscan_on_sphere(GeoPoints points, HdbscanOptions options);

/// As `relative`, by great-circle distance, against all firms.
/// \errors input: as `relative`; a position outside its range
[[nodiscard]] Result<RelativeLabels> relative_on_sphere(GeoPoints sector, GeoPoints all, Metres eps,
                                                        RelativeOptions options);

} // namespace icmap::cluster
