#pragma once

#include "tiles/layer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::serve {

/// What a tile of one name is made of.
struct TileSet {
    std::string name;
    std::uint32_t max_zoom = 14;
    std::vector<tiles::Layer> layers;
};

} // namespace icmap::serve
