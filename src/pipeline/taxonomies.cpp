#include "pipeline/taxonomies.hpp"

#include "base/nearest.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <sstream>

namespace icmap::pipeline {
namespace {

Result<std::string> read_text(const Project& project, const std::string& name,
                              const std::vector<std::string>& built_in) {
    const std::filesystem::path file = project.file.parent_path() / name;
    std::error_code ignored;
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (stream && std::filesystem::is_regular_file(file, ignored)) {
        return text.str();
    }
    Error error;
    error.file = project.file.string();
    error.what = "There is no such taxonomy, or its file cannot be read";
    error.field = "sectors.taxonomies";
    error.value = name;
    const auto nearest = nearest_word(name, built_in);
    error.remedy = fmt::format("{}Name one that is built in ({}), or a TOML or CSV file relative "
                               "to the folder of the project file",
                               nearest ? fmt::format("Did you mean \"{}\"? ", *nearest) : "",
                               fmt::join(built_in, ", "));
    return tl::unexpected(std::move(error));
}

} // namespace

Result<classify::ClassifyOptions> read_taxonomies(const Project& project) {
    classify::ClassifyOptions options;
    options.only = project.sectors.only;
    const std::vector<std::string> built_in = classify::built_in_taxonomies();
    for (const std::string& name : project.sectors.taxonomies) {
        if (std::find(built_in.begin(), built_in.end(), name) != built_in.end()) {
            ICMAP_ASSIGN(auto taxonomy, classify::built_in_taxonomy(name));
            options.taxonomies.push_back(std::move(taxonomy));
            continue;
        }
        ICMAP_ASSIGN(auto text, read_text(project, name, built_in));
        options.taxonomies.push_back(
            {(project.file.parent_path() / name).string(), std::move(text)});
    }
    ICMAP_TRY(classify::check(options));
    return options;
}

} // namespace icmap::pipeline
