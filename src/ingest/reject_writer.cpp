#include "ingest/reject_writer.hpp"

#include "store/bulk_append.hpp"

#include <fmt/format.h>

namespace icmap::ingest {
namespace {
using store::Column;
using store::Connection;
using store::sql_literal;

/// The line of every record with a problem, into ingest_line.
Result<void> find_lines(Connection& connection, const FileRead& file) {
    ICMAP_TRY(connection.run("create or replace temp table ingest_line (record ubigint, line "
                             "ubigint)"));
    if (!file.csv) {
        return {};
    }
    std::vector<std::uint64_t> wanted;
    ICMAP_TRY(connection.read("select distinct record::ubigint from ingest_wrong order by 1",
                              [&](const store::Chunk& chunk) {
                                  const auto column = chunk.column<std::uint64_t>(0);
                                  wanted.insert(wanted.end(), column.begin(), column.end());
                              }));
    if (wanted.empty()) {
        return {};
    }
    ICMAP_ASSIGN(const auto places,
                 find_places(file.path, file.csv->dialect, file.marks, std::move(wanted), false));
    std::vector<std::uint64_t> records;
    std::vector<std::uint64_t> lines;
    for (const RecordPlace& place : places) {
        records.push_back(place.record);
        lines.push_back(place.line);
    }
    const std::array<Column, 2> columns{Column{std::span<const std::uint64_t>(records)},
                                        Column{std::span<const std::uint64_t>(lines)}};
    return store::append_columns(connection, "main", "ingest_line", columns);
}

/// The rows that do not fit the file, into ingest_structural.
Result<void> note_structural(Connection& connection, const FileRead& file) {
    ICMAP_TRY(connection.run(
        "create or replace temp table ingest_structural (record ubigint, "
        "line ubigint, field varchar, code varchar, value varchar, detail varchar)"));
    std::vector<std::uint64_t> records;
    std::vector<std::uint64_t> lines;
    std::vector<std::string> fields;
    std::vector<std::string> codes;
    std::vector<std::string> values;
    std::vector<std::string> details;
    for (std::size_t i = 0; i < file.structural.size(); ++i) {
        records.push_back(file.places[i].record);
        lines.push_back(file.places[i].line);
        fields.push_back(file.structural[i].field);
        codes.push_back(file.structural[i].code);
        values.push_back(file.structural[i].value);
        details.push_back(file.structural[i].limit);
    }
    const std::array<Column, 6> columns{Column{std::span<const std::uint64_t>(records)},
                                        Column{std::span<const std::uint64_t>(lines)},
                                        Column{std::span<const std::string>(fields)},
                                        Column{std::span<const std::string>(codes)},
                                        Column{std::span<const std::string>(values)},
                                        Column{std::span<const std::string>(details)}};
    return store::append_columns(connection, "main", "ingest_structural", columns);
}

constexpr std::string_view kMessage =
    "replace(replace(replace(c.message, '{{field}}', coalesce(p.field, '')), '{{value}}', "
    "coalesce(p.value, '')), '{{limit}}', coalesce(p.detail, ''))";

} // namespace

Result<void> load_codes(Connection& connection) {
    ICMAP_ASSIGN(const auto codes, load_reject_codes());
    ICMAP_TRY(connection.run("create or replace temp table ingest_code (code varchar, message "
                             "varchar)"));
    for (const RejectCode& code : codes) {
        ICMAP_TRY(
            connection.execute("insert into ingest_code values ($1, $2)",
                               {std::string_view(code.code), std::string_view(code.message)}));
    }
    return {};
}

Result<void> write_rejects(Connection& connection, const FileRead& file, std::uint16_t source_id,
                           std::uint64_t first_record, bool only_warnings) {
    ICMAP_ASSIGN(const auto problems, connection.integer("select count(*) from ingest_problem"));
    if (problems == 0 && (file.structural.empty() || only_warnings)) {
        return {};
    }
    const bool is_shifted = !file.structural.empty();
    ICMAP_TRY(connection.run(fmt::format(
        "create or replace temp table ingest_wrong as select p.*, (p.r + 1{})::ubigint as record "
        "from ingest_problem p{}",
        is_shifted ? " + coalesce(shift.rows_before, 0)" : "",
        is_shifted ? " asof left join ingest_shift shift on p.r >= shift.from_r" : "")));
    ICMAP_TRY(find_lines(connection, file));
    const std::string message = fmt::format(fmt::runtime(kMessage));
    const std::string severity = only_warnings ? "'warning'" : "p.severity";
    const std::string known =
        only_warnings
            ? fmt::format(" where (p.record + {}, p.code) not in (select record, code from "
                          "main.reject where source_id = {} and record is not null)",
                          first_record - 1, source_id)
            : std::string();
    ICMAP_TRY(connection.run(fmt::format(
        "insert into main.reject select {0}, {1}, l.line, p.record + {2}, p.field, p.code, "
        "p.value, "
        "{3}, {4} from ingest_wrong p join ingest_code c on c.code = p.code left join ingest_line "
        "l on l.record = p.record{5} order by p.record, p.field, p.code",
        source_id, sql_literal(file.as_written), first_record - 1, severity, message, known)));
    if (file.structural.empty() || only_warnings) {
        return {};
    }
    ICMAP_TRY(note_structural(connection, file));
    return connection.run(fmt::format(
        "insert into main.reject select {0}, {1}, p.line, p.record + {2}, p.field, p.code, "
        "p.value, 'error', {3} from (select * replace (nullif(field, '') as field) from "
        "ingest_structural) p join ingest_code c on c.code = p.code order by p.record",
        source_id, sql_literal(file.as_written), first_record - 1, message));
}

} // namespace icmap::ingest
