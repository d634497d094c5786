#pragma once

#include "cluster/dbscan.hpp"

namespace icmap::cluster {

/// The most points that one call takes: positions and folded cell numbers fit in 32 bits.
inline constexpr std::size_t kMaxPoints = std::size_t{1} << 29;

/// Refuses what no clustering can work on.
/// \errors input: spans of unequal length, too many points, a coordinate that is not finite; the
///         lowest such index is named
[[nodiscard]] Result<void> check_points(const Points& points);

/// Refuses weights that are not as many as the points, and too many points.
[[nodiscard]] Result<void> check_weights(std::size_t n, std::span<const std::uint32_t> weight);

/// Refuses a radius that is not a number in [1e-100, 1e100], whose square double arithmetic holds.
/// \param name the setting, for the message
[[nodiscard]] Result<void> check_radius(Metres radius, const char* name);

/// Refuses zero.
/// \param name the setting, for the message
[[nodiscard]] Result<void> check_positive(std::uint32_t value, const char* name);

/// Both checks that DBSCAN needs, and those of the points.
[[nodiscard]] Result<void> check_dbscan(const Points& points, const DbscanOptions& options);

} // namespace icmap::cluster
