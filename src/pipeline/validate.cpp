#include "pipeline/validate.hpp"

#include "base/words.hpp"
#include "pipeline/project.hpp"
#include "pipeline/stages.hpp"
#include "pipeline/taxonomies.hpp"

#include <fmt/format.h>
#include <iterator>

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

Result<ProjectReport> validate_project(const std::filesystem::path& project,
                                       const std::filesystem::path& rejects, Progress& progress) {
    ICMAP_ASSIGN(InspectedProject inspected, inspect_project(project));
    const Project& checked = inspected.project;
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
    ICMAP_ASSIGN(report.sources,
                 ingest::validate(checked.sources, options,
                                  {std::filesystem::temp_directory_path(), checked.as_of, rejects},
                                  progress));
    return report;
}

} // namespace icmap::pipeline
