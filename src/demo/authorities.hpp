#pragma once

#include "base/units.hpp"
#include "demo/settlements.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::demo {

/// A made-up local authority: all land nearer to its town than to any other authority's.
struct LocalAuthority {
    std::string code; ///< nine characters as ONS writes them, in a range ONS has not used
    std::string name;
    std::uint32_t town = 0; ///< index into settlements()
    PlaneXY centre;
    std::string region_code;
    std::string combined_code; ///< empty outside combined authorities
    std::string itl3_code;
};

struct WiderArea {
    std::string code;
    std::string name;
    std::string parent; ///< code of the area around it, empty for a country
};

struct AreaMap {
    std::vector<LocalAuthority> authorities; ///< by population of their town
    std::vector<WiderArea> combined;
    std::vector<WiderArea> itl3;
    std::vector<WiderArea> regions;
    std::vector<WiderArea> countries;
};

/// The areas of the example country; the names are real, the borders and codes are not.
[[nodiscard]] const AreaMap& area_map();

/// The authority a point is in. \returns index into area_map().authorities
[[nodiscard]] std::uint32_t authority_at(PlaneXY point);

/// "E92000001" and so on.
[[nodiscard]] std::string_view country_code(Nation nation);

} // namespace icmap::demo
