#include "pipeline/run_parameters.hpp"

#include "ingest/input_files.hpp"
#include "pipeline/build.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <fmt/format.h>
#include <span>
#include <vector>

namespace icmap::pipeline {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
    }
    return text.empty() ? "all" : text;
}

/// One source with everything that decides what is read of it; files by name and size.
std::string told(const ingest::Source& source) {
    std::string text = fmt::format("{} {}", source.kind, source.format);
    // Of files that are missing the build tells more than this text could.
    for (const std::filesystem::path& file :
         ingest::input_files(source).value_or(std::vector<std::filesystem::path>())) {
        std::error_code ignored;
        text += fmt::format("; {} ({} bytes)", file.filename().string(),
                            std::filesystem::file_size(file, ignored));
    }
    for (const auto& [column, expression] : source.columns) {
        text += fmt::format("; {} = {}", column, expression);
    }
    const ingest::ReaderOptions& reader = source.reader;
    for (const std::string& glob : source.path_globs) {
        text += fmt::format("; path = {}", glob);
    }
    for (const std::string& glob : source.participation_globs) {
        text += fmt::format("; participations = {}", glob);
    }
    for (const auto& [name, value] :
         {std::pair<const char*, const std::string&>{"one_per", source.one_per},
          {"licence", source.licence},
          {"title", source.title},
          {"attribution", source.attribution},
          {"url", source.url},
          {"dated", source.dated},
          {"where", source.where},
          {"delimiter", reader.delimiter},
          {"quote", reader.quote},
          {"encoding", reader.encoding},
          {"layer", reader.layer},
          {"rows", reader.rows},
          {"crs", reader.crs}}) {
        if (!value.empty()) {
            text += fmt::format("; {} = {}", name, value);
        }
    }
    if (reader.skip_lines > 0) {
        text += fmt::format("; skip_lines = {}", reader.skip_lines);
    }
    return text;
}

std::string_view name_of(ClusterMethod method) {
    switch (method) {
    case ClusterMethod::dbscan:
        return "dbscan";
    case ClusterMethod::hdbscan:
        return "hdbscan";
    case ClusterMethod::relative:
        return "relative";
    }
    return "";
}

} // namespace

RunParameters run_parameters(const Project& project) {
    RunParameters run;
    run["engine_version"] = engine_version();
    run["project_name"] = project.name;
    run["is_example"] = project.is_example ? "true" : "false";
    run["crs_setting"] = project.crs;
    run["as_of"] = project.as_of;
    run["disclosure"] = project.disclosure == Disclosure::official ? "official" : "open";
    run["seed"] = std::to_string(project.seed);
    run["ingest.max_reject_share"] = fmt::format("{}", project.ingest.max_reject_share);
    for (const auto& [currency, pounds] : project.gbp_per) {
        run["currency." + currency] = fmt::format("{}", pounds);
    }
    for (std::size_t i = 0; i < project.sources.size(); ++i) {
        run[fmt::format("source.{}", i + 1)] = told(project.sources[i]);
    }
    run["locate.mass_registration_firms"] = std::to_string(project.locate.mass_registration_firms);
    run["locate.formation_agent_firms"] = std::to_string(project.locate.formation_agent_firms);
    run["locate.formation_agent_young_share"] =
        fmt::format("{}", project.locate.formation_agent_young_share);
    run["locate.keep_mass_registration"] = project.locate.keep_mass_registration ? "true" : "false";
    run["link.fuzzy"] = project.link.fuzzy ? "true" : "false";
    run["link.accept_score"] = fmt::format("{}", project.link.accept_score);
    run["link.candidate_score"] = fmt::format("{}", project.link.candidate_score);
    run["evidence.window_years"] = std::to_string(project.evidence.window_years);
    run["sectors.taxonomies"] = joined(project.sectors.taxonomies);
    run["sectors.only"] = joined(project.sectors.only);
    run["cluster.method"] = name_of(project.cluster.method);
    run["cluster.eps_m"] =
        project.cluster.eps_m ? fmt::format("{}", *project.cluster.eps_m) : "auto";
    run["cluster.min_points"] = std::to_string(project.cluster.min_points);
    run["cluster.min_enterprises"] = std::to_string(project.cluster.min_enterprises);
    run["cluster.max_extent_km"] = fmt::format("{}", project.cluster.max_extent_km);
    run["outline.grid_m"] = fmt::format("{}", project.outline.grid_m);
    run["outline.buffer_m"] = fmt::format("{}", project.outline.buffer_m);
    run["outline.concavity"] = fmt::format("{}", project.outline.concavity);
    run["outline.simplify_m"] = fmt::format("{}", project.outline.simplify_m);
    return run;
}

Result<void> write_run(store::Connection& connection, const RunParameters& parameters) {
    ICMAP_TRY(connection.run("delete from run"));
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const auto& [parameter, value] : parameters) {
        names.push_back(parameter);
        values.push_back(value);
    }
    return store::append_columns(
        connection, "main", "run",
        std::array<store::Column, 2>{store::Column{std::span<const std::string>(names)},
                                     store::Column{std::span<const std::string>(values)}});
}

Result<RunParameters> read_run(store::Connection& connection) {
    RunParameters run;
    ICMAP_TRY(
        connection.read("select parameter, value from run", [&run](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                run[std::string(chunk.text(0, row))] = chunk.text(1, row);
            }
        }));
    return run;
}

} // namespace icmap::pipeline
