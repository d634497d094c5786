#pragma once

#include "base/result.hpp"
#include "serve/catalogue.hpp"
#include "serve/firm_tiles.hpp"
#include "store/connection.hpp"
#include "tiles/layer.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// All tile sets of an atlas, cut on demand.
class TileLayers {
  public:
    /// Everything but firms.
    [[nodiscard]] Result<void> read_shapes(store::Connection& session, const Catalogue& catalogue);
    /// Firms; may run while others ask for tiles.
    [[nodiscard]] Result<void> read_firms(store::Connection& session,
                                          const std::atomic<bool>& is_closing);

    /// The tile set, or nullptr. Whether firms are still being read: see `is_firm_layer`.
    [[nodiscard]] const TileSet* find(std::string_view name) const;
    /// The firms, or nullptr while they are being read.
    [[nodiscard]] FirmTiles* firms() const { return firms_ready_.load(); }
    /// True for the name of the layer that comes later than the others.
    [[nodiscard]] static bool is_firm_layer(std::string_view name) { return name == "firms"; }

    /// The bytes of a tile, empty where nothing is there.
    [[nodiscard]] static std::string tile(const TileSet& set, tiles::TileId id);

  private:
    std::vector<std::unique_ptr<TileSet>> sets_;
    std::unique_ptr<FirmTiles> firms_;
    std::atomic<FirmTiles*> firms_ready_{nullptr};
};

} // namespace icmap::serve
