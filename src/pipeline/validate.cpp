#include "pipeline/validate.hpp"

#include "base/same_file.hpp"
#include "base/words.hpp"
#include "locate/locate.hpp"
#include "pipeline/project.hpp"
#include "pipeline/sanity.hpp"
#include "pipeline/stages.hpp"
#include "pipeline/taxonomies.hpp"

#include <fmt/format.h>
#include <iterator>
#include <optional>

namespace icmap::pipeline {

std::string ProjectReport::text() const {
    std::string text = sources.text();
    if (sources_left_out > 0) {
        text += fmt::format("{} not read: too much is wrong with its settings.\n",
                            counted(sources_left_out, "further source"));
    }
    for (const Error& fault : faults) {
        text += fmt::format("error        {}\n", fault.message());
    }
    return text;
}

namespace {
/// Puts the records on the map and tells what is wrong with the whole.
Result<std::vector<ingest::Finding>> located(store::Connection& connection, const Project& project,
                                             const std::optional<geo::Projection>& named,
                                             Progress& progress) {
    ICMAP_TRY(connection.run(
        fmt::format("set variable as_of = date {}", store::sql_literal(project.as_of))));
    std::optional<geo::Projection> found;
    if (!named) {
        ICMAP_ASSIGN(auto projection, found_projection(connection));
        found.emplace(std::move(projection));
    }
    ICMAP_TRY(
        locate::locate(connection, locate_options(project), named ? *named : *found, progress));
    std::vector<ingest::Finding> findings;
    ICMAP_ASSIGN(const auto alarms, location_alarms(connection));
    for (const std::string& alarm : alarms) {
        findings.push_back({alarm, {}});
    }
    ICMAP_ASSIGN(const double across_m, sites_across_m(connection));
    auto radius = check_radius(across_m, project);
    if (!radius) {
        findings.push_back({radius.error().message(), {}});
    } else if (!radius->empty()) {
        findings.push_back({*radius, {}});
    }
    return findings;
}
} // namespace

Result<ProjectReport> validate_project(const std::filesystem::path& project,
                                       const std::filesystem::path& rejects, Progress& progress) {
    ICMAP_ASSIGN(InspectedProject inspected, inspect_project(project));
    const Project& checked = inspected.project;
    ICMAP_TRY(refuse_overwriting(rejects, files_read(checked)));
    ProjectReport report;
    report.faults = std::move(inspected.faults);
    report.sources_left_out = inspected.sources_left_out;
    auto projection = named_projection(checked);
    if (!projection) {
        report.faults.push_back(std::move(projection).error());
        projection = std::nullopt; // positions may then lie anywhere
    }
    std::vector<Error> taxonomies = taxonomy_faults(checked);
    report.faults.insert(report.faults.end(), std::make_move_iterator(taxonomies.begin()),
                         std::make_move_iterator(taxonomies.end()));
    ingest::IngestOptions options = ingest_options(checked, *projection);
    options.keep_going = true;
    ingest::ValidateOptions asked;
    asked.scratch = std::filesystem::temp_directory_path();
    asked.as_of = checked.as_of;
    asked.rejects = rejects;
    if (report.faults.empty()) {
        asked.locate = [&](store::Connection& connection) {
            return located(connection, checked, *projection, progress);
        };
    }
    ICMAP_ASSIGN(report.sources, ingest::validate(checked.sources, options, asked, progress));
    return report;
}

} // namespace icmap::pipeline
