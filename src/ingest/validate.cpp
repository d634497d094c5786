#include "ingest/validate.hpp"

#include "store/atlas_file.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

struct MatchQuery {
    const char* what;
    const char* matched; ///< SQL: number that match
    const char* of;
};

constexpr MatchQuery kMatches[] = {
    {"firms with a postcode that the postcode directory knows",
     "select count(*) from staging.firm_record where postcode in (select postcode from "
     "staging.postcode_record)",
     "select case when exists (from staging.postcode_record) then (select count(*) from "
     "staging.firm_record) else 0 end"},
    {"participations with a postcode that the postcode directory knows",
     "select count(*) from staging.participation_record where postcode in (select postcode from "
     "staging.postcode_record)",
     "select case when exists (from staging.postcode_record) then (select count(*) from "
     "staging.participation_record) else 0 end"},
    {"sets of accounts of a firm that is in the register",
     "select count(*) from staging.account_record where company_number in (select company_number "
     "from staging.firm_record)",
     "select count(*) from staging.account_record"},
    {"sites of a firm that is in the register",
     "select count(*) from staging.site_record where company_number in (select company_number from "
     "staging.firm_record)",
     "select count(*) from staging.site_record"},
    {"participations of a firm that is in the register by its number",
     "select count(*) from staging.participation_record where company_number in (select "
     "company_number from staging.firm_record)",
     "select count(company_number) from staging.participation_record"},
    {"participations in a project whose text is known",
     "select count(*) from staging.participation_record p join staging.project_record j on "
     "p.funder = j.funder and p.project_reference = j.reference where j.title is not null",
     "select count(*) from staging.participation_record"},
    {"firms with an SIC code", "select count(sic_codes) from staging.firm_record",
     "select count(*) from staging.firm_record"},
};

Result<std::vector<MatchRate>> match_rates(store::Connection& connection) {
    std::vector<MatchRate> rates;
    for (const MatchQuery& query : kMatches) {
        ICMAP_ASSIGN(const auto of, connection.integer(query.of));
        if (of > 0) {
            ICMAP_ASSIGN(const auto matched, connection.integer(query.matched));
            rates.push_back(
                {query.what, static_cast<std::uint64_t>(matched), static_cast<std::uint64_t>(of)});
        }
    }
    return rates;
}

std::string shortened(const std::vector<std::string>& names, std::size_t most) {
    std::vector<std::string> shown(
        names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(most, names.size())));
    std::string text = fmt::format("{}", fmt::join(shown, ", "));
    if (names.size() > most) {
        text += fmt::format(" and {} more", names.size() - most);
    }
    return text;
}

std::string source_text(const SourceReport& source) {
    std::string text =
        fmt::format("{}. {} ({}): {}\n", source.source_id, source.kind, source.format, source.path);
    for (const Error& failure : source.failures) {
        text += fmt::format("   CANNOT BE READ  {}\n", failure.message());
    }
    if (!source.failures.empty()) {
        return text;
    }
    text += fmt::format("   rows      {} read, {} kept, {} rejected", grouped(source.rows_read),
                        grouped(source.rows_kept), grouped(source.rows_rejected));
    if (source.records != source.rows_kept) {
        text += fmt::format("; merged into {} records", grouped(source.records));
    }
    if (source.rows_outside > 0) {
        text += fmt::format("; {} more left out by `where`", grouped(source.rows_outside));
    }
    text += '\n';
    if (!source.columns_found.empty()) {
        text += fmt::format("   found     {}\n", shortened(source.columns_found, 12));
    }
    if (!source.columns_missing.empty()) {
        text += fmt::format("   missing   {} (optional)\n", shortened(source.columns_missing, 12));
    }
    if (!source.columns_ignored.empty()) {
        text += fmt::format("   ignored   {}\n", shortened(source.columns_ignored, 8));
    }
    for (const RejectCount& count : source.rejects) {
        text +=
            fmt::format("   {:<9} {} × {}{}, first at {}\n", count.severity, grouped(count.rows),
                        count.code, count.field.empty() ? "" : " in " + count.field, count.example);
    }
    return text;
}

/// A temporary atlas that is never put in place.
fs::path scratch_target(const fs::path& folder) {
    return folder / fmt::format("icmap_validate_{}.atlas", ::getpid());
}

} // namespace

bool ValidationReport::is_sound() const {
    return std::all_of(sources.begin(), sources.end(),
                       [](const SourceReport& source) { return source.failures.empty(); });
}

std::string ValidationReport::text() const {
    std::string text;
    std::uint64_t rejected = 0;
    std::uint64_t warnings = 0;
    std::size_t unreadable = 0;
    for (const SourceReport& source : sources) {
        text += source_text(source) + '\n';
        rejected += source.rows_rejected;
        warnings += source.warnings;
        unreadable += source.failures.empty() ? 0U : 1U;
    }
    if (!matches.empty()) {
        text += "How the sources fit together\n";
    }
    for (const MatchRate& rate : matches) {
        text +=
            fmt::format("   {:5.1f} %   {} of {} {}\n",
                        100.0 * static_cast<double>(rate.matched) / static_cast<double>(rate.of),
                        grouped(rate.matched), grouped(rate.of), rate.what);
    }
    text +=
        unreadable > 0
            ? fmt::format("\n{} of {} sources cannot be read: a build would stop.\n", unreadable,
                          sources.size())
            : fmt::format("\nAll {} sources can be read; {} rows rejected, {} values blanked.\n",
                          sources.size(), grouped(rejected), grouped(warnings));
    return text;
}

Result<ValidationReport> validate(std::span<const Source> sources, const IngestOptions& options,
                                  const fs::path& scratch, Progress& progress) {
    // Never committed: its files go when it goes.
    const fs::path target = scratch_target(scratch);
    ValidationReport report;
    {
        ICMAP_ASSIGN(auto writer, store::AtlasWriter::open(target, {}));
        store::Connection& connection = writer.connection();
        ICMAP_TRY(store::create_atlas_schema(connection));
        ICMAP_TRY(store::run_step(connection, "schema/staging.sql"));
        IngestOptions all = options;
        all.keep_going = true;
        ICMAP_ASSIGN(report.sources, ingest(connection, sources, all, progress));
        ICMAP_ASSIGN(report.matches, match_rates(connection));
    }
    std::error_code ignored;
    fs::remove(fs::path(target.string() + ".lock"), ignored);
    return report;
}

} // namespace icmap::ingest
