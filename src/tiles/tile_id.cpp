#include "tiles/tile_id.hpp"

#include "geo/web_mercator.hpp"

#include <cmath>

namespace icmap::tiles {

bool exists(TileId tile) {
    return tile.z <= kMaxZoom && tile.x < (1U << tile.z) && tile.y < (1U << tile.z);
}

WorldXY to_world(LonLat place) {
    const PlaneXY metres = geo::to_web_mercator(place);
    return {0.5 + 0.5 * metres.x_m / geo::kWebMercatorHalf,
            0.5 - 0.5 * metres.y_m / geo::kWebMercatorHalf};
}

LonLat from_world(WorldXY place) {
    return geo::from_web_mercator({(2.0 * place.x - 1.0) * geo::kWebMercatorHalf,
                                   (1.0 - 2.0 * place.y) * geo::kWebMercatorHalf});
}

Box lon_lat_bounds(TileId tile) {
    const double side = std::ldexp(1.0, -static_cast<int>(tile.z));
    const LonLat north_west = from_world({tile.x * side, tile.y * side});
    const LonLat south_east = from_world({(tile.x + 1.0) * side, (tile.y + 1.0) * side});
    return {north_west.lon, south_east.lat, south_east.lon, north_west.lat};
}

} // namespace icmap::tiles
