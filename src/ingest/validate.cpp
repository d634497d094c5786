#include "ingest/validate.hpp"

#include "base/words.hpp"
#include "ingest/merged.hpp"
#include "ingest/reject_lines.hpp"
#include "store/atlas_file.hpp"
#include "store/csv_file.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
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
    {"firms with a postcode to which the postcode directory gives a place",
     "select count(*) from staging.firm_record where postcode in (select postcode from "
     "staging.postcode_record where lon_deg is not null)",
     "select case when exists (from staging.postcode_record) then (select count(*) from "
     "staging.firm_record) else 0 end"},
    {"participations with a postcode to which the postcode directory gives a place",
     "select count(*) from staging.participation_record where postcode in (select postcode from "
     "staging.postcode_record where lon_deg is not null)",
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

/// The examples, a line each, and how many there are besides.
std::string listed(const std::vector<std::string>& examples, std::uint64_t of) {
    std::string text;
    for (const std::string& example : examples) {
        text += fmt::format("             {}\n", example);
    }
    if (of > examples.size()) {
        text += fmt::format("             and {} more\n", grouped(of - examples.size()));
    }
    return text;
}

std::string source_text(const SourceReport& source) {
    std::string text = fmt::format("{}. {} ({}): {}\n", source.source_id, source.kind,
                                   source.format, path_in_words(source));
    for (const Error& failure : source.failures) {
        text += fmt::format("   CANNOT BE READ  {}\n", failure.message());
    }
    if (!source.failures.empty()) {
        return text;
    }
    text += fmt::format("   rows      {} read, {}, {} rejected", grouped(source.rows_read),
                        kept_in_words(source), grouped(source.rows_rejected));
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
        text += fmt::format("   {:<9} {} × {}{}\n", count.severity, grouped(count.rows), count.code,
                            count.field.empty() ? "" : " in " + count.field);
        text += listed(count.examples, count.rows);
    }
    return text;
}

struct DateQuery {
    const char* table; ///< of staging
    const char* field;
    const char* name; ///< of the record
};

/// Dates of what has happened: none can lie after the day that the registers were taken. (The end
/// of a project may.)
constexpr DateQuery kPastDates[] = {
    {"firm_record", "incorporated", "company_number"},
    {"firm_record", "dissolved", "company_number"},
    {"project_record", "start_date", "reference"},
    {"patent_record", "filed", "number"},
    {"deal_record", "announced", "company"},
    {"account_record", "period_end", "company_number"},
};

/// Dates after `as_of`, by field.
Result<std::vector<Finding>> later_dates(store::Connection& connection, const std::string& as_of) {
    std::vector<Finding> findings;
    for (const DateQuery& query : kPastDates) {
        const std::string from = fmt::format("staging.{} where {} > date {}", query.table,
                                             query.field, store::sql_literal(as_of));
        ICMAP_ASSIGN(const auto rows, connection.integer("select count(*) from " + from));
        if (rows == 0) {
            continue;
        }
        Finding finding;
        finding.what = fmt::format(
            "{} {} after as_of ({}). Set as_of to the day on which the registers were taken, or "
            "correct the dates",
            counted(static_cast<std::uint64_t>(rows), fmt::format("value of {}", query.field),
                    fmt::format("values of {}", query.field)),
            rows == 1 ? "lies" : "lie", as_of);
        ICMAP_TRY(connection.read(
            fmt::format(
                "select concat('source ', source_id, ', record ', record, ': ', {0}, ' of ', "
                "{1}) from {2} order by source_id, record limit 5",
                query.field, query.name, from),
            [&](const store::Chunk& chunk) {
                for (std::size_t row = 0; row < chunk.size(); ++row) {
                    finding.examples.emplace_back(chunk.text(0, row));
                }
            }));
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Sources that could be read and hold no row, and those whose areas are given already.
std::vector<Finding> empty_or_repeated(const std::vector<SourceReport>& sources) {
    std::vector<Finding> findings;
    for (const SourceReport& source : sources) {
        if (auto twice = areas_given_twice(source)) {
            findings.push_back({std::move(*twice), {}});
        }
        if (source.failures.empty() && source.rows_read == 0) {
            findings.push_back(
                {fmt::format("Source {}, {} ({}), has no rows{}", source.source_id, source.path,
                             source.kind,
                             source.rows_outside > 0
                                 ? ": `where` leaves out all of them. Check the condition"
                                 : ", only a header. Download or export it again, or take it out"),
                 {}});
        }
    }
    return findings;
}

Result<void> write_reject_list(store::Connection& connection, const fs::path& file) {
    const auto written = store::write_csv_file(
        connection,
        "select source_id, file, line, record, severity, code, field, value, message "
        "from main.reject order by source_id, file, record, severity, code, field, value",
        {}, {}, file);
    if (!written) {
        Error error;
        error.file = file.string();
        error.what = "The list of rejects cannot be written";
        error.remedy = "Choose an existing folder that you may write to, with free space";
        return tl::unexpected(std::move(error));
    }
    return {};
}

/// What is wrong with records that only shows when they are put on the map, with its lines.
Result<void> find_what_locating_finds(store::Connection& connection, const ValidateOptions& asked,
                                      ValidationReport& report) {
    ICMAP_ASSIGN(auto findings, asked.locate(connection));
    report.findings.insert(report.findings.end(), std::make_move_iterator(findings.begin()),
                           std::make_move_iterator(findings.end()));
    ICMAP_TRY(find_reject_lines(connection, report.sources));
    for (SourceReport& source : report.sources) {
        ICMAP_TRY(count_rejects(connection, source));
    }
    return {};
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

std::uint64_t ValidationReport::rows_rejected() const {
    std::uint64_t rejected = 0;
    for (const SourceReport& source : sources) {
        rejected += source.rows_rejected;
    }
    return rejected;
}

std::uint64_t ValidationReport::warnings() const {
    std::uint64_t all = findings.size();
    for (const SourceReport& source : sources) {
        all += source.warnings;
    }
    return all;
}

std::string ValidationReport::text() const {
    std::string text;
    std::size_t unreadable = 0;
    for (const SourceReport& source : sources) {
        text += source_text(source) + '\n';
        unreadable += source.failures.empty() ? 0U : 1U;
    }
    for (const Finding& finding : findings) {
        text += fmt::format("warning      {}\n", finding.what);
        text += listed(finding.examples, finding.examples.size());
    }
    text += findings.empty() ? "" : "\n";
    if (!matches.empty()) {
        text += "How the sources fit together\n";
    }
    for (const MatchRate& rate : matches) {
        text +=
            fmt::format("   {:5.1f} %   {} of {} {}\n",
                        100.0 * static_cast<double>(rate.matched) / static_cast<double>(rate.of),
                        grouped(rate.matched), grouped(rate.of), rate.what);
    }
    text += unreadable > 0
                ? fmt::format("\n{} of {} cannot be read: a build would stop.\n", unreadable,
                              counted(sources.size(), "source"))
                : fmt::format("\n{} read; {} rejected, {}.\n", counted(sources.size(), "source"),
                              counted(rows_rejected(), "row"), counted(warnings(), "warning"));
    return text;
}

Result<ValidationReport> validate(std::span<const Source> sources, const IngestOptions& options,
                                  const ValidateOptions& asked, Progress& progress) {
    // Never committed: its files go when it goes.
    const fs::path target = scratch_target(asked.scratch);
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
        if (!asked.as_of.empty()) {
            ICMAP_ASSIGN(report.findings, later_dates(connection, asked.as_of));
        }
        if (asked.locate && report.is_sound()) {
            ICMAP_TRY(find_what_locating_finds(connection, asked, report));
        }
        if (!asked.rejects.empty()) {
            ICMAP_TRY(write_reject_list(connection, asked.rejects));
        }
    }
    std::vector<Finding> whole = empty_or_repeated(report.sources);
    report.findings.insert(report.findings.begin(), std::make_move_iterator(whole.begin()),
                           std::make_move_iterator(whole.end()));
    std::error_code ignored;
    fs::remove(fs::path(target.string() + ".lock"), ignored);
    return report;
}

} // namespace icmap::ingest
