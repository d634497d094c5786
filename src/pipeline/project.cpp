#include "pipeline/project.hpp"

#include "base/together.hpp"
#include "base/words.hpp"
#include "classify/classify.hpp"
#include "ingest/catalog.hpp"
#include "ingest/columns.hpp"
#include "ingest/input_files.hpp"
#include "outline/outline.hpp"
#include "pipeline/settings_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <sstream>

namespace icmap::pipeline {
namespace fs = std::filesystem;

namespace {

void read_head(SettingsReader& table, Project& project) {
    project.name = table.text("name", fs::path(project.file).stem().string());
    project.crs = table.text("crs", project.crs);
    project.crs_line = table.line_of("crs");
    if (project.crs.empty()) {
        table.fault("crs", "The CRS is empty",
                    "Write \"auto\" or an EPSG code, as in "
                    "\"EPSG:27700\"");
        project.crs = "auto";
    }
    project.as_of = table.date("as_of");
    project.disclosure = table.choice<Disclosure>(
        "disclosure", {{"open", Disclosure::open}, {"official", Disclosure::official}},
        project.disclosure);
    project.is_example = table.boolean("example", project.is_example);
    project.seed = table.whole("seed", project.seed, 0, 1'000'000'000);
}

void read_cluster(SettingsReader& table, ClusterSettings& settings) {
    settings.method = table.choice<ClusterMethod>("method",
                                                  {{"dbscan", ClusterMethod::dbscan},
                                                   {"hdbscan", ClusterMethod::hdbscan},
                                                   {"relative", ClusterMethod::relative}},
                                                  settings.method);
    settings.eps_line = table.line_of("eps_m");
    if (table.is_text("eps_m")) {
        if (table.text("eps_m", "") == "auto") {
            settings.eps_m.reset();
        } else {
            table.fault("eps_m", "eps_m is neither a number nor \"auto\"",
                        "Write metres, as in eps_m = 1000");
        }
    } else {
        settings.eps_m =
            table.number("eps_m", *settings.eps_m, 0.0, kLargestEpsM, "metres", /*open_low=*/true);
    }
    if (settings.method == ClusterMethod::relative && !settings.eps_m) {
        table.fault(
            "eps_m", "eps_m cannot be \"auto\" with the method \"relative\"",
            "All sectors are held against one background: write metres, as in eps_m = 1000");
    }
    settings.min_points =
        static_cast<std::uint32_t>(table.whole("min_points", settings.min_points, 1, 1'000'000));
    settings.min_enterprises = static_cast<std::uint32_t>(
        table.whole("min_enterprises", settings.min_enterprises, 1, 1'000'000));
    settings.max_extent_km =
        table.number("max_extent_km", settings.max_extent_km, 0.0, 2000.0, "km", true);
}

/// The buffer must make up for what the grid and the simplification may take.
void check_buffer(SettingsReader& table, const OutlineSettings& settings) {
    const double least_m =
        std::ceil(outline::least_buffer(
                      {.snap = Metres{settings.grid_m}, .simplify = Metres{settings.simplify_m}})
                      .value);
    if (settings.buffer_m >= least_m) {
        return;
    }
    const std::vector<std::string> keys = table.keys();
    const auto is_given = [&keys](const char* key) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    const char* given = is_given("buffer_m") ? "buffer_m"
                        : is_given("grid_m") ? "grid_m"
                                             : "simplify_m";
    const std::string smaller = "make grid_m or simplify_m smaller";
    table.fault(given,
                fmt::format("buffer_m = {:g} is too small for grid_m = {:g} and simplify_m = {:g}: "
                            "sites could lie outside their outline",
                            settings.buffer_m, settings.grid_m, settings.simplify_m),
                least_m > kMostOutlineM
                    ? "M" + smaller.substr(1)
                    : fmt::format("Write buffer_m = {:.0f} or more, or {}", least_m, smaller));
}

void read_outline(SettingsReader& table, OutlineSettings& settings) {
    settings.grid_m = table.number("grid_m", settings.grid_m, kLeastGridM, kMostOutlineM, "metres");
    settings.buffer_m = table.number("buffer_m", settings.buffer_m, 0.0, kMostOutlineM, "metres");
    settings.concavity = table.number("concavity", settings.concavity, 0.0, 1.0, "");
    settings.simplify_m =
        table.number("simplify_m", settings.simplify_m, 0.0, kMostOutlineM, "metres");
    check_buffer(table, settings);
}

void read_link(SettingsReader& table, LinkSettings& settings) {
    settings.fuzzy = table.boolean("fuzzy", settings.fuzzy);
    settings.accept_score = table.number("accept_score", settings.accept_score, 0.0, 1.0, "");
    settings.candidate_score =
        table.number("candidate_score", settings.candidate_score, 0.0, 1.0, "");
    if (settings.candidate_score > settings.accept_score) {
        table.fault("candidate_score", "candidate_score is above accept_score",
                    "Candidates are the matches below acceptance: make it smaller");
    }
}

void read_settings(SettingsReader& root, Project& project) {
    if (auto table = root.table("ingest")) {
        project.ingest.max_reject_share =
            table->number("max_reject_share", project.ingest.max_reject_share, 0.0, 1.0, "");
    }
    if (auto table = root.table("locate")) {
        project.locate.mass_registration_firms = static_cast<std::uint32_t>(table->whole(
            "mass_registration_firms", project.locate.mass_registration_firms, 2, 10'000'000));
        project.locate.formation_agent_firms = static_cast<std::uint32_t>(table->whole(
            "formation_agent_firms", project.locate.formation_agent_firms, 2, 10'000'000));
        project.locate.formation_agent_young_share =
            table->number("formation_agent_young_share", project.locate.formation_agent_young_share,
                          0.0, 1.0, "");
        project.locate.keep_mass_registration =
            table->boolean("keep_mass_registration", project.locate.keep_mass_registration);
    }
    if (auto table = root.table("link")) {
        read_link(*table, project.link);
    }
    if (auto table = root.table("evidence")) {
        project.evidence.window_years = static_cast<std::uint32_t>(
            table->whole("window_years", project.evidence.window_years, 1, 100));
    }
    if (auto table = root.table("sectors")) {
        project.sectors.taxonomies = table->texts("taxonomies");
        project.sectors.only = table->texts("only");
        project.sectors.taxonomies_line = table->line_of("taxonomies");
        project.sectors.only_line = table->line_of("only");
    }
    if (auto table = root.table("cluster")) {
        read_cluster(*table, project.cluster);
    }
    if (auto table = root.table("outline")) {
        read_outline(*table, project.outline);
    }
    if (auto table = root.table("currency")) {
        for (const std::string& currency : table->keys()) {
            project.gbp_per[currency] = table->number(currency, 1.0, 0.0, 1e6, "pounds", true);
        }
    }
}

void read_reader_options(SettingsReader& table, ingest::ReaderOptions& reader) {
    reader.delimiter = table.text("delimiter", "");
    reader.quote = table.text("quote", "");
    for (const auto& [key, value] :
         {std::pair{"delimiter", &reader.delimiter}, std::pair{"quote", &reader.quote}}) {
        if (value->size() > 1 && *value != "tab" && *value != "none" && *value != "\\t") {
            table.fault(key, fmt::format("{} is longer than one character", key),
                        "Write one character, \"tab\" or \"none\"");
            value->clear();
        }
    }
    reader.encoding = table.text("encoding", "");
    if (!reader.encoding.empty() && reader.encoding != "utf-8" && reader.encoding != "latin-1") {
        table.fault("encoding", "The encoding is not known", "Write \"utf-8\" or \"latin-1\"");
        reader.encoding.clear();
    }
    reader.layer = table.text("layer", "");
    reader.rows = table.text("rows", "");
    reader.crs = table.text("crs", "");
    reader.skip_lines = static_cast<std::uint32_t>(table.whole("skip_lines", 0, 0, 1000));
}

/// Kinds and formats are files of reference/: the names are checked against them.
void check_kind_and_format(SettingsReader& table, const ingest::Source& source) {
    auto kind = ingest::load_kind(source.kind);
    auto preset = ingest::load_preset(source.format);
    if (!kind) {
        table.fault("kind", kind.error().what, kind.error().remedy);
    }
    if (!preset) {
        table.fault("format", preset.error().what, preset.error().remedy);
    }
    if (!kind || !preset) {
        return;
    }
    if (!preset->mappings.empty() && preset->mapping(source.kind) == nullptr) {
        std::vector<std::string> kinds;
        for (const ingest::Mapping& mapping : preset->mappings) {
            kinds.push_back(mapping.kind);
        }
        table.fault("kind", fmt::format("The format {} holds no {}", source.format, source.kind),
                    fmt::format("It holds: {}", fmt::join(kinds, ", ")));
    }
    std::vector<std::string> names;
    for (const ingest::FieldRule& rule : kind->fields) {
        names.push_back(rule.name);
    }
    for (const auto& [field, expression] : source.columns) {
        if (kind->field(field) == nullptr && field != "x_m" && field != "y_m") {
            table.unknown_key("columns." + field, field, names);
        }
    }
    for (const std::string& field : ingest::identifiers_of(source.one_per)) {
        if (kind->field(field) == nullptr) {
            table.fault("one_per", fmt::format("{} have no field {}", source.kind, field),
                        fmt::format("They have: {}", fmt::join(names, ", ")));
        }
    }
}

/// \returns nothing where too much is wrong with it for its files to be read
std::optional<ingest::Source> read_source(SettingsReader& table, const Project& project) {
    ingest::Source source;
    source.project_file = project.file.string();
    source.project_line = table.line();
    source.base = project.file.parent_path();
    source.kind = table.text("kind", "");
    source.format = table.text("format", "table");
    source.path_globs = table.texts("path");
    source.participation_globs = table.texts("participations");
    source.licence = table.text("licence", "");
    source.title = table.text("title", "");
    source.attribution = table.text("attribution", "");
    source.url = table.text("url", "");
    source.dated = table.text_or_date("dated");
    source.one_per = table.text("one_per", "");
    source.where = table.text("where", "");
    source.where_line = table.line_of("where");
    read_reader_options(table, source.reader);
    const std::size_t faults_before = table.fault_count();
    if (auto columns = table.table("columns")) {
        for (const std::string& field : columns->keys()) {
            source.columns[field] = columns->text(field, "");
            source.column_lines[field] = columns->line_of(field);
        }
    }
    if (source.kind.empty()) {
        table.fault("kind", "The source has no kind",
                    fmt::format("Write one of: {}", fmt::join(ingest::kind_names(), ", ")));
    } else {
        check_kind_and_format(table, source);
    }
    if (source.path_globs.empty() && source.participation_globs.empty()) {
        table.fault("path", "The source has no path", "Write path = \"file.csv\"");
    }
    if (!source.participation_globs.empty() && source.kind != "projects") {
        table.fault("participations", "Only a source of kind \"projects\" names participations",
                    "Make the file a [[source]] of its own with kind = \"participations\"");
    }
    return table.fault_count() == faults_before ? std::optional(std::move(source)) : std::nullopt;
}

/// A taxonomy given as a source, beside those of [sectors]: it holds definitions, not rows.
void read_sector_source(SettingsReader& table, Project& project) {
    (void)table.text("kind", "");
    const std::vector<std::string> files = table.texts("path");
    if (files.empty()) {
        table.fault("path", "The source has no path",
                    "Write path = \"sectors.toml\", or name it in [sectors] taxonomies");
    }
    std::vector<std::string>& taxonomies = project.sectors.taxonomies;
    if (taxonomies.empty()) {
        taxonomies = classify::built_in_taxonomies();
    }
    taxonomies.insert(taxonomies.end(), files.begin(), files.end());
}

bool is_sector_source(SettingsReader& table) {
    return table.is_text("kind") && table.text("kind", "") == "sectors";
}

Result<InspectedProject> inspect_text(std::string_view text, const fs::path& path) {
    ICMAP_ASSIGN(SettingsReader root, SettingsReader::parse(text, path.string()));
    InspectedProject inspected;
    Project& project = inspected.project;
    project.file = path;
    if (auto head = root.table("project")) {
        read_head(*head, project);
    } else {
        root.fault("project", "There is no [project]", "Write [project] with name, crs and as_of");
    }
    read_settings(root, project);
    for (SettingsReader& source : root.tables("source")) {
        if (is_sector_source(source)) {
            read_sector_source(source, project);
        } else {
            if (auto readable = read_source(source, project)) {
                project.sources.push_back(std::move(*readable));
            } else {
                ++inspected.sources_left_out;
            }
        }
    }
    if (project.sources.empty() && inspected.sources_left_out == 0) {
        root.fault("source", "There is no [[source]]",
                   "Write at least one, with kind, format and path");
    }
    inspected.faults = root.errors();
    return inspected;
}

Result<Project> if_right(InspectedProject inspected) {
    if (!inspected.faults.empty()) {
        return tl::unexpected(together(fmt::format("{} has {}:", inspected.project.file.string(),
                                                   counted(inspected.faults.size(), "fault")),
                                       inspected.faults));
    }
    return std::move(inspected.project);
}

} // namespace

Result<Project> parse_project(std::string_view text, const fs::path& path) {
    ICMAP_ASSIGN(InspectedProject inspected, inspect_text(text, path));
    return if_right(std::move(inspected));
}

std::vector<fs::path> files_read(const Project& project) {
    std::vector<fs::path> files{project.file};
    for (const std::string& taxonomy : project.sectors.taxonomies) {
        files.push_back(project.file.parent_path() / taxonomy);
    }
    for (const ingest::Source& source : project.sources) {
        const auto found = ingest::input_files(source).value_or(std::vector<fs::path>{});
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

Result<Project> read_project(const fs::path& path) {
    ICMAP_ASSIGN(InspectedProject inspected, inspect_project(path));
    return if_right(std::move(inspected));
}

Result<InspectedProject> inspect_project(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        Error error;
        error.file = path.string();
        error.what = "There is no such project file, or it cannot be read";
        error.remedy = "Check the path; examples/ holds project files to start from";
        return tl::unexpected(std::move(error));
    }
    std::ostringstream text;
    text << file.rdbuf();
    return inspect_text(text.str(), path);
}

} // namespace icmap::pipeline
