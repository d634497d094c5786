#include "pipeline/validate.hpp"

#include "pipeline/project.hpp"
#include "pipeline/stages.hpp"
#include "pipeline/taxonomies.hpp"

#include <fmt/format.h>

namespace icmap::pipeline {

std::string ProjectReport::text() const {
    std::string text = sources.text();
    for (const Error& fault : faults) {
        text += fmt::format("error        {}\n", fault.message());
    }
    return text;
}

Result<ProjectReport> validate_project(const std::filesystem::path& project,
                                       const std::filesystem::path& rejects, Progress& progress) {
    ICMAP_ASSIGN(const Project checked, read_project(project));
    ICMAP_ASSIGN(const auto projection, named_projection(checked));
    ingest::IngestOptions options = ingest_options(checked, projection);
    options.keep_going = true;
    ProjectReport report;
    if (auto taxonomies = read_taxonomies(checked); !taxonomies) {
        report.faults.push_back(std::move(taxonomies).error());
    }
    ICMAP_ASSIGN(report.sources,
                 ingest::validate(checked.sources, options,
                                  {std::filesystem::temp_directory_path(), checked.as_of, rejects},
                                  progress));
    return report;
}

} // namespace icmap::pipeline
