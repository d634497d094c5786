#include "pipeline/freshness.hpp"

#include "ingest/input_files.hpp"
#include "pipeline/run_parameters.hpp"
#include "store/atlas_file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <sys/stat.h>
#include <tuple>
#include <vector>

namespace icmap::pipeline {
namespace fs = std::filesystem;

namespace {
timespec later(const timespec& a, const timespec& b) {
    return std::tie(a.tv_sec, a.tv_nsec) < std::tie(b.tv_sec, b.tv_nsec) ? b : a;
}
/// What is not as it was when an atlas was built.
struct Changes {
    std::vector<std::string> parameters; ///< in alphabetical order
    bool has_new_taxonomy = false;       ///< a file of sector definitions was written since
};

bool any_is_newer(const std::vector<fs::path>& files, const fs::path& atlas) {
    return std::any_of(files.begin(), files.end(),
                       [&atlas](const fs::path& file) { return is_newer(file, atlas); });
}

std::vector<fs::path> taxonomy_files(const Project& project) {
    std::vector<fs::path> files;
    for (const std::string& taxonomy : project.sectors.taxonomies) {
        if (const fs::path file = project.file.parent_path() / taxonomy; fs::exists(file)) {
            files.push_back(file);
        }
    }
    return files;
}

/// The settings that have another value than before, or one of the two has not. What the run found
/// out itself (the CRS that "auto" chose) is no setting.
std::vector<std::string> changed_parameters(const RunParameters& was, const RunParameters& now) {
    std::vector<std::string> changed;
    for (const auto& [parameter, value] : now) {
        const auto before = was.find(parameter);
        if (before == was.end() || before->second != value) {
            changed.push_back(parameter);
        }
    }
    for (const auto& [parameter, value] : was) {
        const bool is_found = parameter.starts_with("found.") || parameter.starts_with("crs");
        if (!is_found && !now.contains(parameter)) {
            changed.push_back(parameter);
        }
    }
    std::sort(changed.begin(), changed.end());
    return changed;
}

/// Nothing where all has to be built anew: no atlas that can be read, or one that is older than the
/// program or than a file that a source is read from.
std::optional<Changes> find_changes(const fs::path& atlas, const Project& project) {
    if (!fs::exists(atlas) || is_newer("/proc/self/exe", atlas)) {
        return std::nullopt;
    }
    for (const ingest::Source& source : project.sources) {
        const auto files = ingest::input_files(source);
        if (!files || any_is_newer(*files, atlas)) {
            return std::nullopt; // where a file is missing, the build tells which
        }
    }
    auto database = store::open_atlas(atlas);
    if (!database) {
        return std::nullopt;
    }
    auto connection = database->connect();
    const auto was = connection ? read_run(*connection) : tl::unexpected(connection.error());
    if (!was) {
        return std::nullopt;
    }
    return Changes{changed_parameters(*was, run_parameters(project)),
                   any_is_newer(taxonomy_files(project), atlas)};
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

bool decides_before(std::string_view parameter, Stage from) {
    // Of ingest the share of rejected rows that is taken: they are weighed when they are read.
    constexpr std::array<std::string_view, 6> kPrefixes{"ingest.",   "locate.",   "link.",
                                                        "evidence.", "currency.", "source."};
    const bool has_prefix =
        std::any_of(kPrefixes.begin(), kPrefixes.end(),
                    [&](std::string_view prefix) { return parameter.starts_with(prefix); });
    return has_prefix || parameter == "as_of" || parameter == "engine_version" ||
           parameter == "crs_setting" ||
           (from == Stage::cluster && parameter.starts_with("sectors."));
}

bool is_current(const fs::path& atlas, const Project& project) {
    if (is_newer(project.file, atlas)) {
        return false;
    }
    const auto changes = find_changes(atlas, project);
    return changes && changes->parameters.empty() && !changes->has_new_taxonomy;
}

Start find_start(const fs::path& atlas, const Project& project) {
    const auto changes = find_changes(atlas, project);
    if (!changes || (changes->parameters.empty() && !changes->has_new_taxonomy)) {
        return {};
    }
    Start start{changes->has_new_taxonomy ? Stage::classify : Stage::cluster, ""};
    for (const std::string& parameter : changes->parameters) {
        if (decides_before(parameter, Stage::classify)) {
            return {};
        }
        if (decides_before(parameter, Stage::cluster)) {
            start.from = Stage::classify;
        }
    }
    start.why = fmt::format(
        "Since {} was built only this changed: {}{}{}; this build starts at {} (--from ingest "
        "starts anew)",
        atlas.string(), fmt::join(changes->parameters, ", "),
        changes->has_new_taxonomy && !changes->parameters.empty() ? ", " : "",
        changes->has_new_taxonomy ? "a taxonomy" : "",
        start.from == Stage::cluster ? "cluster" : "classify");
    return start;
}

} // namespace icmap::pipeline
