#include "serve/download.hpp"

#include "serve/finish.hpp"
#include "serve/turn.hpp"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <xxhash.h>

namespace icmap::serve {
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kDatabaseBytes = std::uint64_t{512} << 20U;

tl::unexpected<Problem> cannot_write(std::string cause) {
    return tl::unexpected(Problem{503,
                                  "The server could not write the file",
                                  {},
                                  {},
                                  "Try again later; if it stays so, tell whoever runs this server",
                                  std::move(cause)});
}

/// A folder of our own for one file and what is spilled on the way, removed with all in it.
class ScratchFolder {
  public:
    [[nodiscard]] static Checked<std::unique_ptr<ScratchFolder>> make() {
        std::error_code failure;
        const fs::path parent = fs::temp_directory_path(failure);
        std::string name = (parent / "icmap-download-XXXXXX").string();
        if (failure || ::mkdtemp(name.data()) == nullptr) {
            return cannot_write(
                fmt::format("no folder can be made for a download in {}: {}", parent.string(),
                            failure ? failure.message() : std::generic_category().message(errno)));
        }
        return std::unique_ptr<ScratchFolder>(new ScratchFolder(std::move(name)));
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

/// Interrupts a connection if it is not gone in time.
class Watch {
  public:
    Watch(store::Connection& connection, std::chrono::seconds limit)
        : watcher_([this, &connection, limit] {
              std::unique_lock lock(mutex_);
              if (!done_.wait_for(lock, limit, [this] { return is_done_; })) {
                  connection.interrupt();
              }
          }) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() {
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

/// A file that is sent, and its place among those that are.
struct HeldFile {
    Turn turn{downloads_held(), kMostDownloadsHeld};
    std::shared_ptr<const OpenFile> open;
};

/// The sessions of the server cannot write files, and never shall: a database of its own.
Result<void> write_file(const AtlasView& atlas, const publish::ExportRequest& request,
                        const fs::path& folder, const fs::path& file) {
    store::DatabaseOptions options;
    options.read_only = true;
    options.threads = 1;
    options.memory_limit_bytes = kDatabaseBytes;
    options.temp_directory = folder / "spilled";
    ICMAP_ASSIGN(auto database, store::Database::open(atlas.atlas_file->lasting_path(), options));
    ICMAP_ASSIGN(auto connection, database.connect());
    const Watch watch(connection, std::chrono::seconds(kDownloadSeconds));
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

std::atomic<int>& download_turns() {
    static std::atomic<int> running{0};
    return running;
}

std::atomic<int>& downloads_held() {
    static std::atomic<int> held{0};
    return held;
}

void add_file_headers(Response& response, const Catalogue& catalogue, std::string_view name) {
    response.headers.push_back(
        {"Content-Disposition", fmt::format("attachment; filename=\"{}{}\"",
                                            catalogue.is_example ? "example-data-" : "", name)});
    response.headers.push_back(
        {"Link", R"(</api/export/about.txt>; rel="license describedby"; type="text/plain")"});
}

Answer download(const Call& call, publish::ExportRequest request, std::string_view name) {
    const std::string key = call.atlas.version + call.request.target;
    const std::string tag = fmt::format("{:016x}", XXH3_64bits(key.data(), key.size()));
    // Weak: what GeoPackage and XLSX say of the time of writing differs.
    const Header entity{"ETag", fmt::format("W/\"{}\"", tag)};
    Response response;
    response.headers.push_back(entity);
    if (knows_tag(call.request.header("if-none-match"), tag)) {
        response.status = 304;
        return response;
    }
    const auto held = std::make_shared<HeldFile>();
    const Turn turn(download_turns(), kMostDownloadsAtOnce);
    if (!turn.is_taken() || !held->turn.is_taken()) {
        return tl::unexpected(Problem{503,
                                      "The server is writing and sending files for others",
                                      {},
                                      {},
                                      "Ask again in some seconds"});
    }
    request.deadline = Deadline(std::chrono::seconds(kDownloadSeconds));
    ICMAP_ASSIGN(const auto folder, ScratchFolder::make());
    const std::string file_name = fmt::format("{}.{}", name, extension_of(request.format));
    const fs::path file = folder->path() / file_name;
    const auto done = write_file(call.atlas, request, folder->path(), file);
    if (!call.atlas.is_file_as_opened()) {
        return tl::unexpected(Problem{503,
                                      "The atlas was written over while it is being served",
                                      {},
                                      {},
                                      "Tell whoever runs this server to start it anew",
                                      "the file of the atlas is not the one that was opened"});
    }
    if (!done) {
        Problem problem = to_problem(done.error());
        // Not a bug of ours: what export_layer calls input is a folder or a disk here.
        return problem.status == 500 && done.error().kind == ErrorKind::input
                   ? cannot_write(std::move(problem.cause))
                   : tl::unexpected(std::move(problem));
    }
    // The file is read on after its name is gone.
    ICMAP_SERVE_ASSIGN(held->open, OpenFile::open(file));
    response.headers.push_back({"Content-Type", media_type(request.format)});
    add_file_headers(response, call.catalogue(), file_name);
    response.file = FilePart{{held, held->open.get()}, 0, held->open->size()};
    return response;
}

} // namespace icmap::serve
