#include "ingest/reject_lines.hpp"

#include "ingest/csv_reader.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace icmap::ingest {
namespace {

/// Records of one source, ascending.
using Wanted = std::map<std::uint16_t, std::vector<std::uint64_t>>;

Result<Wanted> records_without_line(store::Connection& connection) {
    Wanted wanted;
    ICMAP_TRY(
        connection.read("select distinct source_id::bigint, record::bigint from main.reject "
                        "where line is null and record is not null order by all",
                        [&wanted](const store::Chunk& chunk) {
                            for (std::size_t i = 0; i < chunk.size(); ++i) {
                                const auto source = chunk.column<std::int64_t>(0)[i];
                                wanted[static_cast<std::uint16_t>(source)].push_back(
                                    static_cast<std::uint64_t>(chunk.column<std::int64_t>(1)[i]));
                            }
                        }));
    return wanted;
}

/// What was found, column by column, as it goes into a table.
struct Found {
    std::vector<std::uint64_t> source;
    std::vector<std::uint64_t> record;
    std::vector<std::uint64_t> line; ///< 0: the file has none
    std::vector<std::string> file;
    void add(std::uint16_t source_id, std::uint64_t record_id, std::uint64_t at,
             const std::string& path) {
        source.push_back(source_id);
        record.push_back(record_id);
        line.push_back(at);
        file.push_back(path);
    }
};

Result<void> find_in(const FileRange& file, std::uint16_t source_id,
                     std::span<const std::uint64_t> records, Found& found) {
    const auto begin = std::lower_bound(records.begin(), records.end(), file.first_record);
    const auto end = std::lower_bound(begin, records.end(), file.first_record + file.records);
    if (begin == end) {
        return {};
    }
    if (!file.dialect) {
        std::for_each(begin, end, [&](std::uint64_t record) {
            found.add(source_id, record, 0, file.as_written);
        });
        return {};
    }
    std::vector<std::uint64_t> ordinals(begin, end);
    for (std::uint64_t& ordinal : ordinals) {
        ordinal -= file.first_record - 1;
    }
    ICMAP_ASSIGN(const auto places,
                 find_places(file.path, *file.dialect, file.marks, std::move(ordinals), false));
    for (const RecordPlace& place : places) {
        found.add(source_id, place.record + file.first_record - 1, place.line, file.as_written);
    }
    return {};
}

/// The example as a message, with the file as it is reached from here.
std::string reached(std::string_view example, const SourceReport& report) {
    for (const FileRange& file : report.ranges) {
        if (example.starts_with(file.as_written + ":") ||
            example.starts_with(file.as_written + ",")) {
            return file.path.string() + std::string(example.substr(file.as_written.size()));
        }
    }
    return std::string(example);
}

} // namespace

Result<void> find_reject_lines(store::Connection& connection,
                               std::span<const SourceReport> sources) {
    ICMAP_ASSIGN(const Wanted wanted, records_without_line(connection));
    Found found;
    for (const SourceReport& source : sources) {
        const auto records = wanted.find(source.source_id);
        if (records == wanted.end()) {
            continue;
        }
        for (const FileRange& file : source.ranges) {
            ICMAP_TRY(find_in(file, source.source_id, records->second, found));
        }
    }
    if (found.record.empty()) {
        return {};
    }
    ICMAP_TRY(connection.run("create or replace temp table ingest_found (source_id ubigint, "
                             "record ubigint, line ubigint, file varchar)"));
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint64_t>(found.source)},
        store::Column{std::span<const std::uint64_t>(found.record)},
        store::Column{std::span<const std::uint64_t>(found.line)},
        store::Column{std::span<const std::string>(found.file)}};
    ICMAP_TRY(store::append_columns(connection, "main", "ingest_found", columns));
    return connection.run(
        "update main.reject set line = nullif(f.line, 0), file = f.file from ingest_found f where "
        "reject.line is null and reject.source_id = f.source_id and reject.record = f.record; "
        "drop table ingest_found;");
}

Result<void> count_rejects(store::Connection& connection, SourceReport& report) {
    report.rejects.clear();
    report.warnings = 0;
    return connection.read(
        fmt::format(
            "select code, severity, coalesce(field, ''), count(*)::bigint, "
            "arg_min(file || coalesce(':' || line, ', record ' || record, '') || ': ' || "
            "message || coalesce(' (field \"' || field || '\"' || coalesce(', value \"' || "
            "value || '\"', '') || ')', ''), (record, coalesce(value, ''), message), 5) from "
            "main.reject where source_id = {} group by all order by 2, 4 desc, 1, 3",
            report.source_id),
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                RejectCount count;
                count.code = chunk.text(0, row);
                count.severity = chunk.text(1, row);
                count.field = chunk.text(2, row);
                count.rows = static_cast<std::uint64_t>(chunk.column<std::int64_t>(3)[row]);
                for (const std::string_view example : chunk.texts(4, row)) {
                    count.examples.push_back(reached(example, report));
                }
                report.warnings += count.severity == "warning" ? count.rows : 0;
                report.rejects.push_back(std::move(count));
            }
        });
}

} // namespace icmap::ingest
