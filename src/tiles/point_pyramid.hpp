#pragma once

#include "base/units.hpp"
#include "tiles/encode.hpp"
#include "tiles/tile_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::tiles {

/// A point as it stands in a tile.
struct TileMark {
    TileXY position;
    std::uint32_t index = 0; ///< of the point, or of the lowest of those it stands for
    std::uint32_t count = 1; ///< how many points it stands for, itself included
};

/// What a tile shows of the points.
struct TileMarks {
    std::vector<TileMark> marks; ///< along the Z curve; those of the margin last
    std::size_t own = 0;         ///< the first so many lie in the tile itself
    std::size_t points = 0;      ///< points in the tile itself
};

/// How points are cut into tiles and thinned.
struct PyramidOptions {
    std::uint32_t extent = 4096;
    std::uint32_t buffer = 80;
    std::size_t max_points = 5000;
    bool is_mean = false; ///< a mark stands at its points' mean, not at the lowest index's place
};

/// Points along the Z curve of the web-mercator square, 2^32 steps a side (9 mm), so that the
/// points of any tile, and of any cell of it, are neighbours in memory.
class PointPyramid {
  public:
    /// \param points degrees; those that are not finite are in no tile
    PointPyramid(std::span<const LonLat> points, const PyramidOptions& options);

    /// \complexity O(log n + marks of the tile and its eight neighbours)
    [[nodiscard]] TileMarks marks(TileId tile) const;

    /// True if this zoom's points are thinned.
    [[nodiscard]] bool is_thinned(std::uint32_t zoom) const { return !levels_[zoom].codes.empty(); }

  private:
    /// Positions on the Z curve, ascending, and what stands there.
    struct Level {
        std::vector<std::uint64_t> codes;
        std::vector<std::uint32_t> index;
        std::vector<std::uint32_t> count; ///< empty: one each
    };
    struct Range {
        std::size_t begin, end;
    };
    [[nodiscard]] static Range range_of(const Level& level, TileId tile);
    [[nodiscard]] std::uint32_t cell_bits(std::uint32_t zoom) const;
    [[nodiscard]] Level thinned(std::uint32_t bits) const;
    void append_marks(const Level& level, Range range, TileId tile, bool is_margin,
                      std::vector<TileMark>& marks) const;

    PyramidOptions options_;
    Level all_;
    std::array<Level, kMaxZoom + 1> levels_; ///< empty where a zoom shows all
};

} // namespace icmap::tiles
