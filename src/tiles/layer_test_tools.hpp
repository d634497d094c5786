#pragma once

// For tests of this folder only.

#include "tiles/decoded_tile.hpp"
#include "tiles/layer.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <variant>
#include <vector>

namespace icmap::tiles {

inline DecodedLayer only_layer(const LayerTile& tile) {
    auto layers = decode_tile(tile.bytes);
    if (layers.size() != 1) {
        throw std::runtime_error("not one layer");
    }
    return layers.front();
}

/// Where a position of a tile lies on the square.
inline WorldXY world_of(TileId tile, TileXY p, double extent = 4096.0) {
    const double side = std::ldexp(1.0, -static_cast<int>(tile.z));
    return {(tile.x + p.x / extent) * side, (tile.y + p.y / extent) * side};
}

/// The tile of this zoom that holds a place.
inline TileId tile_of(LonLat place, std::uint32_t zoom) {
    const WorldXY world = to_world(place);
    const double tiles = std::ldexp(1.0, static_cast<int>(zoom));
    return {zoom, static_cast<std::uint32_t>(world.x * tiles),
            static_cast<std::uint32_t>(world.y * tiles)};
}

inline std::vector<LonLat> scattered(std::size_t n, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> lon(-1.9, -0.9);
    std::uniform_real_distribution<double> lat(53.1, 53.8);
    std::vector<LonLat> points;
    for (std::size_t i = 0; i < n; ++i) {
        points.push_back({lon(random), lat(random)});
    }
    return points;
}

inline std::uint64_t count_of(const DecodedFeature& feature) {
    const auto found = feature.attributes.find("point_count");
    return found == feature.attributes.end()
               ? 1
               : static_cast<std::uint64_t>(std::get<std::int64_t>(found->second));
}

} // namespace icmap::tiles
