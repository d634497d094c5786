#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "pipeline/sanity.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::pipeline {

/// Where a build starts. A later stage takes what the earlier ones wrote from the atlas that is
/// there.
enum class Stage : std::uint8_t { ingest, classify, cluster };

struct BuildOptions {
    std::filesystem::path project; ///< the project file
    std::filesystem::path output;  ///< the atlas; replaced only when the new one is whole
    /// Nothing: at the latest stage whose settings alone changed since the atlas was built, at
    /// ingest where more did, or nothing did.
    std::optional<Stage> from;
    bool strict = false;          ///< any rejected row stops the build: max_reject_share = 0
    bool only_if_changed = false; ///< do nothing when the atlas is newer than all it is made of
    int threads = 0;              ///< 0 = all
    std::uint64_t memory_limit_bytes = 4'000'000'000; ///< of the database; more is spilled to disk
};

struct BuildReport {
    bool was_current = false; ///< nothing had changed, nothing was done
    std::vector<StageReport> stages;
    std::uint64_t rows_read = 0;
    std::uint64_t rows_kept = 0;
    std::uint64_t rows_rejected = 0;
    std::uint64_t records = 0;       ///< fewer than rows_kept where rows of a source are merged
    std::vector<FaultKind> errors;   ///< why rows were rejected
    std::vector<FaultKind> warnings; ///< values blanked or mended, and what locating found
    std::vector<std::string> alarms; ///< what is likely to be wrong with the whole, a sentence each
    std::uint64_t clusters = 0;
    double seconds = 0.0;
    std::uint64_t peak_bytes = 0; ///< largest resident size of the process
};

/// "ingest", "classify", "cluster". \errors usage: no such stage, or one that cannot be started at
[[nodiscard]] Result<Stage> parse_stage(std::string_view name);

/// From registers to an atlas: the whole story.
/// \errors input: anything wrong with the project or its files; the old atlas stays as it was
[[nodiscard]] Result<BuildReport> build(const BuildOptions& options, Progress& progress);

/// The version of this engine, as written into every atlas.
[[nodiscard]] std::string_view engine_version();

} // namespace icmap::pipeline
