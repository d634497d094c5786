#pragma once

#include "base/units.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::demo {

enum class Nation : std::uint8_t { england, scotland, wales, northern_ireland };

/// A town, city or village of the United Kingdom (GeoNames).
struct Settlement {
    std::uint64_t geonames_id = 0;
    std::string name;
    std::string upper_name; ///< as the register writes post towns
    std::string feature;    ///< GeoNames feature code: PPLC, PPLA2, PPL, …
    Nation nation = Nation::england;
    std::uint32_t listed_population = 0; ///< as GeoNames has it, 0 when not known
    /// People who live there and in no smaller settlement listed inside it.
    double population = 0.0;
    LonLat position;
    PlaneXY centre;        ///< on land
    double radius_m = 0.0; ///< of the built-up disk that holds the listed population
};

/// All settlements, largest first.
[[nodiscard]] const std::vector<Settlement>& settlements();

/// The largest settlement of that name, or nothing. \returns index into settlements(), or -1
[[nodiscard]] int find_settlement(std::string_view name);

/// Square of the distance in the plane, m².
[[nodiscard]] constexpr double distance2(PlaneXY a, PlaneXY b) {
    return (a.x_m - b.x_m) * (a.x_m - b.x_m) + (a.y_m - b.y_m) * (a.y_m - b.y_m);
}

} // namespace icmap::demo
