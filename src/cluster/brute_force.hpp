#pragma once

#include "cluster/dbscan.hpp"

namespace icmap::cluster {

/// The same answer as `dbscan`, by comparing every pair: the oracle of the tests.
/// \param points,options valid (nothing is checked)
/// \complexity O(n^2)
[[nodiscard]] Labels dbscan_brute_force(const Points& points, const DbscanOptions& options);

} // namespace icmap::cluster
