#pragma once

#include "base/result.hpp"
#include "publish/export.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <string>

namespace icmap::publish {

/// A query to be written out. Its geometry, if any, is the column `geometry` (WKB, WGS 84).
struct Table {
    std::string name;  ///< layer or sheet name in the file
    std::string query; ///< one SELECT
    bool has_geometry = false;
};

/// What every file says of itself: what made it, from what, under which licences.
[[nodiscard]] Result<std::string> about_text(store::Connection& atlas);

/// CSV and GeoParquet. \errors input: the file cannot be written
[[nodiscard]] Result<std::uint64_t> write_with_duckdb(store::Connection& atlas, const Table& table,
                                                      ExportFormat format, const std::string& about,
                                                      const std::filesystem::path& file);

/// GeoPackage, GeoJSON, FlatGeobuf, XLSX, ODS. \errors input: the file cannot be written
[[nodiscard]] Result<std::uint64_t> write_with_gdal(store::Connection& atlas, const Table& table,
                                                    ExportFormat format, const std::string& about,
                                                    const std::filesystem::path& file);

/// Makes the temporary table export_wkt(cluster_id, wkt) that the published map's schema needs.
[[nodiscard]] Result<void> make_cluster_wkt(store::Connection& atlas);

/// Makes the temporary table export_point(id, geometry): WKB points for rows given as
/// `select id, lon_deg, lat_deg …`.
[[nodiscard]] Result<void> make_points(store::Connection& atlas, std::string_view query);

} // namespace icmap::publish
