#include "pipeline/stages.hpp"

#include "base/cluster_counts.hpp"
#include "base/words.hpp"
#include "classify/classify.hpp"
#include "describe/describe.hpp"
#include "ingest/ingest.hpp"
#include "ingest/input_files.hpp"
#include "ingest/merged.hpp"
#include "ingest/reject_lines.hpp"
#include "link/link.hpp"
#include "locate/locate.hpp"
#include "pipeline/cluster_stage.hpp"
#include "pipeline/freshness.hpp"
#include "pipeline/reject_limit.hpp"
#include "pipeline/sanity.hpp"
#include "pipeline/taxonomies.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <future>

namespace icmap::pipeline {
Result<geo::Projection> found_projection(store::Connection& connection) {
    geo::ProjectionOptions options;
    ICMAP_TRY(connection.read("select min(lon_deg), min(lat_deg), max(lon_deg), max(lat_deg) from ("
                              "select lon_deg, lat_deg from staging.postcode_record union all "
                              "select lon_deg, lat_deg from staging.firm_record union all "
                              "select lon_deg, lat_deg from staging.place_record)",
                              [&](const store::Chunk& chunk) {
                                  if (chunk.size() > 0 && !chunk.is_null(0, 0)) {
                                      options.lon_lat_extent = Box{
                                          chunk.column<double>(0)[0], chunk.column<double>(1)[0],
                                          chunk.column<double>(2)[0], chunk.column<double>(3)[0]};
                                  }
                              }));
    return geo::Projection::create("auto", options);
}

namespace {

/// Told where it is found, and once more at the end.
void raise_alarm(StageContext& story, const std::string& alarm) {
    story.progress.note("warning: " + alarm);
    story.report.alarms.push_back(alarm);
}

/// Without the grid file positions are off by metres, and outlines not those that another machine
/// draws.
void tell_missing_grid(StageContext& story) {
    if (story.projection && story.projection->lacks_grid()) {
        raise_alarm(story, story.projection->accuracy_note());
    }
}

/// Takes up the copy of an atlas that is rebuilt, without what will be written anew.
Result<void> begin_writing(StageContext& story) {
    ICMAP_TRY(story.atlas.begin_writing());
    store::Connection& connection = story.connection();
    ICMAP_TRY(store::run_step(connection, "pipeline/forget_clusters.sql"));
    ICMAP_TRY(store::create_cluster_tables(connection));
    return story.from == Stage::classify
               ? store::run_step(connection, "pipeline/forget_sectors.sql")
               : Result<void>();
}

void keep(StageContext& story, StageReport report) {
    story.report.stages.push_back(std::move(report));
}

} // namespace

Result<std::optional<geo::Projection>> named_projection(const Project& project) {
    if (project.crs == "auto") {
        return std::nullopt;
    }
    auto projection = geo::Projection::create(project.crs);
    if (!projection) {
        Error error = std::move(projection).error();
        error.file = project.file.string();
        error.line = project.crs_line;
        error.field = "project.crs";
        return tl::unexpected(std::move(error));
    }
    return std::move(*projection);
}

ingest::IngestOptions ingest_options(const Project& project,
                                     const std::optional<geo::Projection>& projection) {
    ingest::IngestOptions options;
    options.gbp_per = project.gbp_per;
    if (projection && projection->area_of_use()) {
        const Box& area = *projection->area_of_use();
        options.bounds = {area.min_x, area.min_y, area.max_x, area.max_y};
    }
    return options;
}

locate::LocateOptions locate_options(const Project& project) {
    locate::LocateOptions options;
    options.mass_registration_firms = project.locate.mass_registration_firms;
    options.formation_agent_firms = project.locate.formation_agent_firms;
    options.formation_agent_young_share = project.locate.formation_agent_young_share;
    options.mass_registration_in_density = project.locate.keep_mass_registration;
    return options;
}

Result<void> prepare(StageContext& story) {
    // A CRS or a taxonomy that will not do is told before anything long is begun.
    ICMAP_ASSIGN(story.projection, named_projection(story.project));
    ICMAP_TRY(read_taxonomies(story.project));
    store::Connection& connection = story.connection();
    ICMAP_TRY(store::run_step(connection, "schema/staging.sql"));
    if (story.from == Stage::ingest) {
        tell_missing_grid(story);
        ICMAP_TRY(store::create_atlas_schema(connection));
    }
    return connection.run(
        fmt::format("set variable as_of = date {}", store::sql_literal(story.project.as_of)));
}

Result<void> ingest_stage(StageContext& story) {
    StageTimer timer(story.progress, "ingest");
    const ingest::IngestOptions options = ingest_options(story.project, story.projection);
    ICMAP_ASSIGN(story.sources, ingest::ingest(story.connection(), story.project.sources, options,
                                               story.progress));
    const std::vector<ingest::SourceReport>& sources = story.sources;
    BuildReport& report = story.report;
    std::uint64_t warnings = 0;
    for (const ingest::SourceReport& source : sources) {
        warnings += source.warnings;
        report.rows_read += source.rows_read;
        report.rows_kept += source.rows_kept;
        report.rows_rejected += source.rows_rejected;
        report.records += source.records;
        story.progress.note(fmt::format(
            "{:<16} {:>11} rows read = {:>11} kept + {:>7} rejected   {}{}", source.kind,
            grouped(source.rows_read), grouped(source.rows_kept), grouped(source.rows_rejected),
            ingest::path_in_words(source),
            source.records < source.rows_kept ? "   " + ingest::kept_in_words(source) : ""));
    }
    for (const ingest::SourceReport& source : sources) {
        if (const auto twice = ingest::areas_given_twice(source)) {
            story.progress.note("warning: " + *twice);
        }
    }
    ICMAP_TRY(check_rejects(story.project, sources));
    keep(story,
         timer.finish(report.rows_read,
                      fmt::format("{} of {}, {} rejected, {}", counted(report.rows_read, "row"),
                                  counted(sources.size(), "source"), grouped(report.rows_rejected),
                                  counted(warnings, "warning"))));
    return {};
}

namespace {
/// The addresses that are no workplaces, what the project lacks, and what cannot be right.
Result<void> tell_located(StageContext& story) {
    ICMAP_ASSIGN(const auto lines,
                 mass_registration_lines(story.connection(), story.project.locate));
    for (const std::string& line : lines) {
        story.progress.note(line);
    }
    for (const std::string& note : missing_source_notes(story.project)) {
        story.progress.note(note);
    }
    ICMAP_ASSIGN(const auto alarms, location_alarms(story.connection()));
    for (const std::string& alarm : alarms) {
        raise_alarm(story, alarm);
    }
    return {};
}
} // namespace

Result<void> locate_stage(StageContext& story) {
    StageTimer timer(story.progress, "locate");
    if (!story.projection) {
        ICMAP_ASSIGN(auto projection, found_projection(story.connection()));
        story.projection.emplace(std::move(projection));
        story.progress.note(fmt::format("crs = \"auto\" is {} ({}) for these positions",
                                        story.projection->crs(), story.projection->title()));
    }
    story.parameters["crs"] = story.projection->crs();
    story.parameters["crs_title"] = story.projection->title();
    story.parameters["crs_accuracy"] = story.projection->accuracy_note();
    ICMAP_ASSIGN(auto own, story.atlas.connect());
    store::WritingAside aside(std::move(own));
    locate::LocateOptions options = locate_options(story.project);
    options.aside = &aside;
    ICMAP_ASSIGN(const auto located,
                 locate::locate(story.connection(), options, *story.projection, story.progress));
    ICMAP_TRY(ingest::find_reject_lines(story.connection(), story.sources));
    ICMAP_TRY(tell_located(story));
    keep(story, timer.finish(located.sites, located.summary));
    return {};
}

namespace {
/// After linking nobody reads the records, and of a national register they take half of the memory
/// that describe needs.
Result<void> forget_records(store::Connection& connection) {
    ICMAP_TRY(connection.run("detach staging; attach ':memory:' as staging;"));
    return store::run_step(connection, "schema/staging.sql");
}
} // namespace

Result<void> link_stage(StageContext& story) {
    StageTimer timer(story.progress, "link");
    link::LinkOptions options;
    options.fuzzy = story.project.link.fuzzy;
    options.threshold = story.project.link.accept_score;
    options.candidate_threshold = story.project.link.candidate_score;
    options.window_years = static_cast<int>(story.project.evidence.window_years);
    ICMAP_ASSIGN(auto beside, story.atlas.connect());
    options.beside = &beside;
    ICMAP_ASSIGN(const auto linked, link::link(story.connection(), options, story.progress));
    ICMAP_TRY(forget_records(story.connection()));
    std::uint64_t records = 0;
    for (const link::LinkRates& rates : linked.rates) {
        records += rates.records;
    }
    keep(story, timer.finish(records, linked.summary));
    return {};
}

Result<void> classify_stage(StageContext& story) {
    StageTimer timer(story.progress, "classify");
    if (story.from == Stage::classify) {
        ICMAP_TRY(begin_writing(story));
    }
    ICMAP_ASSIGN(auto options, read_taxonomies(story.project));
    ICMAP_ASSIGN(auto beside, story.atlas.connect());
    options.beside = &beside;
    ICMAP_ASSIGN(const auto classified,
                 classify::classify(story.connection(), options, story.progress));
    keep(story, timer.finish(classified.firms, classified.summary));
    return {};
}

Result<void> cluster_stage(StageContext& story) {
    StageTimer timer(story.progress, "cluster");
    {
        ICMAP_ASSIGN(auto beside, story.atlas.connect());
        ICMAP_ASSIGN(story.known, describe::read_register(story.connection(), &beside));
    }
    const Box bounds = story.known.site_bounds.value_or(Box{});
    const double across_m = std::hypot(bounds.max_x - bounds.min_x, bounds.max_y - bounds.min_y);
    ICMAP_ASSIGN(const std::string too_wide, check_radius(across_m, story.project));
    if (!too_wide.empty()) {
        raise_alarm(story, too_wide);
    }
    ICMAP_ASSIGN(const auto land, read_land(story.connection(), *story.projection));
    // The last atlas has been read: its copy is taken up while sectors are clustered.
    std::future<Result<void>> beginning;
    if (story.from == Stage::cluster) {
        beginning = std::async(std::launch::async, begin_writing, std::ref(story));
    }
    ICMAP_ASSIGN(auto clustered, cluster_sectors(story.project, *story.projection, land,
                                                 story.known, story.progress));
    if (beginning.valid()) {
        ICMAP_TRY(beginning.get());
    }
    ICMAP_ASSIGN(auto aside, story.atlas.connect());
    story.aside = std::make_unique<store::WritingAside>(std::move(aside));
    story.members = std::move(clustered.members);
    ICMAP_TRY(write_clusters(story.connection(), *story.aside, story.members, clustered.shapes));
    story.report.clusters = clustered.clusters;
    for (const auto& [sector_id, eps] : clustered.auto_eps) {
        ICMAP_ASSIGN(const std::string slug,
                     story.connection().text("select slug from sector where sector_id = $1",
                                             {static_cast<std::int64_t>(sector_id)}));
        story.parameters["found.eps_m." + slug] = fmt::format("{:.1f}", eps.value);
    }
    const ClusterCounts counts{clustered.clusters, clustered.sectors_with_clusters,
                               clustered.sectors};
    keep(story,
         timer.finish(clustered.sites,
                      fmt::format("{}; {} of {} in one, a site counted in each of its sectors",
                                  in_words(counts), grouped(clustered.clustered_sites),
                                  counted(clustered.sites, "site"))));
    return {};
}

Result<void> describe_stage(StageContext& story) {
    StageTimer timer(story.progress, "describe");
    describe::DescribeOptions options;
    options.as_of = story.project.as_of;
    options.seed = story.project.seed;
    const describe::AtHand at_hand{&story.known, &story.members.rows, story.aside.get(),
                                   &story.forgetting};
    ICMAP_ASSIGN(const auto described,
                 describe::describe(story.connection(), options, story.progress, at_hand));
    ICMAP_TRY(story.aside->finish());
    story.aside.reset();
    keep(story, timer.finish(described.measures, described.summary));
    return {};
}

namespace {
/// Refuses an atlas whose sources have other bytes now. Files that nobody touched since it was
/// written are not read again.
Result<void> check_inputs(StageContext& story, const std::filesystem::path& atlas) {
    bool is_touched = false;
    for (const ingest::Source& source : story.project.sources) {
        ICMAP_ASSIGN(const auto files, ingest::input_files(source));
        is_touched = is_touched || std::any_of(files.begin(), files.end(), [&](const auto& file) {
                         return is_newer(file, atlas);
                     });
    }
    if (!is_touched) {
        return {};
    }
    ICMAP_ASSIGN(const auto now, ingest::source_hashes(story.project.sources));
    std::vector<std::pair<std::string, std::string>> was;
    ICMAP_TRY(story.connection().read(
        "select path, xxh3 from source order by source_id", [&was](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                was.emplace_back(chunk.text(0, row), chunk.text(1, row));
            }
        }));
    for (std::size_t i = 0; i < std::max(now.size(), was.size()); ++i) {
        if (i >= now.size() || i >= was.size() || now[i] != was[i].second) {
            return input_error(
                fmt::format("The atlas was made from other bytes than source {} ({}) now has",
                            i + 1, i < was.size() ? was[i].first : "new"),
                "Build without --from");
        }
    }
    return {};
}
} // namespace

Result<void> reopen_stage(StageContext& story, const std::filesystem::path& atlas) {
    StageTimer timer(story.progress, "reopen");
    ICMAP_ASSIGN(const RunParameters was, read_run(story.connection()));
    for (const auto& [parameter, value] : story.parameters) {
        const auto before = was.find(parameter);
        if (decides_before(parameter, story.from) &&
            (before == was.end() || before->second != value)) {
            return input_error(
                fmt::format("The atlas was made with {} = {}, the project now says {}", parameter,
                            before == was.end() ? "nothing" : before->second, value),
                "Build without --from");
        }
    }
    ICMAP_TRY(check_inputs(story, atlas));
    // What the earlier stages found out stays true.
    for (const auto& [parameter, value] : was) {
        if (decides_before(parameter, story.from) && !story.parameters.contains(parameter)) {
            return input_error(fmt::format("The atlas was made with {} = {}, the project now has "
                                           "no such setting",
                                           parameter, value),
                               "Build without --from");
        }
        if (parameter.starts_with("crs")) {
            story.parameters.try_emplace(parameter, value);
        }
    }
    const auto crs = was.find("crs");
    const std::string& wanted = crs == was.end() ? story.project.crs : crs->second;
    if (!story.projection || story.projection->crs() != wanted) {
        ICMAP_ASSIGN(auto projection, geo::Projection::create(wanted));
        story.projection.emplace(std::move(projection));
    }
    tell_missing_grid(story);
    story.parameters["crs"] = story.projection->crs();
    keep(story, timer.finish(0, "firms, sites and links as in the atlas"));
    return {};
}

} // namespace icmap::pipeline
