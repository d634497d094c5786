#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace icmap::ingest {

/// What is read of a workbook or a geometry file: the only place that knows GDAL.
struct GdalTable {
    std::vector<std::string> columns; ///< of ingest_raw: varchar, and "geometry" (blob) if any
    std::uint64_t rows = 0;
};

/// Reads one sheet (XLSX, ODS) or layer (GeoJSON, TopoJSON, Shapefile, GeoPackage, FlatGeobuf,
/// KML, …) into the temporary table ingest_raw, geometries as WKB in WGS 84, longitude first.
/// \param layer sheet or layer; empty = the only or the first
/// \param crs of the geometries, where the file does not say it; empty = WGS 84
/// \errors input: no format that GDAL knows; no such layer (all are named); CRS unknown
[[nodiscard]] Result<GdalTable> read_with_gdal(store::Connection& connection,
                                               const std::filesystem::path& path,
                                               const std::string& layer, const std::string& crs);

} // namespace icmap::ingest
