#include "pipeline/freshness.hpp"

#include "ingest/input_files.hpp"
#include "pipeline/run_parameters.hpp"
#include "store/atlas_file.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <tuple>
#include <vector>

namespace icmap::pipeline {
namespace fs = std::filesystem;

namespace {
timespec later(const timespec& a, const timespec& b) {
    return std::tie(a.tv_sec, a.tv_nsec) < std::tie(b.tv_sec, b.tv_nsec) ? b : a;
}
} // namespace

bool is_newer(const fs::path& file, const fs::path& atlas) {
    struct stat of_file {};
    struct stat of_atlas {};
    if (::stat(file.c_str(), &of_file) != 0 || ::stat(atlas.c_str(), &of_atlas) != 0) {
        return true;
    }
    // An old file moved here keeps the time of its bytes; that of its inode tells.
    const timespec changed = later(of_file.st_mtim, of_file.st_ctim);
    return std::tie(of_atlas.st_mtim.tv_sec, of_atlas.st_mtim.tv_nsec) <
           std::tie(changed.tv_sec, changed.tv_nsec);
}

bool is_current(const fs::path& atlas, const Project& project) {
    if (!fs::exists(atlas) || is_newer(project.file, atlas) || is_newer("/proc/self/exe", atlas)) {
        return false;
    }
    std::vector<fs::path> files;
    for (const ingest::Source& source : project.sources) {
        const auto more = ingest::input_files(source);
        if (!more) {
            return false; // the build tells what is missing
        }
        files.insert(files.end(), more->begin(), more->end());
    }
    for (const std::string& taxonomy : project.sectors.taxonomies) {
        if (const fs::path file = project.file.parent_path() / taxonomy; fs::exists(file)) {
            files.push_back(file);
        }
    }
    if (std::any_of(files.begin(), files.end(),
                    [&atlas](const fs::path& file) { return is_newer(file, atlas); })) {
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
