#include "store/atlas_file.hpp"

#include "base/freed_memory.hpp"
#include "base/program_name.hpp"
#include "store/file_copy.hpp"
#include "store/schema.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace icmap::store {
namespace fs = std::filesystem;

namespace {

Error file_error(const fs::path& file, std::string what, std::string remedy) {
    Error error;
    error.what = std::move(what);
    error.file = file.string();
    error.remedy = std::move(remedy);
    return error;
}

/// An exclusive lock on a file, given back on destruction. The file goes with it: whoever waited
/// with it open finds that it has no name any more, and takes the one that has. A killed build
/// leaves it, unlocked.
class FileLock {
  public:
    static Result<FileLock> take(const fs::path& path, const fs::path& target) {
        while (true) {
            ICMAP_ASSIGN(FileLock lock, take_once(path, target));
            if (lock.is_named()) {
                return lock;
            }
            lock.path_.clear(); // not ours to remove
        }
    }
    FileLock(FileLock&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock() {
        if (descriptor_ >= 0) {
            if (!path_.empty()) {
                ::unlink(path_.c_str()); // while it is held
            }
            ::close(descriptor_);
        }
    }

  private:
    static Result<FileLock> take_once(const fs::path& path, const fs::path& target) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            return tl::unexpected(file_error(
                target, fmt::format("The atlas cannot be written here: {}", std::strerror(errno)),
                "Choose an existing folder that you may write to"));
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            return tl::unexpected(file_error(target, "Another build is writing this atlas",
                                             "Wait for it to end, or choose another output"));
        }
        return FileLock(descriptor, path);
    }
    FileLock(int descriptor, fs::path path) : descriptor_(descriptor), path_(std::move(path)) {}
    /// True if the locked file is the one that has the name.
    [[nodiscard]] bool is_named() const {
        struct stat held {};
        struct stat named {};
        return ::fstat(descriptor_, &held) == 0 && ::stat(path_.c_str(), &named) == 0 &&
               held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    }
    int descriptor_;
    fs::path path_;
};

/// What a build writes beside its target, and nothing else has: the growing atlas, DuckDB's log of
/// it, and the folder that DuckDB spills into.
fs::path growing_of(const fs::path& target) {
    return target.string() + ".building";
}
fs::path log_of(const fs::path& target) {
    return target.string() + ".building.wal";
}
fs::path spill_of(const fs::path& target) {
    return target.string() + ".building.spill";
}

/// Removes these three, where a build of `target` left them.
void remove_leftovers(const fs::path& target) {
    std::error_code ignored;
    fs::remove(growing_of(target), ignored);
    fs::remove(log_of(target), ignored);
    fs::remove_all(spill_of(target), ignored);
}

Result<void> flush_to_disk(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || ::fsync(descriptor) != 0) {
        const std::string reason = std::strerror(errno);
        if (descriptor >= 0) {
            ::close(descriptor);
        }
        return tl::unexpected(file_error(path, "The atlas could not be flushed: " + reason,
                                         "Free some space on the disk"));
    }
    ::close(descriptor);
    return {};
}

/// Now, by the clock that files are dated with.
timespec file_time() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now;
}

/// Dates a file. \errors input: the file's folder does not take it
Result<void> set_date(const fs::path& file, const timespec& date) {
    const std::array<timespec, 2> dates{date, date};
    if (::utimensat(AT_FDCWD, file.c_str(), dates.data(), 0) != 0) {
        return tl::unexpected(
            file_error(file, fmt::format("The atlas could not be dated: {}", std::strerror(errno)),
                       "Choose another folder"));
    }
    return {};
}

} // namespace

struct AtlasWriter::State {
    timespec begun = file_time();
    fs::path target;
    fs::path growing; ///< NAME.atlas.building
    std::optional<FileLock> lock;
    std::optional<Database> database;
    std::optional<Connection> connection;
    std::future<Result<void>> copying; ///< of the atlas that is rebuilt, until it is taken up

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (copying.valid()) {
            copying.wait();
        }
        connection.reset();
        database.reset();
        if (lock) {
            remove_leftovers(target);
        }
    }
};

AtlasWriter::AtlasWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtlasWriter::AtlasWriter(AtlasWriter&&) noexcept = default;
AtlasWriter& AtlasWriter::operator=(AtlasWriter&&) noexcept = default;
AtlasWriter::~AtlasWriter() = default;

Connection& AtlasWriter::connection() {
    return *state_->connection;
}

Result<Connection> AtlasWriter::connect() {
    ICMAP_ASSIGN(auto connection, state_->database->connect());
    ICMAP_TRY(connection.run("use atlas;"));
    return connection;
}

Result<AtlasWriter> AtlasWriter::open(const fs::path& target, const DatabaseOptions& options,
                                      const fs::path& from) {
    auto state = std::make_unique<State>();
    state->target = target;
    state->growing = growing_of(target);
    ICMAP_ASSIGN(auto lock, FileLock::take(fs::path(target.string() + ".lock"), target));
    state->lock.emplace(std::move(lock));
    remove_leftovers(target);
    if (!from.empty()) {
        if (!fs::exists(from)) {
            return tl::unexpected(
                file_error(from, "There is no such atlas", "Build without --from"));
        }
        state->copying = std::async(std::launch::async, copy_whole_file, from, state->growing);
        prepare_schema_check();
    }
    DatabaseOptions settings = options;
    if (settings.temp_directory.empty()) {
        settings.temp_directory = spill_of(target);
    }
    // Atlas and scratch are attached under fixed names, so that SQL steps do not depend on the name
    // of the file. The scratch database is in memory (and spills): packing records for a file that
    // is thrown away costs more than all else of writing them. A checkpoint a gigabyte of log is
    // enough for a file that nobody opens before the last one.
    ICMAP_ASSIGN(auto database, Database::open(":memory:", settings));
    state->database.emplace(std::move(database));
    ICMAP_ASSIGN(auto connection, state->database->connect());
    state->connection.emplace(std::move(connection));
    ICMAP_TRY(state->connection->run(
        fmt::format("attach {} as atlas{}; attach ':memory:' as staging; use atlas; "
                    "set checkpoint_threshold = '1GB';",
                    sql_literal(from.empty() ? state->growing.string() : from.string()),
                    from.empty() ? "" : " (read_only)")));
    if (!from.empty()) {
        ICMAP_TRY(check_schema(*state->connection, from));
    }
    return AtlasWriter(std::move(state));
}

Result<void> AtlasWriter::begin_writing() {
    if (!state_->copying.valid()) {
        return {};
    }
    ICMAP_TRY(state_->copying.get());
    return state_->connection->run(
        fmt::format("use memory; detach atlas; attach {} as atlas; use atlas;",
                    sql_literal(state_->growing.string())));
}

Result<void> AtlasWriter::commit() {
    ICMAP_TRY(begin_writing());
    ICMAP_TRY(
        state_->connection->run("use memory; detach staging; checkpoint atlas; detach atlas;"));
    // The file is whole: giving back the memory of the database need not be waited for.
    const auto closing = std::async(std::launch::async, [state = state_.get()] {
        state->connection.reset();
        state->database.reset();
        give_freed_memory_back();
    });
    // What changes while an atlas grows may not be in it: such a file is to count as newer.
    ICMAP_TRY(set_date(state_->growing, state_->begun));
    ICMAP_TRY(flush_to_disk(state_->growing));
    std::error_code failure;
    fs::rename(state_->growing, state_->target, failure);
    if (failure) {
        return tl::unexpected(
            file_error(state_->target, "The atlas could not be put in place: " + failure.message(),
                       "Check that the target may be replaced"));
    }
    return {};
}

Result<Database> open_atlas(const fs::path& path, int threads) {
    std::error_code failure;
    if (!fs::exists(path, failure)) {
        return tl::unexpected(file_error(path, "There is no such atlas",
                                         "Build one with: " + program_name() +
                                             " build PROJECT.toml -o " + path.string()));
    }
    DatabaseOptions options;
    options.read_only = true;
    options.threads = threads;
    // DuckDB takes some other files (CSV, Parquet) for databases of its own making.
    std::array<char, 12> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    if (std::string_view(head.data() + 8, 4) != "DUCK") {
        return tl::unexpected(
            file_error(path, "This file is not an icmap atlas",
                       "Build one with: " + program_name() + " build PROJECT.toml"));
    }
    prepare_schema_check();
    ICMAP_ASSIGN(auto database, Database::open(path, options));
    ICMAP_ASSIGN(auto connection, database.connect());
    if (!connection.integer("select count(*) from run")) {
        return tl::unexpected(
            file_error(path, "This DuckDB file is not an icmap atlas",
                       "Build one with: " + program_name() + " build PROJECT.toml"));
    }
    ICMAP_TRY(check_schema(connection, path));
    return database;
}

} // namespace icmap::store
