#pragma once

#include "serve/answers.hpp"
#include "serve/tile_set.hpp"

#include <string>

namespace icmap::serve {

/// Zoom, column and row of a tile as they stand in an address.
struct TileAddress {
    std::string z, x, y;
};

/// A tile of a set; 204 where nothing is there.
/// \errors 400: no tile of the pyramid
[[nodiscard]] Answer answer_tile(const TileSet& set, const TileAddress& address);

/// The layer of this name.
/// \errors 404: no such layer; 403: withheld; 503: the firms are still being read, or cannot be
[[nodiscard]] Checked<const TileSet*> find_layer(const Call& call, const std::string& name);

} // namespace icmap::serve
