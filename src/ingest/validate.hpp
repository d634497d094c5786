#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "ingest/ingest.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace icmap::ingest {

/// A share that tells whether two sources fit each other.
struct MatchRate {
    std::string what; ///< "firms whose postcode is in the postcode directory"
    std::uint64_t matched = 0;
    std::uint64_t of = 0;
};

/// What is right and wrong with the sources of a project.
struct ValidationReport {
    std::vector<SourceReport> sources;
    std::vector<MatchRate> matches;
    /// Nothing would stop a build: every source could be read.
    [[nodiscard]] bool is_sound() const;
    /// The whole report, as a terminal shows it.
    [[nodiscard]] std::string text() const;
};

/// Reads every source and builds nothing; a source that cannot be read does not stop the others.
/// \param scratch folder for the temporary database; it is removed
/// \errors internal: the scratch database cannot be made
[[nodiscard]] Result<ValidationReport> validate(std::span<const Source> sources,
                                                const IngestOptions& options,
                                                const std::filesystem::path& scratch,
                                                Progress& progress);

} // namespace icmap::ingest
