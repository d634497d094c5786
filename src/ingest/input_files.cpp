#include "ingest/input_files.hpp"

#include "base/nearest.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <glob.h>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

Error no_such_file(const Source& source, const fs::path& wanted) {
    Error error;
    error.file = source.project_file;
    error.line = source.project_line;
    error.what = fmt::format("There is no file {}", wanted.string());
    error.field = "path";
    std::vector<std::string> names;
    std::error_code ignored;
    const fs::path folder = wanted.has_parent_path() ? wanted.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    const auto nearest = nearest_word(wanted.filename().string(), names);
    if (fs::is_directory(wanted, ignored)) {
        error.what = fmt::format("{} is a folder, not a file", wanted.string());
        error.remedy = "Name the files in it, as in path = \"folder/*.csv\"";
    } else if (nearest) {
        error.remedy = fmt::format("The folder has \"{}\"", *nearest);
    } else if (!fs::exists(folder, ignored)) {
        error.remedy = fmt::format("Its folder {} does not exist; paths are relative to the folder "
                                   "of the project file",
                                   folder.string());
    } else {
        error.remedy = "Paths are relative to the folder of the project file";
    }
    return error;
}

} // namespace

Result<std::vector<fs::path>> find_files(const Source& source,
                                         const std::vector<std::string>& globs) {
    std::vector<fs::path> files;
    for (const std::string& pattern : globs) {
        const fs::path whole = (source.base / pattern).lexically_normal();
        std::error_code ignored;
        if (fs::is_regular_file(whole, ignored)) { // "points[1].csv" is a name before a pattern
            files.push_back(whole);
            continue;
        }
        glob_t found{};
        const int answer = ::glob(whole.c_str(), GLOB_ERR, nullptr, &found);
        std::vector<fs::path> matches;
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
            if (!fs::is_directory(found.gl_pathv[i])) {
                matches.emplace_back(found.gl_pathv[i]);
            }
        }
        ::globfree(&found);
        if (answer != 0 || matches.empty()) {
            return tl::unexpected(no_such_file(source, whole));
        }
        files.insert(files.end(), matches.begin(), matches.end());
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    return files;
}

std::string as_written(const Source& source, const fs::path& file) {
    const auto is_absolute = [](const std::string& glob) { return fs::path(glob).is_absolute(); };
    const bool is_relative =
        !std::all_of(source.path_globs.begin(), source.path_globs.end(), is_absolute);
    if (source.base.empty() || !is_relative) {
        return file.string();
    }
    const fs::path relative = file.lexically_relative(source.base.lexically_normal());
    return relative.empty() ? file.string() : relative.string();
}

std::vector<fs::path> with_companions(const fs::path& file) {
    std::vector<fs::path> all{file};
    if (file.extension() == ".shp") {
        for (const char* ending : {".cpg", ".dbf", ".prj", ".shx"}) {
            fs::path companion = file;
            companion.replace_extension(ending);
            std::error_code ignored;
            if (fs::exists(companion, ignored)) {
                all.push_back(companion);
            }
        }
    }
    return all;
}

Result<std::vector<fs::path>> input_files(const Source& source) {
    std::vector<fs::path> all;
    for (const auto* globs : {&source.path_globs, &source.participation_globs}) {
        ICMAP_ASSIGN(const auto files, find_files(source, *globs));
        for (const fs::path& file : files) {
            const auto with_its_own = with_companions(file);
            all.insert(all.end(), with_its_own.begin(), with_its_own.end());
        }
    }
    return all;
}

Result<void> hash_file(const fs::path& file, InputHash& hash) {
    for (const fs::path& each : with_companions(file)) {
        // The stored bytes: unpacking is for the reader.
        ICMAP_ASSIGN(ByteStream stream, ByteStream::open(each));
        stream.hash_into(hash.state());
        while (true) {
            ICMAP_ASSIGN(const auto bytes, stream.next());
            if (bytes.empty()) {
                break;
            }
        }
    }
    return {};
}

} // namespace icmap::ingest
