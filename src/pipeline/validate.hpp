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
    std::vector<Error> faults;        ///< of what is no source: settings, the CRS, taxonomies
    std::size_t sources_left_out = 0; ///< not read, for what is wrong with their settings
    /// Nothing would stop a build: every source and taxonomy can be read.
    [[nodiscard]] bool is_sound() const { return faults.empty() && sources.is_sound(); }
    /// The whole report, as a terminal shows it.
    [[nodiscard]] std::string text() const;
};

/// Reads everything that a project names and builds nothing. No fault hides another: what is wrong
/// with a setting is told and its default taken, and the sources are read all the same.
/// \param rejects CSV to write of everything that is wrong with a row; empty: none
/// \errors input: there is no such project file, it is not TOML, or `rejects` cannot be written
[[nodiscard]] Result<ProjectReport> validate_project(const std::filesystem::path& project,
                                                     const std::filesystem::path& rejects,
                                                     Progress& progress);

} // namespace icmap::pipeline
