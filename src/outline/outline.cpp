#include "outline/outline.hpp"

#include "base/parallel.hpp"
#include "geo/area_index.hpp"
#include "geo/banded_edges.hpp"
#include "geo/bounds.hpp"
#include "outline/grid.hpp"
#include "outline/lattice_hull.hpp"
#include "outline/round_buffer.hpp"
#include "outline/simplify_ring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace icmap::outline {

namespace {

using geo::Geometry;
using geo::GeometryPart;

/// Chords a quarter circle. The chord runs at most 0.5 % of the radius inside the arc.
constexpr int kQuadrantSegments = 8;
/// Share of the buffer that is certain: the rest is what chords and GEOS's own simplification of
/// its input (1 % of the distance) may take.
constexpr double kCertainShare = 0.98;
/// Half the diagonal of a grid cell over its side, rounded up.
constexpr double kHalfDiagonal = 0.7072;
/// Metres beyond the buffer that no chord of an arc goes.
constexpr double kRoundCorners = 100.0;
/// How many positions of the grid are tried before giving up.
constexpr int kPhases = 16;

tl::unexpected<Error> option_error(std::string field, double value, std::string limit) {
    Error error;
    error.what = "An outline cannot be drawn so";
    error.field = std::move(field);
    error.value = fmt::format("{:g}", value);
    error.remedy = std::move(limit);
    return tl::unexpected(std::move(error));
}

Result<void> check(const OutlineOptions& options) {
    const double snap_m = options.snap.value;
    if (!(snap_m > 0.0) || !std::isfinite(snap_m)) {
        return option_error("grid_m", snap_m, "Give more than 0 metres");
    }
    if (!(options.ratio >= 0.0 && options.ratio <= 1.0)) {
        return option_error("concavity", options.ratio, "Give 0 (tightest) to 1 (convex hull)");
    }
    if (!(options.simplify.value >= 0.0) || !std::isfinite(options.simplify.value)) {
        return option_error("simplify_m", options.simplify.value, "Give 0 metres or more");
    }
    const double least = least_buffer(options).value;
    if (!(options.buffer.value >= least) || !std::isfinite(options.buffer.value)) {
        return option_error(
            "buffer_m", options.buffer.value,
            fmt::format("Give at least {:.0f} metres for this grid and simplification, "
                        "so that every member is inside",
                        std::ceil(least)));
    }
    return {};
}

Result<void> check(std::span<const PlaneXY> members, double snap_m) {
    if (members.empty()) {
        return input_error("An outline was asked for no members", "Give at least one");
    }
    constexpr double kMostCells = kMostLatticeSpan / 2 - 2; // either way
    for (const PlaneXY& member : members) {
        if (!(std::abs(member.x_m) < kMostCells * snap_m) ||
            !(std::abs(member.y_m) < kMostCells * snap_m)) {
            return input_error(
                fmt::format("A member has no usable position: ({}, {})", member.x_m, member.y_m),
                "Leave members without coordinates out of clusters");
        }
    }
    return {};
}

/// Whether polygons cover places: a raster pays for many places only.
class Cover {
  public:
    Cover(const Geometry& polygons, std::size_t place_count) {
        if (place_count >= kRasterPays) {
            raster_.emplace(std::span(&polygons, 1));
            return;
        }
        edges_ = geo::BandedEdges(geo::edges_of(polygons));
    }
    [[nodiscard]] bool operator()(PlaneXY place) const {
        return raster_ ? raster_->locate(place) != geo::kNoArea : edges_.covers(place);
    }

  private:
    static constexpr std::size_t kRasterPays = 2000;
    std::optional<geo::AreaIndex> raster_;
    geo::BandedEdges edges_;
};

/// The members that none of the polygons covers.
std::vector<PlaneXY> left_outside(const Geometry& polygons, std::span<const PlaneXY> members) {
    const Cover covers(polygons, members.size());
    std::vector<PlaneXY> outside;
    for (const PlaneXY& member : members) {
        if (!covers(member)) {
            outside.push_back(member);
        }
    }
    return outside;
}

/// True if the node of one of the cells is so near to a member that it gives the member away.
/// \param cells ascending
bool gives_away(std::span<const Cell> cells, std::span<const PlaneXY> members, const Grid& grid) {
    const double reach_m = kDisclosureDistance.value;
    // Cells away from a member's own whose node may be near it: none on any sensible grid.
    const auto around = static_cast<std::int64_t>(reach_m / grid.side_m + 0.5);
    return std::ranges::any_of(members, [&](const PlaneXY& member) {
        const Cell own = grid.cell_of(member);
        for (std::int64_t column = own.column - around; column <= own.column + around; ++column) {
            for (std::int64_t row = own.row - around; row <= own.row + around; ++row) {
                const Cell cell{column, row};
                const PlaneXY node = grid.node_of(cell);
                const double dx = std::abs(node.x_m - member.x_m);
                const double dy = std::abs(node.y_m - member.y_m);
                if (dx <= reach_m && dy <= reach_m && std::hypot(dx, dy) <= reach_m &&
                    std::ranges::binary_search(cells, cell)) {
                    return true;
                }
            }
        }
        return false;
    });
}

/// Polygons that share members out among them.
struct Shares {
    std::vector<Geometry> held;   ///< those that cover a member; where several do, the first
    std::vector<PlaneXY> outside; ///< the members that none covers
};

Result<Shares> shared_out(const Geometry& geometry, std::span<const PlaneXY> members) {
    std::vector<Geometry> parts;
    std::vector<Cover> covers;
    for (const GeometryPart& part : geometry.parts()) {
        if (part.kind == geo::GeometryKind::polygons) {
            ICMAP_ASSIGN(parts.emplace_back(),
                         Geometry::polygon(part.rings.front(), std::span(part.rings).subspan(1)));
            covers.emplace_back(parts.back(), members.size());
        }
    }
    Shares shares;
    std::vector<bool> is_held(parts.size(), false);
    for (const PlaneXY& member : members) {
        const auto first = std::ranges::find_if(
            covers, [&member](const Cover& covered) { return covered(member); });
        if (first == covers.end()) {
            shares.outside.push_back(member);
        } else {
            is_held[static_cast<std::size_t>(first - covers.begin())] = true;
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (is_held[i]) {
            shares.held.push_back(std::move(parts[i]));
        }
    }
    return shares;
}

/// The outline where there is land; parts that hold no member are dropped, and a member off the
/// land keeps a disc around its node that covers its whole cell.
Result<Geometry> clipped(const Geometry& outline, const Geometry& land,
                         std::span<const PlaneXY> members, const Grid& grid,
                         const Deadline& deadline) {
    const Metres reach{(kHalfDiagonal * grid.side_m + kDisclosureDistance.value) / kCertainShare};
    ICMAP_ASSIGN(const Geometry on_land, geo::intersection(outline, land));
    ICMAP_ASSIGN(Shares shares, shared_out(on_land, members));
    // Parts of one intersection do not overlap: side by side they are one valid geometry.
    Geometry drawn = Geometry::collect(shares.held);
    std::vector<PlaneXY> outside = std::move(shares.outside);
    // A union rounds its vertices, which may push a member on the very border out: such a one gets
    // its disc in the next turn, and inside a disc it is safe.
    for (int turn = 0; !outside.empty() && turn < 4; ++turn) {
        ICMAP_TRY(deadline.check());
        std::vector<Geometry> pieces{std::move(drawn)};
        for (const Cell& cell : occupied_cells(outside, grid)) {
            ICMAP_ASSIGN(pieces.emplace_back(),
                         Geometry::polygon(disc(grid.node_of(cell), reach, kQuadrantSegments)));
        }
        ICMAP_ASSIGN(drawn, geo::unite(pieces));
        outside = left_outside(drawn, members);
    }
    if (!outside.empty()) {
        return internal_error("Clipping an outline to land lost a member",
                              "Build without a coastline and report the case");
    }
    return drawn;
}

/// True if the ring, closed and simple, goes around all places, none of them at its very border.
/// \param places column by column, so that each column meets the ring once
bool goes_around(const geo::Ring& ring, std::span<const PlaneXY> places) {
    constexpr double kBorder_m = 1e-3;
    std::vector<double> crossings;
    for (std::size_t next = 0; next < places.size();) {
        const double x_m = places[next].x_m;
        crossings.clear();
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const PlaneXY a = ring[i];
            const PlaneXY b = ring[i + 1];
            if ((a.x_m <= x_m) != (b.x_m <= x_m)) {
                crossings.push_back(a.y_m + (x_m - a.x_m) / (b.x_m - a.x_m) * (b.y_m - a.y_m));
            }
        }
        std::ranges::sort(crossings);
        for (; next < places.size() && places[next].x_m == x_m; ++next) {
            const double y_m = places[next].y_m;
            const auto above = std::ranges::upper_bound(crossings, y_m);
            const bool is_inside = (above - crossings.begin()) % 2 == 1;
            if (!is_inside || *above - y_m < kBorder_m || y_m - *(above - 1) < kBorder_m) {
                return false;
            }
        }
    }
    return true;
}

Result<Geometry> shape_of(std::span<const PlaneXY> corners) {
    return corners.size() == 1   ? Geometry::point(corners.front())
           : corners.size() == 2 ? Geometry::line(corners)
                                 : Geometry::polygon(corners);
}

/// The outer border of all places within the buffer of a hull; by GEOS where ours is not certain.
Result<geo::Ring> buffered(std::span<const PlaneXY> corners, std::span<const PlaneXY> nodes,
                           Metres distance) {
    if (auto ring = round_buffer(corners, distance, kQuadrantSegments);
        ring && goes_around(*ring, nodes)) {
        return std::move(*ring);
    }
    ICMAP_ASSIGN(const Geometry hull, shape_of(corners));
    ICMAP_ASSIGN(const Geometry wide, geo::buffer(hull, distance, kQuadrantSegments));
    return wide.parts().front().rings.front();
}

/// The polygon within a ring, with fewer vertices.
Result<Geometry> simplified(const geo::Ring& ring, Metres tolerance) {
    if (!(tolerance.value > 0.0)) {
        return Geometry::polygon(ring);
    }
    if (const auto simple = simplify_ring(ring, tolerance)) {
        return Geometry::polygon(*simple);
    }
    ICMAP_ASSIGN(const Geometry polygon, Geometry::polygon(ring));
    return geo::simplify(polygon, tolerance);
}

/// The outline drawn on one position of the grid, or nothing where that gives a member away.
Result<std::optional<Geometry>> outline_on(const Grid& grid, std::span<const PlaneXY> members,
                                           const OutlineOptions& options, const LandPiece* land,
                                           const Deadline& deadline) {
    const std::vector<Cell> cells = occupied_cells(members, grid);
    ICMAP_TRY(deadline.check());
    const std::vector<Cell> hull = concave_hull(cells, options.ratio);
    std::vector<Cell> centres = land == nullptr ? hull : cells;
    std::ranges::sort(centres);
    // Arcs are centred on the hull's corners; on land's side discs may be centred on any node.
    if (gives_away(centres, members, grid)) {
        return std::nullopt;
    }
    ICMAP_ASSIGN(const geo::Ring wide,
                 buffered(grid.nodes_of(hull), grid.nodes_of(cells), options.buffer));
    ICMAP_ASSIGN(Geometry drawn, simplified(wide, options.simplify));
    ICMAP_TRY(deadline.check());
    if (land != nullptr && !land->covers(drawn)) {
        return clipped(drawn, land->geometry(), members, grid, deadline);
    }
    return drawn;
}

} // namespace

Result<Geometry> outline(std::span<const PlaneXY> members, const OutlineOptions& options,
                         const LandPiece* land, const Deadline& deadline) {
    ICMAP_TRY(check(options));
    ICMAP_TRY(check(members, options.snap.value));
    for (int phase = 0; phase < kPhases; ++phase) {
        ICMAP_ASSIGN(std::optional<Geometry> drawn,
                     outline_on(Grid(options.snap.value, phase), members, options, land, deadline));
        if (drawn) {
            return std::move(*drawn);
        }
    }
    return option_error("grid_m", options.snap.value,
                        "The members lie so that this grid gives one away wherever it is put: "
                        "give another side");
}

Metres least_buffer(const OutlineOptions& options) {
    return Metres{
        (kHalfDiagonal * options.snap.value + options.simplify.value + kDisclosureDistance.value) /
        kCertainShare};
}

Metres reach_of(const OutlineOptions& options) {
    // The buffer, a cell of the grid either way and a vertex or two.
    return Metres{options.buffer.value + 2.0 * options.snap.value + options.simplify.value +
                  kRoundCorners};
}

Result<std::vector<Geometry>> outlines(std::span<const PlaneXY> members,
                                       std::span<const std::int32_t> labels,
                                       const OutlineOptions& options, const Land* land,
                                       const Deadline& deadline) {
    if (members.size() != labels.size()) {
        return internal_error(
            fmt::format("{} members have {} labels", members.size(), labels.size()));
    }
    const std::int32_t last = labels.empty() ? -1 : *std::ranges::max_element(labels);
    std::vector<std::vector<PlaneXY>> groups(static_cast<std::size_t>(std::max(last, -1) + 1));
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (labels[i] >= 0) {
            groups[static_cast<std::size_t>(labels[i])].push_back(members[i]);
        }
    }
    std::vector<Geometry> drawn(groups.size());
    std::vector<std::optional<Error>> errors(groups.size());
    parallel_for_each(groups.size(), 1, [&](std::size_t label) {
        if (groups[label].empty()) {
            return;
        }
        const LandPiece* land_around =
            land == nullptr ? nullptr
                            : land->around(geo::bounds_of(groups[label]), reach_of(options));
        if (Result<Geometry> one = outline(groups[label], options, land_around, deadline)) {
            drawn[label] = std::move(*one);
        } else {
            errors[label] = std::move(one).error();
        }
    });
    for (std::optional<Error>& error : errors) {
        if (error) {
            return tl::unexpected(std::move(*error));
        }
    }
    return drawn;
}

} // namespace icmap::outline
