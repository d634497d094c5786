#pragma once

#include "cluster/dbscan.hpp"

#include <optional>
#include <string>

namespace icmap::cluster {

/// True when two points are within the radius: dx * dx + dy * dy <= eps * eps, in double
/// arithmetic without fused operations. This is the definition; symmetric.
[[nodiscard]] bool within(const Points& points, std::size_t a, std::size_t b, Metres eps);

/// The weight within the radius of a point, its own included. \complexity O(n)
[[nodiscard]] std::uint64_t weight_within(const Points& points, std::size_t point, Metres eps);

/// The nearest core point within the radius of a point, ties to the lowest index; the number of
/// points when there is none. \complexity O(n)
[[nodiscard]] std::size_t nearest_core(const Points& points, std::span<const std::uint8_t> is_core,
                                       std::size_t point, Metres eps);

/// Checks a labelling against the definition of `dbscan`, each of its sentences by itself and
/// without clustering anything: shape, core flags, core points within the radius share a cluster,
/// clusters are connected, border points are with their nearest core point, noise has no core point
/// near, numbers are in the order of the lowest core point.
/// \param points,options valid (nothing is checked)
/// \returns what is wrong, in words, or nothing when the labelling is right
/// \complexity O(n^2)
[[nodiscard]] std::optional<std::string>
what_is_wrong(const Points& points, const DbscanOptions& options, const Labels& labels);

/// As `what_is_wrong`, taking the core flags as they are: for methods that decide them otherwise.
[[nodiscard]] std::optional<std::string> what_is_wrong_given_core(const Points& points, Metres eps,
                                                                  const Labels& labels);

} // namespace icmap::cluster
