#include "serve/download.hpp"

#include "serve/turn.hpp"

#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace icmap::serve {
namespace fs = std::filesystem;

namespace {

constexpr int kMostAtOnce = 2;
constexpr std::uint64_t kDatabaseBytes = std::uint64_t{512} << 20U;
std::atomic<int> running{0};

/// A folder of our own for one file and what is spilled on the way, removed with all in it.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::error_code failure;
        std::string name = (fs::temp_directory_path(failure) / "icmap-download-XXXXXX").string();
        path_ = ::mkdtemp(name.data()) == nullptr ? fs::path() : fs::path(name);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

/// Interrupts a connection if it is not gone in time.
class Deadline {
  public:
    Deadline(store::Connection& connection, std::chrono::seconds limit)
        : watcher_([this, &connection, limit] {
              std::unique_lock lock(mutex_);
              if (!done_.wait_for(lock, limit, [this] { return is_done_; })) {
                  connection.interrupt();
              }
          }) {}
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline() {
        {
            const std::lock_guard lock(mutex_);
            is_done_ = true;
        }
        done_.notify_all();
        watcher_.join();
    }

  private:
    std::mutex mutex_;
    std::condition_variable done_;
    bool is_done_ = false;
    std::thread watcher_;
};

std::string_view extension_of(publish::ExportFormat format) {
    switch (format) {
    case publish::ExportFormat::gpkg:
        return "gpkg";
    case publish::ExportFormat::geojson:
        return "geojson";
    case publish::ExportFormat::xlsx:
        return "xlsx";
    default:
        return "csv";
    }
}

std::string media_type(publish::ExportFormat format) {
    switch (format) {
    case publish::ExportFormat::gpkg:
        return "application/geopackage+sqlite3";
    case publish::ExportFormat::geojson:
        return "application/geo+json";
    case publish::ExportFormat::xlsx:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    default:
        return "text/csv; charset=utf-8";
    }
}

/// The sessions of the server cannot write files, and never shall: a database of its own.
Result<void> write_file(const AtlasView& atlas, const publish::ExportRequest& request,
                        const fs::path& folder, const fs::path& file) {
    store::DatabaseOptions options;
    options.read_only = true;
    options.threads = 1;
    options.memory_limit_bytes = kDatabaseBytes;
    options.temp_directory = folder / "spilled";
    ICMAP_ASSIGN(auto database, store::Database::open(atlas.atlas_file, options));
    ICMAP_ASSIGN(auto connection, database.connect());
    const Deadline deadline(connection, std::chrono::seconds(kDownloadSeconds));
    return publish::export_layer(connection, request, file).map([](const auto&) {});
}

} // namespace

Checked<publish::ExportFormat> download_format(const std::string& extension) {
    for (const auto format : {publish::ExportFormat::csv, publish::ExportFormat::geojson,
                              publish::ExportFormat::gpkg, publish::ExportFormat::xlsx}) {
        if (extension == extension_of(format)) {
            return format;
        }
    }
    return not_found("There is no export as " + extension, "Choose csv, geojson, gpkg or xlsx");
}

Answer download(const AtlasView& atlas, const publish::ExportRequest& request,
                std::string_view name) {
    const Turn turn(running, kMostAtOnce);
    if (!turn.is_taken()) {
        return tl::unexpected(Problem{
            503, "The server is writing files for others", {}, {}, "Ask again in some seconds"});
    }
    const ScratchFolder folder;
    const std::string file_name = fmt::format("{}.{}", name, extension_of(request.format));
    const fs::path file = folder.path() / file_name;
    if (const auto done = write_file(atlas, request, folder.path(), file); !done) {
        return tl::unexpected(to_problem(done.error()));
    }
    // The file is read on after its name is gone.
    ICMAP_SERVE_ASSIGN(auto open, OpenFile::open(file));
    Response response;
    response.headers = {
        {"Content-Type", media_type(request.format)},
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", file_name)}};
    const std::uint64_t size = open->size();
    response.file = FilePart{std::move(open), 0, size};
    return response;
}

} // namespace icmap::serve
