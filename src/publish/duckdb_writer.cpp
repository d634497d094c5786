#include "publish/table.hpp"

#include "geo/geometry.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace icmap::publish {
namespace {

/// The `geo` metadata of a GeoParquet file.
/// \source GeoParquet 1.0.0, "Column metadata"; without `crs` the CRS is OGC:CRS84
Result<std::string> geo_metadata(store::Connection& atlas, const Table& table) {
    Box box{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
            -std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
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
                const bool many = geometry->part_count() > 1;
                switch (geometry->kind()) {
                case geo::GeometryKind::points:
                    types.insert(many ? "MultiPoint" : "Point");
                    break;
                case geo::GeometryKind::lines:
                    types.insert(many ? "MultiLineString" : "LineString");
                    break;
                case geo::GeometryKind::polygons:
                    types.insert("Polygon");
                    types.insert("MultiPolygon");
                    break;
                default:
                    break;
                }
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

Result<std::uint64_t> write_with_duckdb(store::Connection& atlas, const Table& table,
                                        ExportFormat format, const std::string& about,
                                        const std::filesystem::path& file) {
    std::string query = table.query;
    std::string options;
    if (format == ExportFormat::parquet) {
        std::string metadata = fmt::format("about: {}", store::sql_literal(about));
        if (table.has_geometry) {
            ICMAP_ASSIGN(const std::string geo, geo_metadata(atlas, table));
            metadata += fmt::format(", geo: {}", store::sql_literal(geo));
        }
        options = fmt::format("format parquet, compression zstd, kv_metadata {{{}}}", metadata);
    } else {
        // A geometry in a CSV is for programs, which have the other formats; its label point is
        // there.
        options = "format csv, header, delimiter ',', quote '\"'";
        if (table.has_geometry) {
            query = fmt::format("select * exclude (geometry) from ({})", query);
        }
    }
    auto written = atlas.execute(
        fmt::format("copy ({}) to {} ({})", query, store::sql_literal(file.string()), options), {});
    if (!written) {
        Error error = std::move(written).error();
        error.file = file.string();
        error.remedy = "Check that the folder may be written to and that the disk is not full";
        return tl::unexpected(std::move(error));
    }
    return *written;
}

} // namespace icmap::publish
