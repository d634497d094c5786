#pragma once

#include "describe/cluster_table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

/// Where sites are, each with its number.
struct Standings {
    std::vector<std::uint32_t> site_id;
    std::vector<PlaneXY> degrees; ///< x = longitude, y = latitude
    std::vector<PlaneXY> plane;
};

/// Numbers the distinct positions by longitude, then latitude. Of sites at one position whose
/// places in the plane differ by rounding, the least counts.
/// \param location_of_site filled at each site_id; the others stay as they are
/// \complexity n log n in what is close in longitude; the same on any number of threads
[[nodiscard]] Locations number_locations(const Standings& sites,
                                         std::span<std::uint32_t> location_of_site);

} // namespace icmap::describe
