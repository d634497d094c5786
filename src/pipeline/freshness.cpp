#include "pipeline/freshness.hpp"

#include "pipeline/run_parameters.hpp"
#include "store/atlas_file.hpp"

#include <algorithm>
#include <glob.h>

namespace icmap::pipeline {
namespace fs = std::filesystem;

namespace {
void expand(const fs::path& base, const std::vector<std::string>& patterns,
            std::vector<fs::path>& files) {
    for (const std::string& pattern : patterns) {
        glob_t found{};
        if (::glob((base / pattern).c_str(), 0, nullptr, &found) == 0) {
            for (std::size_t i = 0; i < found.gl_pathc; ++i) {
                files.emplace_back(found.gl_pathv[i]);
            }
        }
        ::globfree(&found);
    }
}

bool is_older(const fs::path& atlas, const fs::path& file) {
    std::error_code failure;
    const auto atlas_time = fs::last_write_time(atlas, failure);
    const auto file_time = fs::last_write_time(file, failure);
    return failure || atlas_time < file_time;
}
} // namespace

std::vector<fs::path> source_files(const ingest::Source& source) {
    std::vector<fs::path> files;
    expand(source.base, source.path_globs, files);
    expand(source.base, source.participation_globs, files);
    return files;
}

bool is_current(const fs::path& atlas, const Project& project) {
    if (!fs::exists(atlas) || is_older(atlas, project.file) || is_older(atlas, "/proc/self/exe")) {
        return false;
    }
    std::vector<fs::path> files;
    for (const ingest::Source& source : project.sources) {
        const auto more = source_files(source);
        files.insert(files.end(), more.begin(), more.end());
    }
    for (const std::string& taxonomy : project.sectors.taxonomies) {
        if (const fs::path file = project.file.parent_path() / taxonomy; fs::exists(file)) {
            files.push_back(file);
        }
    }
    if (std::any_of(files.begin(), files.end(),
                    [&atlas](const fs::path& file) { return is_older(atlas, file); })) {
        return false;
    }
    auto database = store::open_atlas(atlas);
    if (!database) {
        return false;
    }
    auto connection = database->connect();
    const auto was = connection ? read_run(*connection) : tl::unexpected(connection.error());
    if (!was) {
        return false;
    }
    // What the run found out itself (the CRS that "auto" chose) is in the atlas only.
    const RunParameters now = run_parameters(project);
    return std::all_of(now.begin(), now.end(), [&was](const auto& parameter) {
        const auto found = was->find(parameter.first);
        return found != was->end() && found->second == parameter.second;
    });
}

} // namespace icmap::pipeline
