#include "geo/area_index.hpp"

#include "base/parallel.hpp"
#include "geo/banded_edges.hpp"
#include "geo/box_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::geo {

namespace {

/// Most cells of the raster along the longer side: 1 km over Great Britain. Few edges need fewer.
constexpr double kMostCellsAlong = 1024.0;
constexpr double kLeastCellsAlong = 16.0;
constexpr std::size_t kGrain = 4096;

bool is_finite(PlaneXY p) {
    return std::isfinite(p.x_m) && std::isfinite(p.y_m);
}

/// All the polygons of one area.
struct Area {
    BandedEdges edges;
    Box bounds{1.0, 1.0, 0.0, 0.0};
};

Area make_area(const Geometry& geometry) {
    std::vector<Edge> edges = edges_of(geometry);
    Area area;
    area.bounds = bounds_of(edges);
    area.edges = BandedEdges(std::move(edges));
    return area;
}

Box joined(const Box& a, const Box& b) {
    if (a.min_x > a.max_x) {
        return b;
    }
    if (b.min_x > b.max_x) {
        return a;
    }
    return {std::min(a.min_x, b.min_x), std::min(a.min_y, b.min_y), std::max(a.max_x, b.max_x),
            std::max(a.max_y, b.max_y)};
}

bool is_near(const Box& box, PlaneXY p, double reach_m) {
    return p.x_m >= box.min_x - reach_m && p.x_m <= box.max_x + reach_m &&
           p.y_m >= box.min_y - reach_m && p.y_m <= box.max_y + reach_m;
}

/// The lists of areas of the cells that a border goes through, while the raster is filled.
struct CellLists {
    std::vector<std::int32_t> of_cell; ///< index into lists, -1: none
    std::vector<std::vector<std::int32_t>> lists;

    /// An area covers the cell, or its border goes through it. Areas come in order.
    void add(std::size_t cell, std::int32_t area, bool is_border,
             std::vector<std::int32_t>& whole) {
        if (of_cell[cell] < 0) {
            if (whole[cell] != kNoArea) {
                return; // an earlier area covers the whole cell
            }
            if (!is_border) {
                whole[cell] = area;
                return;
            }
            of_cell[cell] = static_cast<std::int32_t>(lists.size());
            lists.emplace_back();
        }
        lists[static_cast<std::size_t>(of_cell[cell])].push_back(area);
    }
};

} // namespace

/// A raster whose cells either lie in one area as a whole, or in none, or list the areas whose
/// borders go through them or that cover them beside such a border.
struct AreaIndex::State {
    std::vector<Area> areas;
    Box bounds{1.0, 1.0, 0.0, 0.0};
    double cell_m = 1.0;
    std::int32_t columns = 0;
    std::int32_t rows = 0;
    /// Per cell: the area that covers it, kNoArea, or -2 - (start in `candidates`).
    std::vector<std::int32_t> cells;
    /// Lists of areas, ascending, each ended by kNoArea.
    std::vector<std::int32_t> candidates;
    BoxGrid boxes; ///< of the areas' bounds, for those that lie on each other

    [[nodiscard]] std::int32_t column_of(double x) const {
        return clamped(x - bounds.min_x, columns);
    }
    [[nodiscard]] std::int32_t row_of(double y) const { return clamped(y - bounds.min_y, rows); }
    [[nodiscard]] std::int32_t clamped(double offset, std::int32_t n) const {
        const double cell = std::floor(offset / cell_m);
        return static_cast<std::int32_t>(std::clamp(cell, 0.0, static_cast<double>(n - 1)));
    }
    [[nodiscard]] std::size_t cell_at(std::int32_t column, std::int32_t row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(column);
    }

    void lay_raster();
    void mark_borders(const Area& area, std::vector<std::uint8_t>& is_border) const;
    void fill_cells();
    [[nodiscard]] std::int32_t covering(PlaneXY p) const;
    [[nodiscard]] std::int32_t nearest(PlaneXY p, double reach_m) const;
};

void AreaIndex::State::lay_raster() {
    double edges = 0.0;
    for (const Area& area : areas) {
        bounds = joined(bounds, area.bounds);
        edges += static_cast<double>(area.edges.all().size());
    }
    if (bounds.min_x > bounds.max_x) {
        return;
    }
    const double width = bounds.max_x - bounds.min_x;
    const double height = bounds.max_y - bounds.min_y;
    const double along = std::clamp(8.0 * std::sqrt(edges), kLeastCellsAlong, kMostCellsAlong);
    cell_m = std::max(width, height) / along;
    columns = static_cast<std::int32_t>(width / cell_m) + 1;
    rows = static_cast<std::int32_t>(height / cell_m) + 1;
    cells.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), kNoArea);
}

/// Marks every cell that an edge may go through, a hair too many rather than one too few.
void AreaIndex::State::mark_borders(const Area& area, std::vector<std::uint8_t>& is_border) const {
    const double slack = cell_m * 1e-6;
    for (const Edge& edge : area.edges.all()) {
        const std::int32_t first_row = row_of(edge.low.y_m - slack);
        const std::int32_t last_row = row_of(edge.high.y_m + slack);
        for (std::int32_t row = first_row; row <= last_row; ++row) {
            const double bottom = bounds.min_y + cell_m * row - slack;
            const auto [left, right] = x_range(edge, bottom, bottom + cell_m + 2.0 * slack);
            const std::int32_t last_column = column_of(right + slack);
            for (std::int32_t column = column_of(left - slack); column <= last_column; ++column) {
                is_border[cell_at(column, row)] = 1;
            }
        }
    }
}

/// Goes through the areas once, in order; a cell keeps the first area that covers it whole, and
/// becomes a list as soon as a border goes through it.
void AreaIndex::State::fill_cells() {
    CellLists lists{std::vector<std::int32_t>(cells.size(), -1), {}};
    std::vector<std::uint8_t> is_border(cells.size(), 0);
    for (std::size_t a = 0; a < areas.size(); ++a) {
        const Area& area = areas[a];
        if (area.bounds.min_x > area.bounds.max_x) {
            continue;
        }
        const auto index = static_cast<std::int32_t>(a);
        const std::int32_t last_row = row_of(area.bounds.max_y);
        const std::int32_t last_column = column_of(area.bounds.max_x);
        mark_borders(area, is_border);
        for (std::int32_t row = row_of(area.bounds.min_y); row <= last_row; ++row) {
            bool is_inside = false; // between two borders one question is enough
            bool is_known = false;
            for (std::int32_t c = column_of(area.bounds.min_x); c <= last_column; ++c) {
                const std::size_t cell = cell_at(c, row);
                // Marks just outside the bounds stay for the next area: one question too many.
                const bool border = std::exchange(is_border[cell], std::uint8_t{0}) != 0;
                if (!border && !is_known) {
                    is_inside = area.edges.covers(
                        {bounds.min_x + cell_m * (c + 0.5), bounds.min_y + cell_m * (row + 0.5)});
                }
                is_known = !border;
                if (border || is_inside) {
                    lists.add(cell, index, border, cells);
                }
            }
        }
    }
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (lists.of_cell[cell] >= 0) {
            const auto& list = lists.lists[static_cast<std::size_t>(lists.of_cell[cell])];
            cells[cell] = -2 - static_cast<std::int32_t>(candidates.size());
            candidates.insert(candidates.end(), list.begin(), list.end());
            candidates.push_back(kNoArea);
        }
    }
}

std::int32_t AreaIndex::State::covering(PlaneXY p) const {
    if (!is_finite(p) || !bounds.contains(p.x_m, p.y_m)) {
        return kNoArea;
    }
    const std::int32_t cell = cells[cell_at(column_of(p.x_m), row_of(p.y_m))];
    if (cell >= kNoArea) {
        return cell;
    }
    for (auto i = static_cast<std::size_t>(-2 - cell); candidates[i] != kNoArea; ++i) {
        const Area& area = areas[static_cast<std::size_t>(candidates[i])];
        if (area.bounds.contains(p.x_m, p.y_m) && area.edges.covers(p)) {
            return candidates[i];
        }
    }
    return kNoArea;
}

std::int32_t AreaIndex::State::nearest(PlaneXY p, double reach_m) const {
    std::int32_t found = kNoArea;
    double best = reach_m;
    for (std::size_t a = 0; a < areas.size(); ++a) {
        if (areas[a].bounds.min_x > areas[a].bounds.max_x || !is_near(areas[a].bounds, p, best)) {
            continue;
        }
        const double distance = areas[a].edges.distance_m(p, best);
        if (distance < best || (distance == best && found == kNoArea)) {
            best = distance;
            found = static_cast<std::int32_t>(a);
        }
    }
    return found;
}

AreaIndex::AreaIndex(std::span<const Geometry> areas) {
    auto state = std::make_unique<State>();
    state->areas.resize(areas.size());
    parallel_for_each(areas.size(), 1,
                      [&](std::size_t i) { state->areas[i] = make_area(areas[i]); });
    std::vector<Box> boxes(areas.size());
    std::transform(state->areas.begin(), state->areas.end(), boxes.begin(),
                   [](const Area& area) { return area.bounds; });
    state->boxes = BoxGrid(boxes);
    state->lay_raster();
    state->fill_cells();
    state_ = std::move(state);
}

AreaIndex::~AreaIndex() = default;
AreaIndex::AreaIndex(AreaIndex&&) noexcept = default;
AreaIndex& AreaIndex::operator=(AreaIndex&&) noexcept = default;

std::int32_t AreaIndex::locate(PlaneXY point, Metres tolerance) const {
    const std::int32_t area = state_->covering(point);
    if (area != kNoArea || !(tolerance.value > 0.0) || !is_finite(point)) {
        return area;
    }
    return state_->nearest(point, tolerance.value);
}

std::vector<std::int32_t> AreaIndex::locate(std::span<const PlaneXY> points,
                                            Metres tolerance) const {
    std::vector<std::int32_t> found(points.size());
    parallel_for_each(points.size(), kGrain,
                      [&](std::size_t i) { found[i] = locate(points[i], tolerance); });
    return found;
}

std::vector<std::int32_t> AreaIndex::all_at(PlaneXY point) const {
    std::vector<std::int32_t> found;
    if (!is_finite(point)) {
        return found;
    }
    for (const std::int32_t a : state_->boxes.near(point)) {
        const Area& area = state_->areas[static_cast<std::size_t>(a)];
        if (area.bounds.contains(point.x_m, point.y_m) && area.edges.covers(point)) {
            found.push_back(a);
        }
    }
    return found;
}

std::size_t AreaIndex::size() const {
    return state_->areas.size();
}

} // namespace icmap::geo
