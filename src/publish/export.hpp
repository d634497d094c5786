#pragma once

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::publish {

/// What of the atlas is written out.
enum class ExportLayer : std::uint8_t {
    clusters,
    firms,
    members,
    assets,
    areas,
    sources,
    rejects,
    sectors,
    area_sectors,
    mass_registration
};

enum class ExportFormat : std::uint8_t { gpkg, geojson, fgb, parquet, csv, xlsx, ods };

/// The columns a file has: ours, or exactly those of the officially published map's data file.
enum class ExportSchema : std::uint8_t { icmap, dsit_v2 };

struct ExportRequest {
    ExportLayer layer = ExportLayer::clusters;
    ExportFormat format = ExportFormat::gpkg;
    ExportSchema schema = ExportSchema::icmap;
    /// Only these clusters, in this order (clusters and members layers); nothing: all, by id.
    std::optional<std::vector<std::uint32_t>> cluster_ids = std::nullopt;
    /// Only firms with one of these sites, each at the first of them (firms layer); nothing: all.
    std::optional<std::vector<std::uint32_t>> site_ids = std::nullopt;
    /// Only these figures, in this order (clusters layer); nothing: all, by name.
    std::optional<std::vector<std::string>> measures = std::nullopt;
    /// Rows are not written on after it.
    Deadline deadline = {};
};

struct ExportReport {
    std::uint64_t rows = 0;
    std::uint64_t left_out = 0; ///< rows without a position, which FlatGeobuf cannot hold
    std::filesystem::path
        about; ///< the file beside it with source and licence, where the format holds none
};

/// Names as they are written on the command line and in URLs.
/// \errors usage: no such layer, format or schema; the remedy lists them
[[nodiscard]] Result<ExportLayer> parse_layer(std::string_view name);
[[nodiscard]] Result<ExportFormat> parse_format(std::string_view name);
[[nodiscard]] Result<ExportSchema> parse_schema(std::string_view name);
/// The format by the file's extension.
[[nodiscard]] Result<ExportFormat> format_of(const std::filesystem::path& file);

/// Writes one layer of an open atlas to `file`. The file appears complete or not at all, and never
/// without the text beside it that says whose data it holds, where it has no place for that itself;
/// an older one of that name is replaced. Rows are in the order of their ids, or as asked for; the
/// same atlas gives the same rows. Geometry is WGS 84 (EPSG:4326), longitude first. \errors usage:
/// a format that cannot hold the schema; input: the folder cannot be written to, the
///         disk is full; stopped: the deadline has passed
/// \complexity what is read of the atlas grows with the rows written, not with the atlas, where
///         clusters or sites are chosen
[[nodiscard]] Result<ExportReport> export_layer(store::Connection& atlas,
                                                const ExportRequest& request,
                                                const std::filesystem::path& file);

/// What every file says of itself: what made it, from what, under which licences.
[[nodiscard]] Result<std::string> about_text(store::Connection& atlas);

} // namespace icmap::publish
