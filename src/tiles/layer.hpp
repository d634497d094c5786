#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "tiles/column.hpp"
#include "tiles/tile_id.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace icmap::tiles {

/// What stands in a tile for points that are too many for it.
enum class Thinning : std::uint8_t {
    representative, ///< of each cell the point of lowest rank, as it is
    aggregate,      ///< of each cell one point at their mean position, with nothing but the count
};

/// How a layer is cut into tiles.
struct LayerOptions {
    /// Steps along a tile's side, 256 to 65536.
    std::uint32_t extent = 4096;
    /// Margin around the tile that is kept, in such steps, 0 to extent / 2.
    std::uint32_t buffer = 80;
    /// Lines and borders may be moved by so many steps where that saves vertices, 0 to 16.
    double simplify = 2.0;
    /// The most points a tile carries, margin included, at least 1. Polygons and lines are not
    /// limited.
    std::size_t max_points = 5000;
    Thinning thinning = Thinning::representative;
    /// The attribute that says how many points a thinned point stands for; empty: none.
    std::string count_name = "point_count";
    /// One per point: the least stands for its cell. Empty: their order. Read only while the layer
    /// is made.
    std::span<const std::uint32_t> ranks = {};
};

/// One layer of one tile.
struct LayerTile {
    /// A layer of a Mapbox vector tile, version 2. The layers of a tile are simply concatenated.
    /// Empty where the layer has nothing there.
    std::string bytes;
    std::size_t features = 0;
    /// Points inside the tile (margin apart) that no feature of it carries; they are counted in
    /// `count_name` of those that stand for them.
    std::size_t left_out = 0;
};

/// Features prepared once, asked for tiles often.
///
/// The same features and options give the same bytes for a tile, whatever the thread count.
/// Thinning is decided per zoom for the whole layer, so that neighbouring tiles look alike: the
/// finest grid of cells (a power of two along a tile's side) of which no tile has more than
/// `max_points` occupied. Any number of threads may ask at once.
class Layer {
  public:
    /// \param ids one per feature, or empty: the index
    /// \param columns one value per feature each
    /// \errors input: lengths that differ, an option out of its range, two columns of one name
    /// \complexity O(n log n) time; some 30 bytes a point beside the columns, which are brought
    /// into the order of the Z curve
    [[nodiscard]] static Result<Layer> points(std::string name, std::span<const LonLat> positions,
                                              std::vector<Column> columns,
                                              std::vector<std::uint64_t> ids = {},
                                              const LayerOptions& options = {});

    /// Polygons, lines or points in longitude and latitude; features without a position are kept
    /// out of all tiles. One feature per geometry, all its parts together.
    [[nodiscard]] static Result<Layer>
    shapes(std::string name, std::span<const geo::Geometry> lon_lat, std::vector<Column> columns,
           std::vector<std::uint64_t> ids = {}, const LayerOptions& options = {});

    /// The layer of points with only those that `keeps` is true of, thinned for themselves; it
    /// shares the columns with the whole. `keeps` is given the index of a point in `columns()`.
    /// \pre a layer of points \complexity O(n)
    [[nodiscard]] Layer subset(const std::function<bool(std::uint32_t)>& keeps) const;

    ~Layer();
    Layer(Layer&&) noexcept;
    Layer& operator=(Layer&&) noexcept;
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;

    /// The layer's part of a tile; empty for a tile that does not exist.
    [[nodiscard]] LayerTile tile(TileId id) const;

    [[nodiscard]] const std::string& name() const;
    /// Of points: in the layer's own order, without those that have no position.
    [[nodiscard]] std::span<const Column> columns() const;
    /// Degrees; min > max where the layer has no position.
    [[nodiscard]] Box lon_lat_bounds() const;
    [[nodiscard]] std::size_t feature_count() const;

  private:
    struct State;
    explicit Layer(std::unique_ptr<const State> state);
    std::unique_ptr<const State> state_;
};

} // namespace icmap::tiles
