#include "pipeline/build.hpp"

#include "base/freed_memory.hpp"
#include "base/parallel.hpp"
#include "base/same_file.hpp"

#include "pipeline/freshness.hpp"
#include "pipeline/project.hpp"
#include "pipeline/run_parameters.hpp"
#include "pipeline/sanity.hpp"
#include "pipeline/stages.hpp"
#include "store/atlas_file.hpp"

#include <chrono>
#include <sys/resource.h>
#include <utility>

namespace icmap::pipeline {
namespace {

std::uint64_t peak_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// The story: each line a room, in the order in which the data goes through them.
Result<void> tell_the_story(StageContext& story, const std::filesystem::path& atlas) {
    if (story.from <= Stage::ingest) {
        ICMAP_TRY(ingest_stage(story)); // sources            -> typed records + rejects
        ICMAP_TRY(locate_stage(story)); // postcodes, places  -> coordinates, areas
        ICMAP_TRY(link_stage(story));   // names              -> firms; evidence
    } else {
        ICMAP_TRY(reopen_stage(story, atlas)); // an atlas -> what these three wrote
    }
    if (story.from <= Stage::classify) {
        ICMAP_TRY(classify_stage(story)); // codes, lists, words -> sectors
    }
    ICMAP_TRY(cluster_stage(story));  // points             -> clusters with outlines
    ICMAP_TRY(describe_stage(story)); // clusters           -> names, measures, types
    ICMAP_ASSIGN(story.report.warnings, fault_kinds(story.connection(), "warning"));
    ICMAP_ASSIGN(story.report.errors, fault_kinds(story.connection(), "error"));
    return write_run(story.connection(), story.parameters);
}

Start start_of(const BuildOptions& options, const Project& project) {
    return options.from ? Start{*options.from, ""} : find_start(options.output, project);
}

} // namespace

std::string_view engine_version() {
    return ICMAP_VERSION;
}

Result<Stage> parse_stage(std::string_view name) {
    if (name == "ingest") {
        return Stage::ingest;
    }
    if (name == "classify") {
        return Stage::classify;
    }
    if (name == "cluster") {
        return Stage::cluster;
    }
    return usage_error("A build cannot start at \"" + std::string(name) + "\"",
                       "Start at ingest, classify or cluster");
}

Result<BuildReport> build(const BuildOptions& options, Progress& progress) {
    const auto start = std::chrono::steady_clock::now();
    ICMAP_ASSIGN(Project project, read_project(options.project));
    if (options.strict) {
        project.ingest.max_reject_share = 0.0;
        project.ingest.is_strict = true;
    }
    BuildReport report;
    if (options.only_if_changed && is_current(options.output, project)) {
        report.was_current = true;
        return report;
    }
    ICMAP_TRY(refuse_overwriting(options.output, files_read(project)));
    const Start begin = start_of(options, project);
    if (!begin.why.empty()) {
        progress.note(begin.why);
    }
    const ThreadLimit threads(options.threads);
    const FreedMemoryKept kept; // each stage asks for what the last one freed
    store::DatabaseOptions database;
    database.threads = options.threads;
    database.memory_limit_bytes = options.memory_limit_bytes;
    ICMAP_ASSIGN(auto atlas,
                 store::AtlasWriter::open(options.output, database,
                                          begin.from == Stage::ingest ? "" : options.output));
    StageContext story{project,    atlas, progress, report, run_parameters(project),
                       begin.from, {},    {},       {},     {},
                       {},         {}};
    ICMAP_TRY(prepare(story));
    ICMAP_TRY(tell_the_story(story, options.output));
    // What took most of the memory is given back while the atlas goes to the disk.
    story.forgetting.forget(std::pair(std::move(story.known), std::move(story.members)));
    ICMAP_TRY(atlas.commit());
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    report.peak_bytes = peak_bytes();
    return report;
}

} // namespace icmap::pipeline
