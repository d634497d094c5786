#include "ingest/gdal_reader.hpp"

#include "geo/proj_folders.hpp"
#include "ingest/byte_stream.hpp"
#include "ingest/columns.hpp"
#include "store/bulk_append.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gdal_priv.h>
#include <mutex>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>
#include <optional>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

using Cell = std::optional<std::string>;

/// Rows are handed to the database in batches of so many.
constexpr std::size_t kBatchRows = 4096;

Error gdal_error(const fs::path& path, std::string what, std::string remedy) {
    Error error;
    error.file = path.string();
    error.what = std::move(what);
    error.remedy = std::move(remedy);
    return error;
}

/// GDAL's messages are kept, not printed.
class QuietGdal {
  public:
    QuietGdal() {
        CPLErrorReset();
        CPLPushErrorHandler(CPLQuietErrorHandler);
    }
    QuietGdal(const QuietGdal&) = delete;
    QuietGdal& operator=(const QuietGdal&) = delete;
    ~QuietGdal() { CPLPopErrorHandler(); }
    static std::string message() {
        const char* text = CPLGetLastErrorMsg();
        return text == nullptr ? std::string() : std::string(text);
    }
};

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

struct DestroyTransformation {
    void operator()(OGRCoordinateTransformation* transformation) const {
        OGRCoordinateTransformation::DestroyCT(transformation);
    }
};
using Transformation = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        // The same grid files as everywhere else, so that a CRS means the same positions.
        std::vector<const char*> folders;
        for (const std::string& folder : geo::proj_folders()) {
            folders.push_back(folder.c_str());
        }
        folders.push_back(nullptr);
        OSRSetPROJSearchPaths(folders.data());
        // All cells as texts, the first row as names: what a value means is decided by the presets.
        CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");
        CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
        CPLSetConfigOption("OGR_ODS_HEADERS", "FORCE");
        CPLSetConfigOption("OGR_ODS_FIELD_TYPES", "STRING");
    });
}

Result<Dataset> open_dataset(const fs::path& path) {
    std::string name = path.string();
    if (path.extension() == ".gz") {
        name = "/vsigzip/" + name;
    } else if (path.extension() == ".zip") {
        name = "/vsizip/" + name;
    }
    Dataset dataset(GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!dataset) {
        const std::string reason = QuietGdal::message();
        return tl::unexpected(gdal_error(
            path,
            fmt::format("The file cannot be read as a workbook or as geometry{}{}",
                        reason.empty() ? "" : ": ", reason),
            "Export it again, as CSV, XLSX, GeoJSON, GeoPackage, FlatGeobuf or Shapefile"));
    }
    return dataset;
}

Result<OGRLayer*> choose_layer(GDALDataset& dataset, const fs::path& path,
                               const std::string& name) {
    if (dataset.GetLayerCount() == 0) {
        return tl::unexpected(gdal_error(path, "The file is empty: it has no layer or sheet",
                                         "Export it again, or take the source out"));
    }
    if (name.empty()) {
        return dataset.GetLayer(0);
    }
    OGRLayer* layer = dataset.GetLayerByName(name.c_str());
    if (layer == nullptr) {
        std::vector<std::string> names;
        for (OGRLayer* each : dataset.GetLayers()) {
            names.emplace_back(each->GetName());
        }
        Error error = gdal_error(path, "The file has no such layer or sheet",
                                 fmt::format("It has: {}", fmt::join(names, ", ")));
        error.field = "layer";
        error.value = name;
        return tl::unexpected(std::move(error));
    }
    return layer;
}

/// From the layer's CRS to WGS 84; nothing where it is that already.
Result<Transformation> to_wgs84(OGRLayer& layer, const fs::path& path, const std::string& crs) {
    OGRSpatialReference given;
    const OGRSpatialReference* from = layer.GetSpatialRef();
    if (!crs.empty()) {
        if (given.SetFromUserInput(crs.c_str()) != OGRERR_NONE) {
            Error error = gdal_error(path, "There is no such coordinate reference system",
                                     "Write an EPSG code, as in \"EPSG:27700\"");
            error.field = "crs";
            error.value = crs;
            return tl::unexpected(std::move(error));
        }
        given.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        from = &given;
    }
    OGRSpatialReference wgs84;
    wgs84.SetWellKnownGeogCS("WGS84");
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (from == nullptr || from->IsSame(&wgs84) != 0) {
        return Transformation();
    }
    Transformation transformation(OGRCreateCoordinateTransformation(from, &wgs84));
    if (!transformation) {
        return tl::unexpected(gdal_error(path, "The positions cannot be turned into WGS 84",
                                         "Give their CRS: crs = \"EPSG:…\" in the [[source]]"));
    }
    return transformation;
}

Cell geometry_of(OGRFeature& feature, OGRCoordinateTransformation* transformation) {
    OGRGeometry* geometry = feature.GetGeometryRef();
    if (geometry == nullptr || geometry->IsEmpty() != 0) {
        return std::nullopt;
    }
    geometry->flattenTo2D();
    if (transformation != nullptr && geometry->transform(transformation) != OGRERR_NONE) {
        return std::nullopt;
    }
    const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    std::string bytes(static_cast<std::size_t>(linear->WkbSize()), '\0');
    if (linear->exportToWkb(wkbNDR, reinterpret_cast<unsigned char*>(bytes.data()),
                            wkbVariantIso) != OGRERR_NONE) {
        return std::nullopt;
    }
    return bytes;
}

/// Rows on their way to ingest_raw.
class Batch {
  public:
    explicit Batch(std::size_t columns, bool has_geometry)
        : cells_(columns), has_geometry_(has_geometry) {}
    std::vector<Cell>& column(std::size_t i) { return cells_[i]; }
    Result<void> write(store::Connection& connection) {
        if (cells_.empty() || cells_[0].empty()) {
            return {};
        }
        std::vector<store::Column> columns;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            store::Column column{std::span<const Cell>(cells_[i])};
            column.is_blob = has_geometry_ && i + 1 == cells_.size();
            columns.push_back(column);
        }
        ICMAP_TRY(store::append_columns(connection, "main", "ingest_raw", columns));
        for (auto& column : cells_) {
            column.clear();
        }
        return {};
    }

  private:
    std::vector<std::vector<Cell>> cells_;
    bool has_geometry_;
};

Result<GdalTable> read_layer(store::Connection& connection, OGRLayer& layer,
                             OGRCoordinateTransformation* transformation) {
    GdalTable table;
    const OGRFeatureDefn& definition = *layer.GetLayerDefn();
    std::vector<std::string> names;
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
        names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
    }
    const bool has_geometry = definition.GetGeomFieldCount() > 0;
    table.columns = column_names(std::move(names));
    if (has_geometry) {
        std::erase(table.columns, "geometry");
        table.columns.emplace_back("geometry");
    }
    std::vector<std::string> types;
    for (const std::string& column : table.columns) {
        types.push_back(fmt::format("{} {}", store::identifier(column),
                                    has_geometry && column == "geometry" ? "blob" : "varchar"));
    }
    ICMAP_TRY(connection.run(
        fmt::format("create or replace temp table ingest_raw ({})", fmt::join(types, ", "))));
    Batch batch(table.columns.size(), has_geometry);
    layer.ResetReading();
    while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
        const std::size_t fields = table.columns.size() - (has_geometry ? 1 : 0);
        for (std::size_t i = 0; i < fields; ++i) {
            const int field = static_cast<int>(i);
            batch.column(i).push_back(feature->IsFieldSetAndNotNull(field)
                                          ? Cell(feature->GetFieldAsString(field))
                                          : std::nullopt);
        }
        if (has_geometry) {
            batch.column(fields).push_back(geometry_of(*feature, transformation));
        }
        if (++table.rows % kBatchRows == 0) {
            ICMAP_TRY(batch.write(connection));
        }
    }
    ICMAP_TRY(batch.write(connection));
    return table;
}

} // namespace

Result<GdalTable> read_with_gdal(store::Connection& connection, const fs::path& path,
                                 const std::string& layer_name, const std::string& crs) {
    register_drivers();
    const QuietGdal quiet;
    ICMAP_ASSIGN(const Dataset dataset, open_dataset(path));
    ICMAP_ASSIGN(OGRLayer * layer, choose_layer(*dataset, path, layer_name));
    ICMAP_ASSIGN(const Transformation transformation, to_wgs84(*layer, path, crs));
    CPLErrorReset();
    ICMAP_ASSIGN(GdalTable table, read_layer(connection, *layer, transformation.get()));
    if (CPLGetLastErrorType() >= CE_Failure) {
        return tl::unexpected(gdal_error(
            path, fmt::format("The file could be read only in part: {}", QuietGdal::message()),
            "Export it again"));
    }
    if (table.columns.empty()) {
        return tl::unexpected(gdal_error(path, "The file is empty: its sheet has no columns",
                                         "Name another sheet with layer = \"…\""));
    }
    return table;
}

} // namespace icmap::ingest
