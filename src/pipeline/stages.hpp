#pragma once

#include "base/forgetting.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "describe/register_columns.hpp"
#include "geo/projection.hpp"
#include "ingest/ingest.hpp"
#include "locate/locate.hpp"
#include "pipeline/build.hpp"
#include "pipeline/cluster_stage.hpp"
#include "pipeline/project.hpp"
#include "pipeline/run_parameters.hpp"
#include "store/atlas_file.hpp"
#include "store/writing_aside.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace icmap::pipeline {

/// What the stages of one build share.
struct StageContext {
    const Project& project;
    store::AtlasWriter& atlas;
    Progress& progress;
    BuildReport& report;
    RunParameters parameters;
    Stage from = Stage::ingest;                ///< where the build starts
    std::vector<ingest::SourceReport> sources; ///< of ingest_stage
    std::optional<geo::Projection> projection; ///< there from locate_stage or reopen_stage on
    // There from cluster_stage on.
    describe::RegisterColumns known;
    MemberTable members;
    /// Finished before the atlas is, and waited for before the columns that it writes go.
    std::unique_ptr<store::WritingAside> aside;
    Forgetting forgetting; ///< of what stages leave
    [[nodiscard]] store::Connection& connection() const { return atlas.connection(); }
};

/// The projection of the project's CRS, and so its check; nothing where the project says "auto".
/// \errors input: as geo::Projection, with the project file
[[nodiscard]] Result<std::optional<geo::Projection>> named_projection(const Project& project);

/// A projection for a project that says "auto", by where the positions of the staged records are.
[[nodiscard]] Result<geo::Projection> found_projection(store::Connection& connection);

/// Options of locate that the project decides.
[[nodiscard]] locate::LocateOptions locate_options(const Project& project);

/// Options of ingest that the project decides; positions must lie where the CRS is meant to be
/// used.
[[nodiscard]] ingest::IngestOptions
ingest_options(const Project& project, const std::optional<geo::Projection>& projection);

/// Creates the tables that the build will fill, those of an atlas that is rebuilt apart, and sets
/// what the SQL steps read as variables.
[[nodiscard]] Result<void> prepare(StageContext& story);

// Each stage calls its verb with the project's settings, times it, and reports one line for people.
[[nodiscard]] Result<void> ingest_stage(StageContext& story);
[[nodiscard]] Result<void> locate_stage(StageContext& story);
[[nodiscard]] Result<void> link_stage(StageContext& story);
[[nodiscard]] Result<void> classify_stage(StageContext& story);
[[nodiscard]] Result<void> cluster_stage(StageContext& story);
[[nodiscard]] Result<void> describe_stage(StageContext& story);

/// Takes the place of ingest, locate and link where a build starts later. Up to the first stage
/// that writes, the last atlas is read.
/// \errors input: the atlas was made from other sources, other bytes of them or other settings of
///         those stages
[[nodiscard]] Result<void> reopen_stage(StageContext& story, const std::filesystem::path& atlas);

} // namespace icmap::pipeline
