#include "ingest/source_reader.hpp"

#include "base/together.hpp"
#include "base/words.hpp"
#include "ingest/duplicates.hpp"
#include "ingest/gdal_reader.hpp"
#include "ingest/input_files.hpp"
#include "ingest/mapping_faults.hpp"
#include "ingest/side_columns.hpp"
#include "ingest/structural_fields.hpp"
#include "store/bulk_append.hpp"

#include <fmt/format.h>
#include <future>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {
using store::Connection;
using store::sql_literal;

Error file_error(const fs::path& path, std::string what, std::string remedy) {
    Error error;
    error.file = path.string();
    error.what = std::move(what);
    error.remedy = std::move(remedy);
    return error;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

/// True if DuckDB will write the rows in the order in which it reads them: it does so, on all
/// threads, where the plan is one pipeline; a join in it (a long `in` is one) breaks the order.
Result<bool> keeps_order(Connection& connection, const RecordSql& sql) {
    std::string plan;
    ICMAP_TRY(connection.read("explain " + sql.create_typed(), [&](const store::Chunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            plan += chunk.text(1, row);
        }
    }));
    return plan.find("BATCH_CREATE_TABLE_AS") != std::string::npos;
}

Error do_not_fit(const std::vector<Error>& faults, const fs::path& path) {
    return together(fmt::format("{} of this source do not fit {}:",
                                counted(faults.size(), "setting"), path.string()),
                    faults);
}

/// The SQL of the project file's own expressions is checked before any row is read.
/// \param relation the SQL that reads the file \param columns the file's
Result<void> check_expressions(Connection& connection, const Target& target, const FileRead& file,
                               const std::string& relation,
                               const std::vector<std::string>& columns) {
    RecordSql& sql = *file.sql;
    if (auto described = connection.describe(sql.typed_query()); !described) {
        const std::vector<Error> faults =
            mapping_faults(connection, target, columns, relation, file.path.string());
        if (faults.empty()) { // not the project file's
            return tl::unexpected(std::move(described).error());
        }
        return tl::unexpected(do_not_fit(faults, file.path));
    }
    if (target.is_json) {
        ICMAP_ASSIGN(const auto faults,
                     keys_not_found(connection, target, relation, file.path.string()));
        if (!faults.empty()) {
            return tl::unexpected(do_not_fit(faults, file.path));
        }
    }
    ICMAP_ASSIGN(const bool is_ordered, keeps_order(connection, sql));
    if (!is_ordered) {
        sql.sort_rows();
    }
    return {};
}

Result<void> note_shift(Connection& connection, FileRead& file) {
    ICMAP_TRY(connection.run("create or replace temp table ingest_shift "
                             "(from_r bigint, rows_before bigint)"));
    std::vector<std::int64_t> from;
    std::vector<std::int64_t> before;
    for (std::size_t i = 0; i < file.places.size(); ++i) {
        const auto rejected = static_cast<std::int64_t>(i) + 1;
        const std::int64_t next_good = static_cast<std::int64_t>(file.places[i].record) - rejected;
        if (!from.empty() && from.back() == next_good) {
            before.back() = rejected; // several in a row
            continue;
        }
        from.push_back(next_good);
        before.push_back(rejected);
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
        file.shifts.emplace_back(from[i], before[i]);
    }
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::int64_t>(from)},
        store::Column{std::span<const std::int64_t>(before)}};
    return store::append_columns(connection, "main", "ingest_shift", columns);
}

/// Finds the lines of the rows that DuckDB could not cut into values.
Result<void> place_structural(Connection& connection, FileRead& file) {
    if (file.structural.empty()) {
        return {};
    }
    std::vector<std::uint64_t> units;
    for (const StructuralReject& reject : file.structural) {
        units.push_back(reject.unit);
    }
    ICMAP_ASSIGN(auto places,
                 find_places(file.path, file.csv->dialect, file.marks, std::move(units), true));
    if (places.size() != file.structural.size()) {
        return tl::unexpected(file_error(
            file.path, "Rows of this file cannot be told apart: its quotes are irregular",
            "Write it again with every quote inside a value doubled"));
    }
    file.places = std::move(places);
    ICMAP_TRY(name_fields(file));
    return note_shift(connection, file);
}

Result<void> load_csv(Connection& connection, FileRead& file, InputHash* hash) {
    ICMAP_TRY(connection.run("drop table if exists reject_errors; "
                             "drop table if exists reject_scans;"));
    // The scan counts the records on a thread of its own, while DuckDB reads them.
    auto scanning =
        std::async(std::launch::async, [&file, hash] { return scan_csv(*file.csv, hash); });
    auto loaded = connection.run(file.sql->create_typed());
    auto scan = scanning.get();
    ICMAP_TRY(scan);
    file.marks = std::move(scan->marks);
    if (!loaded) {
        return tl::unexpected(csv_failure(*file.csv, scan->structure, loaded.error().what));
    }
    ICMAP_ASSIGN(file.structural, take_structural_rejects(connection, file.csv->columns.size()));
    ICMAP_ASSIGN(const auto rows, connection.integer("select count(*) from staging.ingest_typed"));
    file.rows = static_cast<std::uint64_t>(rows);
    ICMAP_TRY(check_nothing_lost(*file.csv, scan->structure, file.records()));
    if (scan->structure.has_nul) {
        file.sql->check_nul_bytes();
    }
    return place_structural(connection, file);
}

Result<FileRead> read_csv_file(Connection& connection, const Target& target, const fs::path& path,
                               std::array<double, 4> bounds, InputHash* hash) {
    ICMAP_ASSIGN(auto opened, open_csv(target, path));
    FileRead file;
    file.path = path;
    file.csv = std::move(opened.first);
    file.columns = std::move(opened.second);
    Target one = target;
    if (file.csv->columns.size() == 1) {
        one.only_column = file.csv->columns[0];
    }
    file.sql = std::make_unique<RecordSql>(one, file.columns, file.csv->relation, bounds);
    ICMAP_TRY(check_expressions(connection, target, file, file.csv->relation, file.csv->columns));
    ICMAP_TRY(load_csv(connection, file, hash));
    return file;
}

/// The rows of a JSON answer: one a record, or with `explode` one an entry of a list in it.
std::string json_rows(const Target& target, const std::string& records, const char* also) {
    if (target.mapping.explode.empty()) {
        return fmt::format("(select record, null::json as entry{} from {})", also, records);
    }
    return fmt::format("(select record, entry{} from {} left join lateral (select "
                       "unnest(json_extract(record, {})) as entry) on true)",
                       also, records, sql_literal(target.mapping.explode + "[*]"));
}

/// One JSON object a line: read as lines, so that a broken one is a reject with its line.
Result<FileRead> read_json_lines(Connection& connection, const Target& target, const fs::path& path,
                                 std::array<double, 4> bounds, InputHash* hash) {
    Target lines = target;
    lines.is_json = true;
    lines.is_line_json = true;
    lines.only_column = "line";
    FileRead file;
    file.path = path;
    ICMAP_ASSIGN(file.columns, match_columns(lines, {}, path.string()));
    CsvFile csv;
    csv.path = path;
    csv.dialect = {'\x1f', '\0', 0, false, true};
    csv.encoding = "utf-8";
    csv.columns = {"line"};
    csv.relation = csv_relation(csv);
    file.csv = std::move(csv);
    const std::string records =
        fmt::format("(select case when json_valid(line) then line::json end as record, line from "
                    "{})",
                    file.csv->relation);
    lines.mapping.explode.clear(); // a line is a row: rows read can be counted
    const std::string rows = json_rows(lines, records, ", line");
    file.sql = std::make_unique<RecordSql>(lines, file.columns, rows, bounds);
    ICMAP_TRY(check_expressions(connection, lines, file, rows, {}));
    ICMAP_TRY(load_csv(connection, file, hash));
    return file;
}

/// Loads what has no lines: Parquet, JSON documents, and what GDAL has put into ingest_raw.
Result<FileRead> load_whole(Connection& connection, const Target& target, const fs::path& path,
                            std::array<double, 4> bounds, const std::string& relation,
                            const std::vector<std::string>& columns) {
    FileRead file;
    file.path = path;
    ICMAP_ASSIGN(file.columns, match_columns(target, columns, path.string()));
    file.sql = std::make_unique<RecordSql>(target, file.columns, relation, bounds);
    ICMAP_TRY(check_expressions(connection, target, file, relation, columns));
    if (auto loaded = connection.run(file.sql->create_typed()); !loaded) {
        return tl::unexpected(file_error(
            path, fmt::format("The file cannot be read: {}", first_line(loaded.error().what)),
            "Export it again"));
    }
    ICMAP_ASSIGN(const auto rows, connection.integer("select count(*) from staging.ingest_typed"));
    file.rows = static_cast<std::uint64_t>(rows);
    return file;
}

Result<FileRead> read_parquet(Connection& connection, const Target& target, const fs::path& path,
                              std::array<double, 4> bounds) {
    const std::string relation = fmt::format("read_parquet({})", store::file_literal(path));
    auto described = connection.describe(fmt::format("select * from {}", relation));
    if (!described) {
        return tl::unexpected(file_error(
            path, fmt::format("The file is not Parquet: {}", first_line(described.error().what)),
            "Export it again"));
    }
    std::vector<std::string> columns;
    for (const store::ColumnInfo& column : *described) {
        columns.push_back(column.name);
    }
    return load_whole(connection, target, path, bounds, relation, columns);
}

Result<FileRead> read_json(Connection& connection, const Target& target, const fs::path& path,
                           std::array<double, 4> bounds) {
    const std::string text =
        fmt::format("(select content from read_text({}))", store::file_literal(path));
    auto valid = connection.integer(
        fmt::format("select case when trim(content) = '' then 2 when json_valid(content) then 1 "
                    "else 0 end from {}",
                    text));
    if (!valid || *valid != 1) {
        const bool is_empty = valid && *valid == 2;
        return tl::unexpected(
            file_error(path, is_empty ? "The file is empty" : "The file is not a JSON document",
                       is_empty ? "Download it again, or take the source out"
                                : "If it holds one object a line, its name must end in .ndjson"));
    }
    const std::string& rows =
        target.source.reader.rows.empty() ? target.preset.reader.rows : target.source.reader.rows;
    const std::string wrapped = sql_literal("$." + (rows.empty() ? "rows" : rows) + "[*]");
    const std::string records = fmt::format(
        "(select unnest(case when json_type(content) = 'ARRAY' then json_extract(content, '$[*]') "
        "when len(json_extract(content, {0})) > 0 then json_extract(content, {0}) "
        "else [content::json] end) as record from {1})",
        wrapped, text);
    Target json = target;
    json.is_json = true;
    return load_whole(connection, json, path, bounds, json_rows(json, records, ""), {});
}

enum class FileType { delimited, parquet, json, json_lines, gdal };

FileType type_of(const Target& target, const fs::path& path) {
    const std::string ending = plain_extension(path);
    if (ending == "parquet" || ending == "pq") {
        return FileType::parquet;
    }
    if (ending == "ndjson" || ending == "jsonl") {
        return FileType::json_lines;
    }
    if (ending == "json") {
        return target.kind.field("geometry") != nullptr ? FileType::gdal : FileType::json;
    }
    for (const char* text : {"csv", "tsv", "tab", "txt", "psv", ""}) {
        if (ending == text) {
            return FileType::delimited;
        }
    }
    return FileType::gdal;
}

Result<FileRead> load_file(Connection& connection, const Target& target, const fs::path& path,
                           std::array<double, 4> bounds, InputHash* hash) {
    const FileType type = type_of(target, path);
    if (type == FileType::delimited) {
        return read_csv_file(connection, target, path, bounds, hash);
    }
    if (type == FileType::json_lines) {
        return read_json_lines(connection, target, path, bounds, hash);
    }
    if (const bool is_packed = path.extension() == ".gz" || path.extension() == ".zst";
        is_packed && type == FileType::parquet) {
        return tl::unexpected(file_error(path, "Parquet is compressed already",
                                         "Unpack the file and name it .parquet"));
    } else if (is_packed && type == FileType::json) {
        return tl::unexpected(file_error(
            path, "A JSON document is read unpacked",
            fmt::format("Unpack the file and name it .json; if it holds one object a line, name it "
                        ".ndjson{}, which is read as it is",
                        path.extension().string())));
    }
    if (hash != nullptr) {
        ICMAP_TRY(hash_file(path, *hash));
    }
    if (type == FileType::parquet) {
        return read_parquet(connection, target, path, bounds);
    }
    if (type == FileType::json) {
        return read_json(connection, target, path, bounds);
    }
    const std::string& layer = target.source.reader.layer.empty() ? target.preset.reader.layer
                                                                  : target.source.reader.layer;
    ICMAP_ASSIGN(const GdalTable table,
                 read_with_gdal(connection, path, layer, target.source.reader.crs));
    return load_whole(connection, target, path, bounds, "ingest_raw", table.columns);
}

Result<void> find_all_problems(Connection& connection, FileRead& file) {
    ICMAP_TRY(connection.run(
        "create or replace temp table ingest_problem (r bigint, field varchar, code varchar, value "
        "varchar, severity varchar, detail varchar)"));
    for (Check& check : file.sql->checks()) {
        ICMAP_ASSIGN(const std::uint64_t found,
                     connection.execute(RecordSql::find_problems(check), {}));
        check.was_found = found > 0;
    }
    // A sum that is copied into pounds is told once.
    ICMAP_TRY(connection.run(
        "delete from ingest_problem where rowid in (select p.rowid from ingest_problem p join "
        "ingest_problem q using (r, code, value) where p.field in ('amount_gbp', 'award_gbp') and "
        "q.field in ('amount', 'award_amount'))"));
    ICMAP_ASSIGN(
        const auto errors,
        connection.integer("select count(*) from ingest_problem where severity = 'error'"));
    ICMAP_TRY(find_duplicates(connection, *file.sql, errors > 0));
    ICMAP_ASSIGN(const auto wrong,
                 connection.integer("select count(distinct r) from ingest_problem where severity "
                                    "= 'error'"));
    file.rows_wrong = static_cast<std::uint64_t>(wrong);
    ICMAP_ASSIGN(const auto outside,
                 connection.integer("select count(*) from staging.ingest_typed where not inside"));
    file.rows_outside = static_cast<std::uint64_t>(outside);
    return {};
}

} // namespace

Result<FileRead> read_file(Connection& connection, const Target& target, const fs::path& path,
                           std::array<double, 4> bounds, InputHash* hash) {
    ICMAP_ASSIGN(FileRead file, load_file(connection, target, path, bounds, hash));
    const std::string& crs =
        target.source.reader.crs.empty() ? target.preset.reader.crs : target.source.reader.crs;
    ICMAP_TRY(make_side_columns(connection, *file.sql, crs));
    ICMAP_TRY(connection.run(file.sql->create_row_view()));
    ICMAP_TRY(find_all_problems(connection, file));
    return file;
}

} // namespace icmap::ingest
