#pragma once

#include "base/units.hpp"
#include "demo/settlements.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace icmap::demo {

/// A postcode sector such as "S10 2": a neighbourhood of one settlement.
struct PostcodeSector {
    std::string outcode;          ///< "S10"
    char digit = '1';             ///< first character of the inward part
    std::uint32_t settlement = 0; ///< index into settlements()
    PlaneXY centre;               ///< on land
    double deviation_m = 0.0;     ///< of its postcodes around the centre
    double weight = 0.0;          ///< relative number of businesses
    std::uint64_t seed = 0;       ///< of the order of its unit codes
};

/// The most unit codes a sector may use; there are 20 × 20 pairs of the letters allowed.
inline constexpr std::uint32_t kUnitsPerSector = 396;

/// All sectors of the country, by postcode area in alphabetical order and outcode in it. Areas and
/// their post towns are real, everything below is made up.
[[nodiscard]] const std::vector<PostcodeSector>& postcode_sectors();

/// The unit number `ordinal` (< kUnitsPerSector) of the sector, "S10 2TN"; distinct ordinals give
/// distinct units.
[[nodiscard]] std::string postcode_unit(const PostcodeSector& sector, std::uint32_t ordinal);

/// Indices of the `count` sectors of the same nation that are nearest to a point, nearest first.
[[nodiscard]] std::vector<std::uint32_t> nearest_sectors(PlaneXY point, Nation nation,
                                                         std::size_t count);

} // namespace icmap::demo
