#include "classify/classify.hpp"

#include "base/embedded.hpp"
#include "base/words.hpp"
#include "classify/memberships.hpp"
#include "classify/taxonomy.hpp"
#include "classify/text_search.hpp"
#include "store/bulk_append.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace icmap::classify {
namespace {

constexpr std::string_view kFolder = "sectors/";
constexpr std::string_view kEnding = ".toml";

/// The texts asked for, or all that are built in.
Result<std::vector<TaxonomyText>> texts_of(const ClassifyOptions& options) {
    std::vector<TaxonomyText> texts = options.taxonomies;
    if (texts.empty()) {
        for (const std::string& name : built_in_taxonomies()) {
            ICMAP_ASSIGN(auto text, built_in_taxonomy(name));
            texts.push_back(std::move(text));
        }
    }
    return texts;
}

Result<void> read_text(const TaxonomyText& text, Definitions& definitions) {
    return text.file.ends_with(".csv") ? read_list(text.file, text.text, definitions)
                                       : read_taxonomy(text.file, text.text, definitions);
}

Result<Definitions> load_definitions(const ClassifyOptions& options) {
    ICMAP_ASSIGN(const auto texts, texts_of(options));
    Definitions definitions;
    for (const TaxonomyText& text : texts) {
        ICMAP_TRY(read_text(text, definitions));
    }
    ICMAP_TRY(resolve_parents(definitions));
    ICMAP_TRY(keep_only(options.only, definitions));
    if (definitions.sectors.size() > 65'535) {
        return input_error(
            fmt::format("There are {} sectors, more than 65,535", definitions.sectors.size()),
            "Choose fewer with sectors.only");
    }
    return definitions;
}

Result<void> write_sectors(store::Connection& connection, const Definitions& definitions) {
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        const SectorDefinition& sector = definitions.sectors[i];
        const auto parent = parent_of(definitions, i);
        const auto or_null = [](const std::string& text) {
            return text.empty() ? store::Value(nullptr) : store::Value(std::string_view(text));
        };
        ICMAP_TRY(connection.execute(
            "insert into sector values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            {static_cast<std::int64_t>(i), std::string_view(sector.slug),
             std::string_view(sector.name), std::string_view(sector.type),
             parent ? store::Value(static_cast<std::int64_t>(*parent)) : store::Value(nullptr),
             sector.is_frontier, or_null(sector.industrial_strategy_parent),
             std::string_view(sector.definition), std::string_view(sector.source)}));
    }
    return {};
}

/// Columns of (sector_id, text) as the temporary tables take them.
struct SectorTexts {
    std::vector<std::uint16_t> sector;
    std::vector<std::string> text;
    void add(std::size_t of, const std::vector<std::string>& texts) {
        for (const std::string& each : texts) {
            sector.push_back(static_cast<std::uint16_t>(of));
            text.push_back(each);
        }
    }
};

store::Column ids(const std::vector<std::uint16_t>& values) {
    return store::Column{std::span<const std::uint16_t>(values)};
}

/// Thresholds of every sector.
Result<void> write_thresholds(store::Connection& connection, const Definitions& definitions) {
    std::vector<std::uint16_t> sector_id;
    std::vector<double> threshold;
    std::vector<double> share;
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        const WordSettings& settings = definitions.settings[definitions.sectors[i].settings];
        sector_id.push_back(static_cast<std::uint16_t>(i));
        threshold.push_back(settings.threshold);
        share.push_back(settings.min_project_share);
    }
    return store::append_columns(connection, "main", "classify_sector",
                                 std::array<store::Column, 3>{ids(sector_id),
                                                              {std::span<const double>(threshold)},
                                                              {std::span<const double>(share)}});
}

Result<void> write_rules(store::Connection& connection, const Definitions& definitions) {
    ICMAP_TRY(write_thresholds(connection, definitions));
    SectorTexts companies;
    SectorTexts evidence;
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        companies.add(i, definitions.sectors[i].companies);
        evidence.add(i, definitions.sectors[i].evidence);
    }
    ICMAP_TRY(store::append_columns(
        connection, "main", "classify_list",
        std::array<store::Column, 2>{ids(companies.sector),
                                     {std::span<const std::string>(companies.text)}}));
    return store::append_columns(
        connection, "main", "classify_evidence",
        std::array<store::Column, 2>{ids(evidence.sector),
                                     {std::span<const std::string>(evidence.text)}});
}

Result<void> count_into(store::Connection& connection, std::string_view query,
                        std::uint64_t& count) {
    ICMAP_ASSIGN(const std::int64_t number, connection.integer(query));
    count = static_cast<std::uint64_t>(number);
    return {};
}

Result<void> count_report(store::Connection& connection, const Definitions& definitions,
                          const MembershipCounts& counts, ClassifyReport& report) {
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        const SectorDefinition& sector = definitions.sectors[i];
        report.sectors.push_back({sector.slug, sector.name, counts.of_sector[i]});
    }
    report.memberships = counts.memberships;
    report.firms_in_a_sector = counts.firms_in_a_sector;
    ICMAP_TRY(count_into(connection, "select count(*) from firm", report.firms));
    const bool has_lists =
        std::any_of(definitions.sectors.begin(), definitions.sectors.end(),
                    [](const auto& sector) { return !sector.companies.empty(); });
    if (has_lists) {
        ICMAP_TRY(count_into(connection,
                             "select count(distinct company_number) from classify_list where "
                             "company_number not in (select company_number from firm)",
                             report.unknown_list_entries));
    }
    return {};
}

void tell(const ClassifyReport& report, Progress& progress) {
    const auto empty = report.empty_sectors();
    if (!empty.empty()) {
        constexpr std::size_t kNamed = 5;
        const std::size_t named = std::min(empty.size(), kNamed);
        progress.note(fmt::format(
            "No firm is in {} of {} sectors: {}{}", empty.size(), report.sectors.size(),
            fmt::join(empty.begin(), empty.begin() + static_cast<std::ptrdiff_t>(named), ", "),
            empty.size() > kNamed ? ", …" : ""));
    }
    if (report.unknown_list_entries > 0) {
        progress.note(fmt::format("{} company numbers of the lists are not on the register",
                                  grouped(report.unknown_list_entries)));
    }
}

} // namespace

std::vector<std::string> ClassifyReport::empty_sectors() const {
    std::vector<std::string> names;
    for (const SectorCount& sector : sectors) {
        if (sector.firms == 0) {
            names.push_back(sector.name);
        }
    }
    return names;
}

std::vector<std::string> built_in_taxonomies() {
    std::vector<std::string> names;
    for (const base::EmbeddedText& entry : reference::texts()) {
        if (entry.path.starts_with(kFolder) && entry.path.ends_with(kEnding)) {
            names.emplace_back(entry.path.substr(
                kFolder.size(), entry.path.size() - kFolder.size() - kEnding.size()));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<TaxonomyText> built_in_taxonomy(std::string_view name) {
    const std::string path = fmt::format("{}{}{}", kFolder, name, kEnding);
    const auto text = base::find_text(reference::texts(), path);
    if (!text) {
        Error error;
        error.what = "There is no built-in taxonomy of that name";
        error.field = "sectors.taxonomies";
        error.value = name;
        error.remedy =
            fmt::format("Use a file, or one of: {}", fmt::join(built_in_taxonomies(), ", "));
        return tl::unexpected(std::move(error));
    }
    return TaxonomyText{"reference/" + path, std::string(*text)};
}

std::vector<Error> faults(const ClassifyOptions& options) {
    std::vector<Error> all;
    Definitions definitions;
    const auto texts = texts_of(options);
    for (std::size_t i = 0; texts && i < texts->size(); ++i) {
        if (auto done = read_text((*texts)[i], definitions); !done) {
            all.push_back(std::move(done).error());
        }
    }
    return all;
}

Result<void> check(const ClassifyOptions& options) {
    ICMAP_TRY(load_definitions(options));
    return {};
}

Result<ClassifyReport> classify(store::Connection& connection, const ClassifyOptions& options,
                                Progress& progress) {
    ICMAP_ASSIGN(const Definitions definitions, load_definitions(options));
    ICMAP_TRY(write_sectors(connection, definitions));
    ICMAP_TRY(store::run_step(connection, "classify/tables.sql"));
    ICMAP_TRY(write_rules(connection, definitions));
    ClassifyReport report;
    ICMAP_ASSIGN(report.texts_read,
                 search_texts(connection, options.beside, definitions, progress));
    const auto other_ways = [&connection]() -> Result<void> {
        ICMAP_TRY(store::run_step(connection, "classify/word_members.sql"));
        return store::run_step(connection, "classify/other_members.sql");
    };
    ICMAP_ASSIGN(const MembershipCounts counts,
                 write_memberships(connection, options.beside, definitions, other_ways));
    ICMAP_TRY(count_report(connection, definitions, counts, report));
    ICMAP_TRY(store::run_step(connection, "classify/drop_tables.sql"));
    tell(report, progress);
    report.summary = fmt::format("{} of {} in a sector, {} of {} with a firm",
                                 grouped(report.firms_in_a_sector), counted(report.firms, "firm"),
                                 grouped(report.sectors.size() - report.empty_sectors().size()),
                                 counted(report.sectors.size(), "sector"));
    return report;
}

} // namespace icmap::classify
