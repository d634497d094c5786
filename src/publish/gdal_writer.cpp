// GDAL is named in this file only.
#include "publish/table.hpp"

#include "base/progress.hpp"
#include "base/words.hpp"
#include "store/stream.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <gdal_priv.h>
#include <memory>
#include <mutex>
#include <ogrsf_frmts.h>

namespace icmap::publish {
namespace {

const char* driver_name(ExportFormat format) {
    switch (format) {
    case ExportFormat::gpkg:
        return "GPKG";
    case ExportFormat::geojson:
        return "GeoJSON";
    case ExportFormat::fgb:
        return "FlatGeobuf";
    case ExportFormat::xlsx:
        return "XLSX";
    case ExportFormat::ods:
        return "ODS";
    case ExportFormat::csv:
    case ExportFormat::parquet:
        break;
    }
    return "";
}

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        // Messages reach people through our own errors.
        CPLSetErrorHandler(CPLQuietErrorHandler);
    });
}

Error gdal_error(const std::filesystem::path& file, std::string_view doing) {
    Error error;
    const char* reason = CPLGetLastErrorMsg();
    error.what = fmt::format("{} failed: {}", doing,
                             reason != nullptr && *reason != '\0' ? reason : "GDAL gave no reason");
    error.file = file.string();
    error.remedy = "Check that the folder may be written to and that the disk is not full";
    return error;
}

/// Closes a dataset; the answer of the flush is kept, since a full disk often shows only there.
class Dataset {
  public:
    explicit Dataset(GDALDataset* dataset) : dataset_(dataset) {}
    Dataset(const Dataset&) = delete;
    Dataset& operator=(const Dataset&) = delete;
    ~Dataset() { static_cast<void>(close()); }
    GDALDataset* operator->() const { return dataset_; }
    explicit operator bool() const { return dataset_ != nullptr; }
    [[nodiscard]] bool close() {
        if (dataset_ == nullptr) {
            return true;
        }
        CPLErrorReset();
        GDALClose(GDALDataset::ToHandle(std::exchange(dataset_, nullptr)));
        return CPLGetLastErrorType() < CE_Failure;
    }

  private:
    GDALDataset* dataset_;
};

/// A column as it is read from the database and written to the file.
struct Field {
    std::string name;
    store::ColumnType type = store::ColumnType::text;
    int index = -1; ///< of the OGR field; -1: the geometry
    bool may_be_formula = false;
};

OGRFieldType ogr_type(store::ColumnType type) {
    switch (type) {
    case store::ColumnType::boolean:
        return OFTInteger;
    case store::ColumnType::integer:
        return OFTInteger64;
    case store::ColumnType::real:
        return OFTReal;
    case store::ColumnType::date:
        return OFTDate;
    default:
        return OFTString;
    }
}

/// The query with every column in one of few types that this writer reads.
std::string plain_query(std::span<const store::ColumnInfo> columns, std::string_view query) {
    std::string list;
    for (const store::ColumnInfo& column : columns) {
        const std::string name = store::identifier(column.name);
        const char* type = "varchar";
        if (column.type == store::ColumnType::boolean) {
            type = "boolean";
        } else if (column.type == store::ColumnType::integer) {
            type = "bigint";
        } else if (column.type == store::ColumnType::real) {
            type = "double";
        } else if (column.type == store::ColumnType::blob) {
            type = "blob";
        }
        list += fmt::format("{}cast({} as {}) as {}", list.empty() ? "" : ", ", name, type, name);
    }
    return fmt::format("select {} from ({})", list, query);
}

Result<std::vector<Field>> make_fields(OGRLayer& layer, std::span<const store::ColumnInfo> columns,
                                       ExportFormat format, const std::filesystem::path& file) {
    std::vector<Field> fields;
    for (const store::ColumnInfo& column : columns) {
        // The ODS driver writes a text that begins so as a formula; the XLSX driver never does.
        Field field{column.name, column.type, -1, format == ExportFormat::ods};
        if (column.type != store::ColumnType::blob) {
            OGRFieldDefn definition(column.name.c_str(), ogr_type(column.type));
            if (column.type == store::ColumnType::boolean) {
                definition.SetSubType(OFSTBoolean);
            }
            // A driver may give the field another name (GeoPackage keeps "fid" to itself).
            const int count = layer.GetLayerDefn()->GetFieldCount();
            if (layer.CreateField(&definition) != OGRERR_NONE ||
                layer.GetLayerDefn()->GetFieldCount() != count + 1) {
                return tl::unexpected(
                    gdal_error(file, fmt::format("Making the column {}", column.name)));
            }
            field.index = count;
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

void set_date(OGRFeature& feature, int index, std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (text.size() >= 10) {
        std::from_chars(text.data(), text.data() + 4, year);
        std::from_chars(text.data() + 5, text.data() + 7, month);
        std::from_chars(text.data() + 8, text.data() + 10, day);
        feature.SetField(index, year, month, day);
    }
}

/// \returns false where the geometry cannot be read: a row without its place is no row
bool fill_feature(OGRFeature& feature, std::span<const Field> fields, const store::Chunk& chunk,
                  std::size_t row) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        if (chunk.is_null(i, row)) {
            continue;
        }
        if (field.index < 0) {
            const std::string_view wkb = chunk.text(i, row);
            OGRGeometry* geometry = nullptr;
            if (OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &geometry, wkb.size()) !=
                OGRERR_NONE) {
                return false;
            }
            const bool are_many = feature.GetDefnRef()->GetGeomType() == wkbMultiPolygon;
            feature.SetGeometryDirectly(are_many ? OGRGeometryFactory::forceToMultiPolygon(geometry)
                                                 : geometry);
            continue;
        }
        switch (field.type) {
        case store::ColumnType::boolean:
            feature.SetField(field.index, chunk.column<bool>(i)[row] ? 1 : 0);
            break;
        case store::ColumnType::integer:
            feature.SetField(field.index, static_cast<GIntBig>(chunk.column<std::int64_t>(i)[row]));
            break;
        case store::ColumnType::real:
            feature.SetField(field.index, chunk.column<double>(i)[row]);
            break;
        case store::ColumnType::date:
            set_date(feature, field.index, chunk.text(i, row));
            break;
        default: {
            const std::string_view text = chunk.text(i, row);
            const bool is_formula = field.may_be_formula && text.starts_with("of:=");
            feature.SetField(field.index, ((is_formula ? "'" : "") + std::string(text)).c_str());
        }
        }
    }
    return true;
}

/// Rows of a sheet, its header among them. \source Microsoft, Excel specifications and limits;
/// LibreOffice Calc has the same
constexpr std::int64_t kMostSheetRows = 1'048'576;

bool is_sheet(ExportFormat format) {
    return format == ExportFormat::xlsx || format == ExportFormat::ods;
}

/// Refuses what spreadsheets would cut off without a word.
Result<void> check_sheet(store::Connection& atlas, const Table& table,
                         const std::filesystem::path& file) {
    ICMAP_ASSIGN(const std::int64_t rows,
                 atlas.integer(fmt::format("select count(*) from ({})", table.query)));
    if (rows < kMostSheetRows) {
        return {};
    }
    Error error;
    error.file = file.string();
    error.what = fmt::format("{} and a header do not fit a sheet, which holds {} rows",
                             counted(static_cast<std::uint64_t>(rows), "row"),
                             grouped(static_cast<std::uint64_t>(kMostSheetRows)));
    error.remedy = "Choose csv, parquet or gpkg, or fewer clusters";
    return tl::unexpected(std::move(error));
}

Error geometry_error(const Table& table, std::uint64_t row, const std::filesystem::path& file) {
    Error error;
    error.file = file.string();
    error.what =
        fmt::format("The geometry of row {} of {} cannot be read", grouped(row + 1), table.name);
    error.remedy = "The atlas is damaged: build it again";
    return error;
}

/// A sheet, or a table without geometry, that says what the file is.
Result<void> write_about(Dataset& dataset, const std::string& about,
                         const std::filesystem::path& file) {
    OGRLayer* layer = dataset->CreateLayer("About", nullptr, wkbNone, nullptr);
    if (layer == nullptr) {
        return tl::unexpected(gdal_error(file, "Writing the About sheet"));
    }
    OGRFieldDefn definition("About this file", OFTString);
    layer->CreateField(&definition);
    std::size_t begin = 0;
    while (begin < about.size()) {
        const std::size_t end = std::min(about.find('\n', begin), about.size());
        const std::unique_ptr<OGRFeature> feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        feature->SetField(0, about.substr(begin, end - begin).c_str());
        if (layer->CreateFeature(feature.get()) != OGRERR_NONE) {
            return tl::unexpected(gdal_error(file, "Writing the About sheet"));
        }
        begin = end + 1;
    }
    return {};
}

/// Outlines are of one part or several: told as several, which every program reads.
OGRwkbGeometryType geometry_type(const Table& table) {
    if (!table.has_geometry) {
        return wkbNone;
    }
    return table.shape == Shape::points     ? wkbPoint
           : table.shape == Shape::polygons ? wkbMultiPolygon
                                            : wkbUnknown;
}

OGRLayer* create_layer(Dataset& dataset, const Table& table, ExportFormat format,
                       const std::string& about) {
    OGRSpatialReference wgs84;
    wgs84.SetWellKnownGeogCS("WGS84");
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList options;
    if (format == ExportFormat::geojson) {
        options.SetNameValue("RFC7946", "YES");
        options.SetNameValue("DESCRIPTION", about.c_str());
    } else if (format == ExportFormat::gpkg) {
        options.SetNameValue("DESCRIPTION", about.c_str());
        options.SetNameValue("GEOMETRY_NAME", "geometry");
    }
    OGRLayer* layer =
        dataset->CreateLayer(table.name.c_str(), table.has_geometry ? &wgs84 : nullptr,
                             geometry_type(table), options.List());
    if (layer != nullptr && format == ExportFormat::gpkg) {
        layer->SetMetadataItem("ATTRIBUTION", about.c_str());
    }
    return layer;
}

Result<std::uint64_t> write_rows(store::Connection& atlas, const Table& table,
                                 const ExportRequest& request, OGRLayer& layer,
                                 const std::filesystem::path& file) {
    ICMAP_ASSIGN(const auto columns, atlas.describe(table.query));
    ICMAP_ASSIGN(const std::vector<Field> fields,
                 make_fields(layer, columns, request.format, file));
    std::uint64_t rows = 0;
    Result<void> state;
    const auto write_row = [&](const store::Chunk& chunk, std::size_t row) -> Result<void> {
        const std::unique_ptr<OGRFeature> feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
        if (!fill_feature(*feature, fields, chunk, row)) {
            return tl::unexpected(geometry_error(table, rows, file));
        }
        if (layer.CreateFeature(feature.get()) != OGRERR_NONE) {
            return tl::unexpected(gdal_error(file, "Writing a row"));
        }
        ++rows;
        return {};
    };
    ICMAP_TRY(
        store::stream(atlas, plain_query(columns, table.query), [&](const store::Chunk& chunk) {
            state = state ? request.deadline.check() : state;
            for (std::size_t row = 0; row < chunk.size() && state; ++row) {
                state = write_row(chunk, row);
            }
        }));
    ICMAP_TRY(state);
    return rows;
}

/// Some drivers take no notice of a disk that is full: what they leave has no end, or lacks rows.
/// The others (GeoPackage, FlatGeobuf) tell.
bool is_complete(const std::filesystem::path& file, ExportFormat format, std::uint64_t rows) {
    std::ifstream stream(file, std::ios::binary);
    if (format == ExportFormat::geojson) {
        std::uint64_t features = 0;
        std::string last;
        for (std::string line; std::getline(stream, line); last = std::move(line)) {
            features += line.starts_with(R"({ "type": "Feature",)") ? 1U : 0U;
        }
        return features == rows && last == "}";
    }
    if (is_sheet(format)) {
        // \source APPNOTE.TXT, 4.3.16: a zip file ends with this record of 22 bytes.
        constexpr std::string_view kSignature = "PK\x05\x06";
        std::array<char, 22> end{};
        stream.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
        return stream.read(end.data(), end.size()) &&
               std::string_view(end.data(), kSignature.size()) == kSignature;
    }
    return true;
}

Error cut_short(const std::filesystem::path& file) {
    Error error;
    error.what = "The file could not be written to its end";
    error.file = file.string();
    error.remedy = "Check that the disk is not full";
    return error;
}

} // namespace

Result<std::uint64_t> write_with_gdal(store::Connection& atlas, const Table& table,
                                      const ExportRequest& request, const std::string& about,
                                      const std::filesystem::path& file) {
    const ExportFormat format = request.format;
    if (is_sheet(format)) {
        ICMAP_TRY(check_sheet(atlas, table, file));
    }
    register_drivers();
    CPLErrorReset();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name(format));
    if (driver == nullptr) {
        return internal_error(fmt::format("GDAL has no driver {}", driver_name(format)));
    }
    Dataset dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) {
        return tl::unexpected(gdal_error(file, "Creating the file"));
    }
    OGRLayer* layer = create_layer(dataset, table, format, about);
    if (layer == nullptr) {
        return tl::unexpected(gdal_error(file, "Creating the layer"));
    }
    // A file in one transaction: GeoPackage would otherwise commit each row.
    const bool in_transaction = dataset->TestCapability(ODsCTransactions) != 0 &&
                                dataset->StartTransaction() == OGRERR_NONE;
    ICMAP_ASSIGN(const std::uint64_t rows, write_rows(atlas, table, request, *layer, file));
    if (in_transaction && dataset->CommitTransaction() != OGRERR_NONE) {
        return tl::unexpected(gdal_error(file, "Writing the rows"));
    }
    if (is_sheet(format)) {
        ICMAP_TRY(write_about(dataset, about, file));
    }
    if (!dataset.close()) {
        return tl::unexpected(gdal_error(file, "Finishing the file"));
    }
    if (!is_complete(file, format, rows)) {
        return tl::unexpected(cut_short(file));
    }
    return rows;
}

} // namespace icmap::publish
