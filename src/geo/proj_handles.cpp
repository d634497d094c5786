#include "geo/proj_handles.hpp"

#include "geo/proj_folders.hpp"

#include <algorithm>
#include <filesystem>
#include <new>
#include <string_view>
#include <system_error>

namespace icmap::geo {

namespace {

std::vector<std::string> find_folders() {
    std::vector<std::string> folders;
    std::error_code ignored; // no /proc: then only PROJ's own folders
    const std::filesystem::path program =
        std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const std::filesystem::path& folder :
         {program / "proj", (program / "../share/icmap/proj").lexically_normal()}) {
        if (!program.empty() && std::filesystem::is_directory(folder, ignored)) {
            folders.push_back(folder.string());
        }
    }
    std::string_view rest = proj_info().searchpath;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(':'), rest.size());
        folders.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return folders;
}

} // namespace

const std::vector<std::string>& proj_folders() {
    // Once: proj_info() writes to statics of its own and may not be called by two threads.
    static const std::vector<std::string> kFolders = find_folders();
    return kFolders;
}

namespace proj {

Context make_context(const std::string& grid_directory) {
    Context context(proj_context_create());
    if (context == nullptr) {
        throw std::bad_alloc();
    }
    proj_log_level(context.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context.get(), 0);
    std::vector<const char*> paths;
    if (!grid_directory.empty()) {
        paths.push_back(grid_directory.c_str());
    }
    for (const std::string& folder : proj_folders()) {
        paths.push_back(folder.c_str());
    }
    proj_context_set_search_paths(context.get(), static_cast<int>(paths.size()), paths.data());
    return context;
}

} // namespace proj

} // namespace icmap::geo
