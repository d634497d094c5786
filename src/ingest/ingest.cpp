#include "ingest/ingest.hpp"

#include "base/together.hpp"
#include "base/words.hpp"
#include "ingest/clean_value.hpp"
#include "ingest/input_files.hpp"
#include "ingest/record_parts.hpp"
#include "ingest/reject_lines.hpp"
#include "ingest/reject_writer.hpp"
#include "store/database_error.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {
using store::Connection;

constexpr std::array<double, 4> kWholeEarth{-180.0, -90.0, 180.0, 90.0};

/// The error with the place of the source in the project file, where it has no place of its own.
Error placed(Error error, const Source& source) {
    if (error.file.empty()) {
        error.file = source.project_file;
        error.line = source.project_line;
    }
    return error;
}

/// What the source is to become, from the kind and the preset it names.
Result<Target> make_target(const Source& source) {
    Target target;
    target.source = source;
    ICMAP_ASSIGN(target.kind, load_kind(source.kind));
    ICMAP_ASSIGN(target.preset, load_preset(source.format));
    if (const Mapping* mapping = target.preset.mapping(source.kind)) {
        target.mapping = *mapping;
    } else if (!target.preset.mappings.empty()) {
        std::vector<std::string> kinds;
        for (const Mapping& each : target.preset.mappings) {
            kinds.push_back(each.kind);
        }
        Error error;
        error.what = fmt::format("The format {} holds no {}", source.format, source.kind);
        error.field = "kind";
        error.value = source.kind;
        error.remedy = fmt::format("It holds: {}", fmt::join(kinds, ", "));
        return tl::unexpected(std::move(error));
    }
    for (const auto& [field, expression] : source.columns) {
        if (target.kind.field(field) == nullptr && field != "x_m" && field != "y_m") {
            std::vector<std::string> names;
            for (const FieldRule& rule : target.kind.fields) {
                names.push_back(rule.name);
            }
            Error error;
            error.what = fmt::format("{} have no such field", source.kind);
            error.field = field;
            error.remedy = fmt::format("They have: {}", fmt::join(names, ", "));
            return tl::unexpected(std::move(error));
        }
    }
    return target;
}

std::array<double, 4> bounds_of(const Target& target, const IngestOptions& options) {
    if (target.preset.bounds.size() == 4) {
        return {target.preset.bounds[0], target.preset.bounds[1], target.preset.bounds[2],
                target.preset.bounds[3]};
    }
    return options.bounds.value_or(kWholeEarth);
}

void add_once(std::vector<std::string>& all, const std::vector<std::string>& more) {
    for (const std::string& name : more) {
        if (std::find(all.begin(), all.end(), name) == all.end()) {
            all.push_back(name);
        }
    }
}

Result<void> write_source(Connection& connection, const Target& target, const SourceReport& report,
                          const std::string& hash) {
    const auto chosen = [](const std::string& own, const std::string& preset) {
        return own.empty() ? preset : own;
    };
    const std::string title = chosen(target.source.title, target.preset.title);
    const std::string licence = chosen(target.source.licence, target.preset.licence);
    const std::string attribution = chosen(target.source.attribution, target.preset.attribution);
    const std::string url = chosen(target.source.url, target.preset.url);
    const auto count = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    ICMAP_TRY(connection.execute(
        "insert into main.source values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), "
        "nullif($7, ''), nullif($8, ''), nullif($9, ''), $10, $11, $12, $13, $14, $15)",
        {std::int64_t{report.source_id}, std::string_view(report.kind),
         std::string_view(report.format), std::string_view(report.path), std::string_view(title),
         std::string_view(licence), std::string_view(attribution), std::string_view(url),
         std::string_view(target.source.dated), count(report.rows_read), count(report.rows_kept),
         count(report.rows_rejected), count(report.records), count(report.bytes),
         std::string_view(hash)}));
    return {};
}

/// Amounts in other currencies, in pounds, where the project says what they are worth.
Result<void> convert_currencies(Connection& connection, const IngestOptions& options) {
    for (const auto& [currency, rate] : options.gbp_per) {
        ICMAP_TRY(connection.run(fmt::format(
            "update staging.participation_record set award_gbp = award_amount * {0} where "
            "award_gbp is null and award_amount is not null and upper(award_currency) = {1};"
            "update staging.deal_record set amount_gbp = amount * {0} where amount_gbp is null "
            "and amount is not null and upper(currency) = {1};",
            rate, store::sql_literal(currency))));
    }
    return {};
}

/// True for a file of so many rows, nearly all of them records, that copying them is not worth it.
bool is_worth_keeping(const FileRead& file) {
    constexpr std::uint64_t kMostCopied = 100'000;
    constexpr std::uint64_t kRowsToOneWrong = 100;
    return file.rows > kMostCopied && file.rows_outside == 0 &&
           file.rows_wrong * kRowsToOneWrong < file.rows;
}

/// Reads one source: all of its files, in name order.
class SourceIngest {
  public:
    SourceIngest(Connection& connection, RecordParts& parts, const Target& target,
                 const IngestOptions& options, SourceReport& report)
        : connection_(&connection), parts_(&parts), target_(&target), options_(&options),
          report_(&report) {}

    Result<void> run(const std::vector<std::string>& globs) {
        ICMAP_ASSIGN(const auto files, find_files(target_->source, globs));
        for (const fs::path& path : files) {
            ICMAP_TRY(read(path));
            if (!target_->mapping.also.empty()) {
                ICMAP_TRY(read_also(path));
            }
            first_record_ = next_record_;
        }
        // What only the second kind of record uses is used.
        std::erase_if(report_->columns_ignored, [this](const std::string& column) {
            const std::vector<std::string>& found = report_->columns_found;
            return std::find(found.begin(), found.end(), column) != found.end();
        });
        ICMAP_TRY(write_source(*connection_, *target_, *report_, hash_.digest()));
        return count_rejects(*connection_, *report_);
    }

  private:
    Result<void> read(const fs::path& path) {
        ICMAP_ASSIGN(FileRead file, read_file(*connection_, *target_, path,
                                              bounds_of(*target_, *options_), &hash_));
        file.as_written = as_written(target_->source, path);
        ICMAP_ASSIGN(const auto records, write_records(file, target_->kind.table));
        ICMAP_TRY(write_rejects(*connection_, file, report_->source_id, first_record_, false));
        SourceReport& r = *report_;
        const std::uint64_t rejected = file.rows_wrong + file.structural.size();
        r.files.push_back(path.string());
        r.ranges.push_back({path, file.as_written, first_record_, file.records(),
                            file.csv ? std::optional(file.csv->dialect) : std::nullopt,
                            std::move(file.marks)});
        r.rows_read += file.records() - file.rows_outside;
        r.rows_rejected += rejected;
        r.rows_kept += file.records() - file.rows_outside - rejected;
        r.rows_outside += file.rows_outside;
        r.records += records;
        for (const fs::path& each : with_companions(path)) {
            r.bytes += fs::file_size(each);
        }
        add_once(r.columns_found, file.columns.found);
        add_once(r.columns_missing, file.columns.missing);
        add_once(r.columns_ignored, file.columns.ignored);
        next_record_ = first_record_ + file.records();
        return {};
    }

    /// The same rows once more, for the second kind of record they hold (projects in a file of
    /// participations). They are accounted for already.
    Result<void> read_also(const fs::path& path) {
        Target second = *target_;
        const Mapping* mapping = second.preset.mapping(second.mapping.also);
        if (mapping == nullptr) {
            return internal_error(
                fmt::format("preset {} maps no {}", second.preset.name, second.mapping.also));
        }
        second.mapping = *mapping;
        ICMAP_ASSIGN(second.kind, load_kind(mapping->kind));
        second.mapping.one_per = second.kind.key.back();
        second.mapping.also.clear();
        second.mapping.explode = target_->mapping.explode;
        second.source.columns.clear();
        ICMAP_ASSIGN(FileRead file,
                     read_file(*connection_, second, path, bounds_of(second, *options_), nullptr));
        file.as_written = as_written(target_->source, path);
        add_once(report_->columns_found, file.columns.found);
        ICMAP_TRY(write_records(file, second.kind.table));
        return write_rejects(*connection_, file, report_->source_id, first_record_, true);
    }

    Result<std::uint64_t> write_records(const FileRead& file, const std::string& kind) {
        const std::uint16_t source_id = report_->source_id;
        const RecordSql& sql = *file.sql;
        if (is_worth_keeping(file) && sql.can_stay(file.shifts)) {
            ICMAP_TRY(parts_->keep_typed(kind, [&](const std::string& table) {
                return sql.select_records(table, source_id, first_record_, file.shifts);
            }));
            return file.rows - file.rows_wrong;
        }
        ICMAP_ASSIGN(const std::string table, parts_->table_for_rows(kind));
        return connection_->execute(
            sql.insert_records(table, source_id, first_record_, file.rows_wrong > 0, file.shifts),
            {});
    }

    Connection* connection_;
    RecordParts* parts_;
    const Target* target_;
    const IngestOptions* options_;
    SourceReport* report_;
    InputHash hash_;
    std::uint64_t first_record_ = 1;
    std::uint64_t next_record_ = 1;
};

Result<void> ingest_one(Connection& connection, RecordParts& parts, const Source& source,
                        const std::vector<std::string>& globs, const IngestOptions& options,
                        SourceReport& report) {
    const auto start = std::chrono::steady_clock::now();
    ICMAP_ASSIGN(const Target target, make_target(source));
    Result<void> done = SourceIngest(connection, parts, target, options, report).run(globs);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    report.seconds = elapsed.count();
    return done;
}

/// A source that names a file of projects and one of participations is two.
std::vector<Source> expanded(std::span<const Source> sources) {
    std::vector<Source> all;
    for (const Source& source : sources) {
        if (!source.path_globs.empty()) {
            all.push_back(source);
            all.back().participation_globs.clear();
        }
        if (!source.participation_globs.empty()) {
            all.push_back(source);
            all.back().kind = "participations";
            all.back().path_globs = source.participation_globs;
            all.back().participation_globs.clear();
            if (!source.path_globs.empty()) {
                all.back().columns.clear(); // they are those of the projects
            }
        }
    }
    return all;
}

} // namespace

Result<std::vector<std::string>> source_hashes(std::span<const Source> sources) {
    std::vector<std::string> hashes;
    for (const Source& source : expanded(sources)) {
        InputHash hash;
        ICMAP_ASSIGN(const auto files, find_files(source, source.path_globs));
        for (const fs::path& file : files) {
            ICMAP_TRY(hash_file(file, hash));
        }
        hashes.push_back(hash.digest());
    }
    return hashes;
}

Result<std::vector<SourceReport>> ingest(Connection& connection, std::span<const Source> sources,
                                         const IngestOptions& options, Progress& progress) {
    ICMAP_TRY(register_functions(connection));
    ICMAP_TRY(store::run_step(connection, "ingest/macros.sql"));
    ICMAP_TRY(load_codes(connection));
    const std::vector<Source> all = expanded(sources);
    RecordParts parts(connection);
    std::vector<SourceReport> reports;
    std::vector<Error> errors;
    for (const Source& source : all) {
        SourceReport report;
        report.source_id = static_cast<std::uint16_t>(reports.size() + 1);
        report.kind = source.kind;
        report.format = source.format;
        report.layer = source.reader.layer;
        report.path = fmt::format("{}", fmt::join(source.path_globs, ", "));
        if (auto done = ingest_one(connection, parts, source, source.path_globs, options, report);
            !done) {
            if (store::leaves_no_database(done.error())) {
                return tl::unexpected(std::move(done).error());
            }
            report.failures.push_back(placed(std::move(done).error(), source));
            errors.push_back(report.failures.back());
        }
        reports.push_back(std::move(report));
        progress.step(reports.size(), all.size());
    }
    if (!errors.empty() && !options.keep_going) {
        return tl::unexpected(
            together(fmt::format("{} cannot be read:", counted(errors.size(), "source")), errors));
    }
    ICMAP_TRY(convert_currencies(connection, options));
    ICMAP_TRY(store::run_step(connection, "ingest/clean_up.sql"));
    return reports;
}

} // namespace icmap::ingest
