#include "publish/export.hpp"

#include "base/embedded.hpp"
#include "base/words.hpp"
#include "geo/geometry.hpp"
#include "publish/disclosure.hpp"
#include "publish/table.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <atomic>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

namespace icmap::publish {
namespace fs = std::filesystem;

namespace {

template <class Enum>
struct Named {
    std::string_view name;
    Enum value;
};

constexpr std::array<Named<ExportLayer>, 8> kLayers{{{"clusters", ExportLayer::clusters},
                                                     {"firms", ExportLayer::firms},
                                                     {"members", ExportLayer::members},
                                                     {"assets", ExportLayer::assets},
                                                     {"institutions", ExportLayer::assets},
                                                     {"areas", ExportLayer::areas},
                                                     {"rejects", ExportLayer::rejects},
                                                     {"sectors", ExportLayer::sectors}}};
constexpr std::array<Named<ExportFormat>, 7> kFormats{{{"gpkg", ExportFormat::gpkg},
                                                       {"geojson", ExportFormat::geojson},
                                                       {"fgb", ExportFormat::fgb},
                                                       {"parquet", ExportFormat::parquet},
                                                       {"csv", ExportFormat::csv},
                                                       {"xlsx", ExportFormat::xlsx},
                                                       {"ods", ExportFormat::ods}}};
constexpr std::array<Named<ExportSchema>, 2> kSchemas{
    {{"icmap", ExportSchema::icmap}, {"dsit-v2", ExportSchema::dsit_v2}}};

template <class Enum, std::size_t N>
Result<Enum> parse(std::string_view what, std::string_view name,
                   const std::array<Named<Enum>, N>& table) {
    std::string known;
    for (const Named<Enum>& entry : table) {
        if (entry.name == name) {
            return entry.value;
        }
        known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
    }
    return usage_error(fmt::format("There is no {} \"{}\"", what, name), "Use one of: " + known);
}

template <class Enum, std::size_t N>
std::string_view name_of(Enum value, const std::array<Named<Enum>, N>& table) {
    for (const Named<Enum>& entry : table) {
        if (entry.value == value) {
            return entry.name;
        }
    }
    return "";
}

/// The query that gives the ids and positions of a layer of points; empty for a layer of polygons.
std::string_view points_query(ExportLayer layer) {
    switch (layer) {
    case ExportLayer::firms:
    case ExportLayer::members:
        return "select site_id, lon_deg, lat_deg from site where lon_deg is not null";
    case ExportLayer::assets:
        return "select asset_id, lon_deg, lat_deg from asset where lon_deg is not null";
    case ExportLayer::clusters:
    case ExportLayer::areas:
    case ExportLayer::rejects:
    case ExportLayer::sectors:
        break;
    }
    return "";
}

Result<void> choose_clusters(store::Connection& atlas, const ExportRequest& request) {
    if (!request.cluster_ids) {
        return atlas.run(
            "create or replace temp table export_cluster as select cluster_id from cluster");
    }
    std::string list;
    for (const std::uint32_t id : *request.cluster_ids) {
        list += fmt::format("{}{}", list.empty() ? "" : ", ", id);
    }
    return atlas.run(fmt::format("create or replace temp table export_cluster as select "
                                 "unnest([{}]::uinteger[]) as cluster_id",
                                 list));
}

/// The sites at which firms are written out, and whether firms elsewhere are written at all.
Result<void> choose_sites(store::Connection& atlas, const ExportRequest& request) {
    ICMAP_TRY(atlas.set_variable("export_every_firm", !request.site_ids));
    if (!request.site_ids) {
        return atlas.run("create or replace temp view export_site as select site_id from site");
    }
    ICMAP_TRY(atlas.run("create or replace temp table export_site (site_id uinteger)"));
    const std::array<store::Column, 1> column{
        store::Column{std::span<const std::uint32_t>(*request.site_ids)}};
    return store::append_columns(atlas, "temp.main", "export_site", column);
}

/// One column per figure (and its interval, where it has one), in the order of their names, and the
/// names of those withheld.
Result<void> pivot_figures(store::Connection& atlas) {
    std::string columns;
    ICMAP_TRY(atlas.read("select measure, bool_or(low is not null) from cluster_measure "
                         "group by measure order by measure",
                         [&columns](const store::Chunk& chunk) {
                             for (std::size_t row = 0; row < chunk.size(); ++row) {
                                 const std::string name(chunk.text(0, row));
                                 const auto figure = [&](const char* part, const std::string& as) {
                                     columns += fmt::format(", max({}) filter (measure = {}) as {}",
                                                            part, store::sql_literal(name),
                                                            store::identifier(as));
                                 };
                                 figure("value", name);
                                 if (chunk.column<bool>(1)[row]) {
                                     figure("low", name + "_low");
                                     figure("high", name + "_high");
                                 }
                             }
                         }));
    columns += ", string_agg(measure, '; ' order by measure) filter (suppressed) as suppressed";
    return atlas.run(fmt::format("create or replace temp table export_figures as "
                                 "select cluster_id{} from cluster_measure group by cluster_id",
                                 columns));
}

/// Layers that tell of single firms.
bool tells_of_firms(ExportLayer layer) {
    return layer == ExportLayer::firms || layer == ExportLayer::members ||
           layer == ExportLayer::rejects;
}

/// The shares as numbers again: a share is a text only to hold the "c" of a withheld one.
std::string numbers_for_shares(std::string_view query) {
    std::string replaced;
    for (const std::string_view column :
         {"Percentage_Innovation_Active", "Percentage_IUK_or_UKRI_Engagement",
          "Percentage_of_sector_business_locations_in_clusters",
          "Percentage_of_business_locations_in_sector"}) {
        replaced +=
            fmt::format("{0}\"{1}\"::double as \"{1}\"", replaced.empty() ? "" : ", ", column);
    }
    return fmt::format("select * replace ({}) from ({})", replaced, query);
}

Result<Table> make_table(store::Connection& atlas, const ExportRequest& request) {
    Table table;
    ICMAP_ASSIGN(const bool is_official, apply_disclosure(atlas));
    if (is_official && tells_of_firms(request.layer)) {
        return usage_error(fmt::format("The layer {} tells of single firms, which are withheld: "
                                       "this atlas was built for official disclosure",
                                       name_of(request.layer, kLayers)),
                           "Export clusters, areas or assets, or build the atlas with disclosure = "
                           "\"open\"");
    }
    ICMAP_TRY(choose_clusters(atlas, request));
    std::string path;
    if (request.schema == ExportSchema::dsit_v2) {
        if (request.layer != ExportLayer::clusters) {
            return usage_error("The schema dsit-v2 is one of clusters",
                               "Use --layer clusters, or leave --schema out");
        }
        ICMAP_TRY(make_cluster_wkt(atlas));
        path = "publish/dsit_v2.sql";
        table.name = "Innovation_clusters";
    } else {
        table.name = name_of(request.layer, kLayers);
        path = fmt::format("publish/{}.sql", table.name);
        table.has_geometry =
            request.layer != ExportLayer::rejects && request.layer != ExportLayer::sectors;
        if (!table.has_geometry && request.format == ExportFormat::fgb) {
            return usage_error(fmt::format("FlatGeobuf holds places, and {} have none", table.name),
                               "Write them as csv, xlsx, ods, parquet or gpkg");
        }
        if (request.layer == ExportLayer::clusters) {
            ICMAP_TRY(pivot_figures(atlas));
        }
        if (request.layer == ExportLayer::firms) {
            ICMAP_TRY(choose_sites(atlas, request));
        }
        if (const auto points = points_query(request.layer); !points.empty()) {
            ICMAP_TRY(make_points(atlas, points));
        }
    }
    const auto query = base::find_text(sql::texts(), path);
    if (!query) {
        return internal_error(fmt::format("there is no query {}", path));
    }
    table.query = request.schema == ExportSchema::dsit_v2 && !is_official
                      ? numbers_for_shares(*query)
                      : std::string(*query);
    const bool is_sheet =
        request.format == ExportFormat::xlsx || request.format == ExportFormat::ods;
    if (table.has_geometry && is_sheet) {
        table.query = fmt::format("select * exclude (geometry) from ({})", table.query);
        table.has_geometry = false;
    }
    return table;
}

/// True if the format has no place for the text that says whose data it holds.
bool needs_about_file(ExportFormat format) {
    return format == ExportFormat::csv || format == ExportFormat::fgb;
}

Error place_error(const fs::path& file, const std::error_code& failure) {
    Error error;
    error.what = "The file cannot be put in place: " + failure.message();
    error.file = file.string();
    error.remedy = "Choose an existing folder that you may write to";
    return error;
}

/// A folder beside the target in which the file grows; removed with what is left in it. Its name
/// holds nothing of the target's: GDAL takes the first ".xlsx" of a path for the archive.
class GrowingFolder {
  public:
    explicit GrowingFolder(const fs::path& target) {
        static std::atomic<unsigned> count = 0;
        path_ = (target.has_parent_path() ? target.parent_path() : fs::path(".")) /
                fmt::format(".icmap-export-{}-{}", ::getpid(), ++count);
    }
    GrowingFolder(const GrowingFolder&) = delete;
    GrowingFolder& operator=(const GrowingFolder&) = delete;
    ~GrowingFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

} // namespace

Result<ExportLayer> parse_layer(std::string_view name) {
    return parse("layer", name, kLayers);
}
Result<ExportFormat> parse_format(std::string_view name) {
    return parse("format", name, kFormats);
}
Result<ExportSchema> parse_schema(std::string_view name) {
    return parse("schema", name, kSchemas);
}

Result<ExportFormat> format_of(const fs::path& file) {
    std::string extension = file.extension().string();
    if (!extension.empty()) {
        extension.erase(0, 1);
    }
    if (extension == "json") {
        extension = "geojson";
    }
    return parse_format(extension);
}

Result<void> make_points(store::Connection& atlas, std::string_view query) {
    std::vector<std::uint32_t> ids;
    std::vector<std::string> points;
    ICMAP_TRY(atlas.read(query, [&](const store::Chunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            ids.push_back(chunk.column<std::uint32_t>(0)[row]);
            points.push_back(
                geo::Geometry::point({chunk.column<double>(1)[row], chunk.column<double>(2)[row]})
                    .wkb());
        }
    }));
    ICMAP_TRY(atlas.run("create or replace temp table export_point (id uinteger, geometry blob)"));
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::uint32_t>(ids)},
        store::Column{.values = std::span<const std::string>(points), .is_blob = true}};
    return store::append_columns(atlas, "temp.main", "export_point", columns);
}

Result<void> make_cluster_wkt(store::Connection& atlas) {
    std::vector<std::uint32_t> ids;
    std::vector<std::string> texts;
    std::string trouble;
    ICMAP_TRY(atlas.read("select cluster_id, geometry from cluster order by cluster_id",
                         [&](const store::Chunk& chunk) {
                             for (std::size_t row = 0; row < chunk.size(); ++row) {
                                 const auto geometry = geo::Geometry::from_wkb(chunk.text(1, row));
                                 if (!geometry) {
                                     trouble = geometry.error().what;
                                     continue;
                                 }
                                 ids.push_back(chunk.column<std::uint32_t>(0)[row]);
                                 texts.push_back(geometry->wkt(6));
                             }
                         }));
    if (!trouble.empty()) {
        return internal_error("an outline of the atlas cannot be read: " + trouble);
    }
    ICMAP_TRY(
        atlas.run("create or replace temp table export_wkt (cluster_id uinteger, wkt varchar)"));
    const std::array<store::Column, 2> columns{store::Column{std::span<const std::uint32_t>(ids)},
                                               store::Column{std::span<const std::string>(texts)}};
    return store::append_columns(atlas, "temp.main", "export_wkt", columns);
}

Result<ExportReport> export_layer(store::Connection& atlas, const ExportRequest& request,
                                  const fs::path& file) {
    ICMAP_ASSIGN(const Table table, make_table(atlas, request));
    ICMAP_ASSIGN(std::string about, about_text(atlas));
    ExportReport report;
    if (request.format == ExportFormat::fgb) {
        ICMAP_ASSIGN(const auto unplaced, atlas.integer("select count(*) from (" + table.query +
                                                        ") where geometry is null"));
        report.left_out = static_cast<std::uint64_t>(unplaced);
        if (unplaced > 0) {
            about += fmt::format("Left out: {} without a position, which FlatGeobuf cannot "
                                 "hold; the other formats have them.\n",
                                 counted(report.left_out, "row"));
        }
    }
    const GrowingFolder folder(file);
    std::error_code failure;
    fs::create_directory(folder.path(), failure);
    if (failure) {
        return tl::unexpected(place_error(file, failure));
    }
    // Drivers go by the extension, whatever the user calls the file.
    const fs::path growing =
        folder.path() / fmt::format("{}.{}", table.name, name_of(request.format, kFormats));
    const bool by_duckdb =
        request.format == ExportFormat::csv || request.format == ExportFormat::parquet;
    auto rows = by_duckdb ? write_with_duckdb(atlas, table, request.format, about, growing)
                          : write_with_gdal(atlas, table, request.format, about, growing);
    if (!rows) {
        Error error = std::move(rows).error();
        error.file = file.string();
        return tl::unexpected(std::move(error));
    }
    report.rows = *rows - report.left_out;
    fs::rename(growing, file, failure);
    if (failure) {
        return tl::unexpected(place_error(file, failure));
    }
    if (needs_about_file(request.format)) {
        report.about = file.string() + ".about.txt";
        std::ofstream stream(report.about);
        stream << about;
        if (!stream.flush()) {
            return tl::unexpected(
                place_error(report.about, std::make_error_code(std::errc::io_error)));
        }
    }
    return report;
}

} // namespace icmap::publish
