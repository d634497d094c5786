#include "publish/table.hpp"

#include "geo/geometry.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace icmap::publish {
namespace {

/// GeoParquet's names of a geometry's type; polygons may have one part or several.
void add_types(const geo::Geometry& geometry, std::set<std::string>& types) {
    const bool many = geometry.part_count() > 1;
    switch (geometry.kind()) {
    case geo::GeometryKind::points:
        types.insert(many ? "MultiPoint" : "Point");
        break;
    case geo::GeometryKind::lines:
        types.insert(many ? "MultiLineString" : "LineString");
        break;
    case geo::GeometryKind::polygons:
        types.insert({"Polygon", "MultiPolygon"});
        break;
    default:
        break;
    }
}

/// The `geo` metadata of a GeoParquet file.
/// \source GeoParquet 1.0.0, "Column metadata"; without `crs` the CRS is OGC:CRS84
Result<std::string> geo_metadata(store::Connection& atlas, const Table& table) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Box box{kInfinity, kInfinity, -kInfinity, -kInfinity};
    std::set<std::string> types;
    std::string trouble;
    ICMAP_TRY(atlas.read(
        fmt::format("select geometry from ({}) where geometry is not null", table.query),
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                const auto geometry = geo::Geometry::from_wkb(chunk.text(0, row));
                if (!geometry) {
                    trouble = geometry.error().what;
                    continue;
                }
                const Box bounds = geometry->bounds();
                box = {std::min(box.min_x, bounds.min_x), std::min(box.min_y, bounds.min_y),
                       std::max(box.max_x, bounds.max_x), std::max(box.max_y, bounds.max_y)};
                add_types(*geometry, types);
            }
        }));
    if (!trouble.empty()) {
        return internal_error("a geometry of the atlas cannot be read: " + trouble);
    }
    nlohmann::json column = {{"encoding", "WKB"}, {"geometry_types", types}};
    if (box.min_x <= box.max_x) {
        column["bbox"] = {box.min_x, box.min_y, box.max_x, box.max_y};
    }
    const nlohmann::json metadata = {
        {"version", "1.0.0"}, {"primary_column", "geometry"}, {"columns", {{"geometry", column}}}};
    return metadata.dump();
}

} // namespace

Result<std::uint64_t> write_parquet(store::Connection& atlas, const Table& table,
                                    const std::string& about, const std::filesystem::path& file) {
    std::string metadata = fmt::format("about: {}", store::sql_literal(about));
    if (table.has_geometry) {
        ICMAP_ASSIGN(const std::string geo, geo_metadata(atlas, table));
        metadata += fmt::format(", geo: {}", store::sql_literal(geo));
    }
    auto written = atlas.execute(
        fmt::format("copy ({}) to {} (format parquet, compression zstd, kv_metadata {{{}}})",
                    table.query, store::sql_literal(file.string()), metadata),
        {});
    if (!written) {
        Error error = std::move(written).error();
        error.file = file.string();
        if (error.remedy.empty()) {
            error.remedy = "Check that the folder may be written to and that the disk is not full";
        }
        return tl::unexpected(std::move(error));
    }
    return *written;
}

} // namespace icmap::publish
