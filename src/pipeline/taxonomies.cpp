#include "pipeline/taxonomies.hpp"

#include "base/nearest.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iterator>
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
    error.line = project.sectors.taxonomies_line;
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

Result<classify::TaxonomyText> read_taxonomy(const Project& project, const std::string& name) {
    const std::vector<std::string> built_in = classify::built_in_taxonomies();
    if (std::find(built_in.begin(), built_in.end(), name) != built_in.end()) {
        return classify::built_in_taxonomy(name);
    }
    ICMAP_ASSIGN(auto text, read_text(project, name, built_in));
    return classify::TaxonomyText{(project.file.parent_path() / name).string(), std::move(text)};
}

/// What is wrong with a setting rather than with a taxonomy has its place in the project file.
Error placed(Error error, const Project& project) {
    if (error.file.empty() && error.field == "sectors.only") {
        error.file = project.file.string();
        error.line = project.sectors.only_line;
    }
    return error;
}

} // namespace

Result<classify::ClassifyOptions> read_taxonomies(const Project& project) {
    classify::ClassifyOptions options;
    options.only = project.sectors.only;
    for (const std::string& name : project.sectors.taxonomies) {
        ICMAP_ASSIGN(auto taxonomy, read_taxonomy(project, name));
        options.taxonomies.push_back(std::move(taxonomy));
    }
    if (auto checked = classify::check(options); !checked) {
        return tl::unexpected(placed(std::move(checked).error(), project));
    }
    return options;
}

std::vector<Error> taxonomy_faults(const Project& project) {
    std::vector<Error> all;
    classify::ClassifyOptions options;
    for (const std::string& name : project.sectors.taxonomies) {
        if (auto taxonomy = read_taxonomy(project, name)) {
            options.taxonomies.push_back(std::move(*taxonomy));
        } else {
            all.push_back(std::move(taxonomy).error());
        }
    }
    if (!options.taxonomies.empty()) {
        std::vector<Error> inside = classify::faults(options);
        all.insert(all.end(), std::make_move_iterator(inside.begin()),
                   std::make_move_iterator(inside.end()));
    }
    if (all.empty()) {
        if (auto together = read_taxonomies(project); !together) {
            all.push_back(std::move(together).error());
        }
    }
    return all;
}

} // namespace icmap::pipeline
