#pragma once

#include "base/result.hpp"
#include "serve/tile_set.hpp"
#include "store/connection.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace icmap::serve {

/// The sites of all firms as tiles, and those of one sector when they are asked for: thinned for
/// themselves, so that a small sector is not lost among what else is there.
class FirmTiles {
  public:
    /// \param is_closing reading ends early, with nothing in it, once this is true
    [[nodiscard]] static Result<std::unique_ptr<FirmTiles>>
    read(store::Connection& session, const std::atomic<bool>& is_closing);

    [[nodiscard]] const TileSet& all() const { return all_; }
    /// Those of a sector; made when it is first asked for, then kept. Any number of threads may ask
    /// at once. \param slug of a sector of the atlas \complexity O(firms) the first time
    [[nodiscard]] const TileSet& of_sector(const std::string& slug);

  private:
    explicit FirmTiles(TileSet all) : all_(std::move(all)) {}

    TileSet all_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::unique_ptr<const TileSet>> by_sector_;
};

} // namespace icmap::serve
