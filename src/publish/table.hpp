#pragma once

#include "base/result.hpp"
#include "publish/export.hpp"
#include "store/connection.hpp"
#include "store/csv_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace icmap::publish {

/// The name of a layer in files and on the command line.
[[nodiscard]] std::string_view layer_name(ExportLayer layer);

/// Whose data a file holds, in two short texts that fit every row of it.
struct Provenance {
    std::string source;  ///< project and date, and that it is example data where it is
    std::string licence; ///< of all sources, each once
    /// The columns that every CSV of ours ends with.
    [[nodiscard]] store::CsvEnding ending() const {
        return {{"data_source", "data_licence"}, {source, licence}};
    }
};
[[nodiscard]] Result<Provenance> provenance(store::Connection& atlas);

/// What the geometries of a table are; a file that is told so opens with that type.
enum class Shape : std::uint8_t { any, points, polygons };

/// A query to be written out. Its geometry, if any, is the column `geometry` (WKB, WGS 84).
struct Table {
    std::string name;  ///< layer or sheet name in the file
    std::string query; ///< one SELECT
    bool has_geometry = false;
    /// Columns of every row of a CSV; nothing where others fixed the columns.
    std::optional<Provenance> provenance = std::nullopt;
    Shape shape = Shape::any;
};

/// The query of a layer, and the temporary tables that it reads.
/// \errors usage: a layer that the format or the schema cannot hold, or that is withheld
[[nodiscard]] Result<Table> make_table(store::Connection& atlas, const ExportRequest& request);

/// GeoParquet. \errors input: the file cannot be written
[[nodiscard]] Result<std::uint64_t> write_parquet(store::Connection& atlas, const Table& table,
                                                  const std::string& about,
                                                  const std::filesystem::path& file);

/// GeoPackage, GeoJSON, FlatGeobuf, XLSX, ODS. \errors input: the file cannot be written; stopped:
/// the deadline of the request has passed
[[nodiscard]] Result<std::uint64_t> write_with_gdal(store::Connection& atlas, const Table& table,
                                                    const ExportRequest& request,
                                                    const std::string& about,
                                                    const std::filesystem::path& file);

} // namespace icmap::publish
