#pragma once

#include "base/units.hpp"
#include "tiles/encode.hpp"
#include "tiles/tile_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace icmap::tiles {

/// A point as it stands in a tile.
struct TileMark {
    TileXY position;
    std::uint32_t place = 0; ///< of the point, or of the first by rank of those it stands for
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
    bool is_mean = false; ///< a mark stands at its points' mean, not at the chosen one's place
};

/// Points along the Z curve of the web-mercator square, 2^32 steps a side (9 mm), so that the
/// points of any tile, and of any cell of it, are neighbours in memory. A point's place is its
/// position on that curve among all points: what belongs to points is best kept in this order.
class PointPyramid {
  public:
    /// \param points degrees; those that are not finite are in no tile and have no place
    /// \param ranks one per point: the least stands for its cell; empty: their order
    PointPyramid(std::span<const LonLat> points, std::span<const std::uint32_t> ranks,
                 const PyramidOptions& options);

    /// The points that `keeps` is true of, by place; their marks name the places in this pyramid.
    [[nodiscard]] PointPyramid subset(const std::function<bool(std::uint32_t)>& keeps) const;

    /// The index of the point at each place. \pre not yet taken, not a subset
    [[nodiscard]] std::vector<std::uint32_t> take_order() { return std::move(order_); }

    /// \complexity O(log n + marks of the tile and its margin)
    [[nodiscard]] TileMarks marks(TileId tile) const;

    /// True if this zoom's points are thinned.
    [[nodiscard]] bool is_thinned(std::uint32_t zoom) const { return !levels_[zoom].first.empty(); }

  private:
    /// The points of a zoom, cell by cell.
    struct Level {
        std::vector<std::uint32_t> first;  ///< of each cell, as index into codes_
        std::vector<std::uint32_t> chosen; ///< the point that stands for it, likewise
        std::vector<std::uint64_t> codes;  ///< where it stands; empty: at the chosen one's place
    };
    struct Range {
        std::size_t begin, end;
    };
    explicit PointPyramid(const PyramidOptions& options) : options_(options) {}
    void thin();
    [[nodiscard]] std::uint32_t cell_bits(std::uint32_t zoom) const;
    [[nodiscard]] Level thinned(std::uint32_t bits) const;

    [[nodiscard]] std::size_t size_at(std::uint32_t zoom) const;
    [[nodiscard]] std::uint64_t code_at(std::uint32_t zoom, std::size_t i) const;
    [[nodiscard]] TileMark mark_at(std::uint32_t zoom, std::size_t i) const;
    /// The marks of `zoom` inside a cell of the square, looked for in `within`.
    [[nodiscard]] Range range_of(std::uint32_t zoom, TileId cell, Range within) const;
    void append_own(TileId tile, Range range, std::vector<TileMark>& marks) const;
    void append_margin(TileId tile, Range range, std::vector<TileMark>& marks) const;
    void append_neighbour(TileId tile, TileId neighbour, std::vector<TileMark>& marks) const;
    [[nodiscard]] TileXY position_in(TileId tile, std::uint64_t code) const;

    PyramidOptions options_;
    std::vector<std::uint64_t> codes_; ///< ascending
    std::vector<std::uint32_t> ranks_;
    std::vector<std::uint32_t> places_; ///< of a subset in the whole; empty: the index itself
    std::vector<std::uint32_t> order_;
    std::array<Level, kMaxZoom + 1> levels_; ///< empty where a zoom shows all
};

} // namespace icmap::tiles
