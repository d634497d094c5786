#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "tiles/clip.hpp"
#include "tiles/encode.hpp"
#include "tiles/tile_id.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::tiles {

/// How shapes are cut into tiles.
struct ShapeOptions {
    std::uint32_t extent = 4096;
    std::uint32_t buffer = 80;
    double simplify = 2.0;
};

/// Lines, polygons and points on the web-mercator square. Every vertex carries how much it matters,
/// so that any zoom's simplification is a comparison.
class ShapeSet {
  public:
    ShapeSet(std::span<const geo::Geometry> lon_lat, const ShapeOptions& options);

    /// Calls `visit(index, type, commands)` for every shape with something to draw in the tile, by
    /// ascending index; a shape of mixed kinds once for each kind.
    /// \complexity O(shapes + vertices of the shapes whose bounds meet the tile)
    template <class Visit>
    void visit(TileId tile, Visit&& visit) const {
        const Frame frame = frame_of(tile);
        GeometryCommands commands;
        for (std::size_t i = 0; i < bounds_.size(); ++i) {
            if (!bounds_[i].intersects(frame.world)) {
                continue;
            }
            for (const TileGeometry type :
                 {TileGeometry::polygon, TileGeometry::line, TileGeometry::point}) {
                commands.clear();
                draw(i, type, frame, commands);
                if (!commands.is_empty()) {
                    visit(i, type, commands);
                }
            }
        }
    }

  private:
    struct Vertex {
        WorldXY place;
        double matter = 0.0; ///< how far the border moves without it, squared, in square sides
    };
    /// A ring (the first vertex not repeated), a line or a single point.
    struct Path {
        TileGeometry type = TileGeometry::point;
        bool is_hole = false;
        Box bounds;
        std::vector<Vertex> vertices;
    };
    /// A tile's place, and what comes with it.
    struct Frame {
        TileId tile;
        Box world; ///< with its margin, in shares of the square
        Box steps; ///< the same in steps of the tile
        double least_matter = 0.0;
    };

    static void weigh(std::vector<Vertex>& vertices, bool is_ring);
    static Path make_path(const geo::Ring& ring, geo::GeometryKind kind, bool is_hole);
    [[nodiscard]] Frame frame_of(TileId tile) const;
    [[nodiscard]] std::vector<TilePoint> kept_vertices(const Path& path, const Frame& frame) const;
    void draw(std::size_t shape, TileGeometry type, const Frame& frame,
              GeometryCommands& commands) const;
    [[nodiscard]] bool draw_ring(const Path& path, const Frame& frame,
                                 GeometryCommands& commands) const;

    ShapeOptions options_;
    std::vector<Box> bounds_; ///< of each shape, shares of the square; min > max: nowhere
    std::vector<std::vector<Path>> paths_;
};

} // namespace icmap::tiles
