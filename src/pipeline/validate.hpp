#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "ingest/validate.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace icmap::pipeline {

/// All that is right and wrong with a project and what it names.
struct ProjectReport {
    ingest::ValidationReport sources;
    std::vector<Error> faults; ///< of what is no source: the taxonomies
    /// Nothing would stop a build: every source and taxonomy can be read.
    [[nodiscard]] bool is_sound() const { return faults.empty() && sources.is_sound(); }
    /// The whole report, as a terminal shows it.
    [[nodiscard]] std::string text() const;
};

/// Reads everything that a project names and builds nothing.
/// \param rejects CSV to write of everything that is wrong with a row; empty: none
/// \errors input: the project file is not right (all of its faults in one error), or `rejects`
///         cannot be written
[[nodiscard]] Result<ProjectReport> validate_project(const std::filesystem::path& project,
                                                     const std::filesystem::path& rejects,
                                                     Progress& progress);

} // namespace icmap::pipeline
