#pragma once

#include "ingest/csv_reader.hpp"
#include "ingest/record_sql.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace icmap::ingest {

/// One file of a source, read into ingest_typed and checked: its problems are in ingest_problem.
struct FileRead {
    std::string as_written; ///< FileRange::as_written
    std::filesystem::path path;
    MatchedColumns columns;
    std::unique_ptr<RecordSql> sql;
    std::optional<CsvFile> csv;               ///< delimited files: what lines are found with
    std::vector<CsvMark> marks;               ///< of its scan
    std::vector<StructuralReject> structural; ///< rows that never became values
    std::vector<RecordPlace> places;          ///< of these, one each
    /// Where rows that never became values lie before the r-th row: {first such r, how many}.
    std::vector<std::pair<std::int64_t, std::int64_t>> shifts;
    std::uint64_t rows = 0;         ///< of ingest_typed
    std::uint64_t rows_outside = 0; ///< of these, left out by `where`
    std::uint64_t rows_wrong = 0;   ///< of these, rejected
    [[nodiscard]] std::uint64_t records() const { return rows + structural.size(); }
};

/// Reads one file: columns matched, values typed, everything checked.
/// \param hash gets the file's bytes; may be null (a second reading of the same file)
/// \errors input: see ingest
[[nodiscard]] Result<FileRead> read_file(store::Connection& connection, const Target& target,
                                         const std::filesystem::path& path,
                                         std::array<double, 4> bounds, InputHash* hash);

} // namespace icmap::ingest
