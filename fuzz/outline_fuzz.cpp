// Any bytes are the members of a cluster: the outline must keep what its header promises, and so
// must the whole-number hull that it starts from.
#include "geo/geometry.hpp"
#include "outline/intruder.hpp"
#include "outline/lattice_hull.hpp"
#include "outline/outline.hpp"
#include "world_reader.hpp"

#include <algorithm>
#include <cmath>

using namespace icmap;
using fuzz::require;

namespace {

bool is_tame(PlaneXY p) {
    return std::abs(p.x_m) < 1e8 && std::abs(p.y_m) < 1e8;
}

void draw(const std::vector<PlaneXY>& members, const outline::OutlineOptions& options) {
    const auto drawn = outline::outline(members, options);
    if (!drawn) {
        require(drawn.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return;
    }
    require(drawn->is_valid(), "not valid");
    if (!std::all_of(members.begin(), members.end(), is_tame)) {
        return; // where a metre is no longer told from the next, no promise is of use
    }
    require(drawn->part_count() == 1, "not one part");
    require(drawn->covers(geo::Geometry::points(members)), "a member outside");
    require(outline::find_leaks(*drawn, members, {.radius = options.buffer}).empty(), "a leak");
}

/// Every edge between two triangles has nothing inside the circle on its other side.
void triangulate(const std::vector<outline::Cell>& cells) {
    const auto mesh = outline::triangulate(cells);
    const auto corner = [&](std::uint32_t edge) { return cells[mesh.corner[edge]]; };
    for (std::uint32_t e = 0; e < mesh.corner.size(); ++e) {
        const auto next = outline::LatticeTriangulation::next(e);
        const auto previous = outline::LatticeTriangulation::previous(e);
        require(outline::turn(corner(e), corner(next), corner(previous)) > 0, "clockwise");
        const std::uint32_t twin = mesh.twin[e];
        if (twin != outline::LatticeTriangulation::kNone) {
            require(mesh.twin[twin] == e, "an edge seen from one side");
            require(!outline::is_in_circle(corner(e), corner(next), corner(previous),
                                           corner(outline::LatticeTriangulation::previous(twin))),
                    "not Delaunay's");
        }
    }
}

void hull(const std::vector<outline::Cell>& cells, double ratio) {
    const auto corners = outline::concave_hull(cells, ratio);
    require(!corners.empty(), "no hull");
    if (corners.size() < 3) {
        return;
    }
    std::vector<PlaneXY> shell;
    for (const outline::Cell& cell : corners) {
        shell.push_back({static_cast<double>(cell.column), static_cast<double>(cell.row)});
    }
    const auto polygon = geo::Geometry::polygon(shell).value();
    require(polygon.is_valid(), "a hull that crosses itself");
    for (const outline::Cell& cell : cells) {
        require(polygon.covers({static_cast<double>(cell.column), static_cast<double>(cell.row)}),
                "a cell outside its hull");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>() % 4;
    outline::OutlineOptions options;
    // On a grid of a few metres circles through any three vertices hit members by chance.
    options.snap = Metres{50.0 + reader.take<std::uint8_t>() * 2.0};
    options.ratio = reader.take<std::uint8_t>() / 255.0;
    options.simplify = Metres{static_cast<double>(reader.take<std::uint8_t>())};
    options.buffer = Metres{outline::least_buffer(options).value *
                            (1.0 + reader.take<std::uint8_t>() / 64.0) * 1.001};
    std::vector<PlaneXY> members;
    std::vector<outline::Cell> cells;
    while (reader.left() > 0 && members.size() < 200) {
        if (kind == 0) {
            members.push_back({reader.take<double>(), reader.take<double>()});
            continue;
        }
        const std::int64_t x = kind == 1   ? reader.take<std::int8_t>()
                               : kind == 2 ? reader.take<std::int16_t>()
                                           : reader.take<std::int32_t>() / 4;
        const std::int64_t y = kind == 1   ? reader.take<std::int8_t>()
                               : kind == 2 ? reader.take<std::int16_t>()
                                           : reader.take<std::int32_t>() / 4;
        cells.push_back({x, y});
        const double step_m = kind == 1 ? options.snap.value / 4.0 : 1.0;
        members.push_back({400'000.0 + static_cast<double>(x) * step_m,
                           300'000.0 + static_cast<double>(y) * step_m});
    }
    draw(members, options);
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    if (!cells.empty()) {
        triangulate(cells);
        hull(cells, options.ratio);
    }
    return 0;
}
