#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "ingest/ingest.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <functional>
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

/// Something that is likely to be wrong, though no single row shows it.
struct Finding {
    std::string what; ///< one sentence, with its number of rows
    std::vector<std::string> examples;
};

struct ValidateOptions {
    std::filesystem::path scratch; ///< folder for the temporary database; it is removed
    std::string as_of;             ///< ISO date; later dates are findings; empty: not looked at
    std::filesystem::path rejects; ///< CSV of everything wrong with a row; empty: none is written
    /// Puts the records on the map, as a build would, and tells what is wrong with the whole;
    /// empty: what only locating finds is not told. Called when every source could be read.
    std::function<Result<std::vector<Finding>>(store::Connection&)> locate = {};
};

/// What is right and wrong with the sources of a project.
struct ValidationReport {
    std::vector<SourceReport> sources;
    std::vector<MatchRate> matches;
    std::vector<Finding> findings;
    /// Nothing would stop a build: every source could be read.
    [[nodiscard]] bool is_sound() const;
    [[nodiscard]] std::uint64_t rows_rejected() const;
    /// Values blanked or mended, and findings.
    [[nodiscard]] std::uint64_t warnings() const;
    /// The whole report, as a terminal shows it.
    [[nodiscard]] std::string text() const;
};

/// Reads every source and builds nothing; a source that cannot be read does not stop the others.
/// \errors internal: the scratch database cannot be made; input: `rejects` cannot be written
[[nodiscard]] Result<ValidationReport> validate(std::span<const Source> sources,
                                                const IngestOptions& options,
                                                const ValidateOptions& asked, Progress& progress);

} // namespace icmap::ingest
