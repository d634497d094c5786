#pragma once

#include "base/units.hpp"

#include <cstdint>

namespace icmap::tiles {

/// A tile of the web-mercator pyramid; (0, 0) is north-west.
struct TileId {
    std::uint32_t z = 0; ///< at most kMaxZoom
    std::uint32_t x = 0; ///< less than 2^z
    std::uint32_t y = 0; ///< less than 2^z
    friend bool operator==(const TileId&, const TileId&) = default;
};

inline constexpr std::uint32_t kMaxZoom = 22;

/// True if the pyramid has such a tile.
[[nodiscard]] bool exists(TileId tile);

/// The tile's square in degrees (min_x west, min_y south).
[[nodiscard]] Box lon_lat_bounds(TileId tile);

/// A position on the web-mercator square as shares of its side: x from the west, y from the north,
/// 0 to 1. Latitudes beyond the square are moved to its edge.
struct WorldXY {
    double x = 0.0;
    double y = 0.0;
};
[[nodiscard]] WorldXY to_world(LonLat place);
[[nodiscard]] LonLat from_world(WorldXY place);

} // namespace icmap::tiles
