#include "publish/export.hpp"

#include "base/words.hpp"
#include "publish/table.hpp"

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

constexpr std::array<Named<ExportLayer>, 11> kLayers{
    {{"clusters", ExportLayer::clusters},
     {"firms", ExportLayer::firms},
     {"members", ExportLayer::members},
     {"institutions", ExportLayer::assets},
     {"assets", ExportLayer::assets},
     {"areas", ExportLayer::areas},
     {"sources", ExportLayer::sources},
     {"rejects", ExportLayer::rejects},
     {"sectors", ExportLayer::sectors},
     {"area_sectors", ExportLayer::area_sectors},
     {"mass_registration", ExportLayer::mass_registration}}};
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

/// Puts a file that has grown in the place of its name.
Result<void> put_in_place(const fs::path& growing, const fs::path& file) {
    std::error_code failure;
    fs::rename(growing, file, failure);
    return failure ? tl::unexpected(place_error(file, failure)) : Result<void>{};
}

/// Writes the about text of a file that has no place for it.
Result<void> write_about_file(const std::string& about, const fs::path& growing,
                              const fs::path& file) {
    std::ofstream stream(growing);
    stream << about;
    if (!stream.flush()) {
        return tl::unexpected(place_error(file, std::make_error_code(std::errc::io_error)));
    }
    return {};
}

/// Puts a file and the text that says whose data it holds in place, the text first: killed between
/// the two, what is left is a text without a file, never a file without its text.
Result<void> put_both_in_place(const fs::path& growing, const fs::path& growing_about,
                               const fs::path& file, const fs::path& about) {
    const bool was_there = fs::exists(about);
    ICMAP_TRY(put_in_place(growing_about, about));
    auto placed = put_in_place(growing, file);
    if (!placed && !was_there) {
        std::error_code ignored;
        fs::remove(about, ignored);
    }
    return placed;
}

/// Rows that FlatGeobuf cannot hold, told in the about text.
Result<std::uint64_t> count_unplaced(store::Connection& atlas, const Table& table,
                                     std::string& about) {
    ICMAP_ASSIGN(const auto count, atlas.integer("select count(*) from (" + table.query +
                                                 ") where geometry is null"));
    const auto unplaced = static_cast<std::uint64_t>(count);
    if (unplaced > 0) {
        about += fmt::format("Left out: {} without a position, which FlatGeobuf cannot hold; the "
                             "other formats have them.\n",
                             counted(unplaced, "row"));
    }
    return unplaced;
}

Result<std::uint64_t> write(store::Connection& atlas, const Table& table,
                            const ExportRequest& request, const std::string& about,
                            const fs::path& file) {
    switch (request.format) {
    case ExportFormat::csv:
        return store::write_csv_file(
            atlas, table.query, table.provenance ? table.provenance->ending() : store::CsvEnding(),
            request.deadline, file);
    case ExportFormat::parquet:
        return write_parquet(atlas, table, about, file);
    default:
        return write_with_gdal(atlas, table, request, about, file);
    }
}

} // namespace

std::string_view layer_name(ExportLayer layer) {
    return name_of(layer, kLayers);
}

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

Result<ExportReport> export_layer(store::Connection& atlas, const ExportRequest& request,
                                  const fs::path& file) {
    ICMAP_ASSIGN(const Table table, make_table(atlas, request));
    ICMAP_ASSIGN(std::string about, about_text(atlas));
    ExportReport report;
    if (request.format == ExportFormat::fgb) {
        ICMAP_ASSIGN(report.left_out, count_unplaced(atlas, table, about));
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
    auto rows = write(atlas, table, request, about, growing);
    if (!rows) {
        Error error = std::move(rows).error();
        error.file = file.string();
        return tl::unexpected(std::move(error));
    }
    report.rows = *rows - report.left_out;
    if (!needs_about_file(request.format)) {
        ICMAP_TRY(put_in_place(growing, file));
        return report;
    }
    report.about = file.string() + ".about.txt";
    const fs::path growing_about = folder.path() / "about.txt";
    ICMAP_TRY(write_about_file(about, growing_about, report.about));
    ICMAP_TRY(put_both_in_place(growing, growing_about, file, report.about));
    return report;
}

} // namespace icmap::publish
