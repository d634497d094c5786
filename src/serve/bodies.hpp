#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "serve/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

struct Circle {
    LonLat centre;
    double radius_m = 0.0;
};

/// SelectionRequest of the contract, checked.
struct SelectionRequest {
    std::optional<Circle> circle;
    geo::Geometry polygon; ///< degrees; empty where there is a circle
    std::vector<std::string> sectors, sector_types;
    std::int64_t limit = 0; ///< of the clusters listed
};

/// ReclusterRequest of the contract, checked but for the sector.
struct ReclusterRequest {
    std::string sector;
    std::string method = "dbscan";
    double eps_m = 1000.0;
    bool has_eps = false; ///< eps_m was sent
    std::int64_t min_points = 10;
    std::int64_t min_enterprises = 10;
    double max_extent_km = 0.0; ///< wider ones are split (dbscan); 0: none is
    std::optional<Box> bbox;    ///< degrees; only clusters that reach into it are drawn
};

/// \errors 400 with the field, its value and its limits
[[nodiscard]] Checked<SelectionRequest> parse_selection(std::string_view body);
[[nodiscard]] Checked<ReclusterRequest> parse_recluster(std::string_view body);

} // namespace icmap::serve
