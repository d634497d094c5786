#pragma once

#include "ingest/byte_stream.hpp"
#include "ingest/columns.hpp"
#include "ingest/csv_structure.hpp"
#include "store/connection.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace icmap::ingest {

/// How one delimited file is read.
struct CsvFile {
    std::filesystem::path path;
    CsvDialect dialect;
    std::string encoding;
    std::vector<std::string> columns;
    std::string relation; ///< SQL: the table function that reads it, all columns varchar
};

/// Reads the header, decides the delimiter among those the format is known with, and matches the
/// columns.
/// \errors input: empty; UTF-16; wrong delimiter (says which it looks like); column missing
[[nodiscard]] Result<std::pair<CsvFile, MatchedColumns>>
open_csv(const Target& target, const std::filesystem::path& path);

/// The table function that reads the file with exactly this dialect: nothing is guessed.
[[nodiscard]] std::string csv_relation(const CsvFile& file);

/// A row that does not fit the file.
struct StructuralReject {
    std::string field;      ///< the column at fault, where one is
    std::uint64_t unit = 0; ///< as DuckDB counts: the header, records and blank lines
    std::string code;       ///< of reference/reject_codes.toml
    std::string value;
    std::string limit;
};

/// Takes the rows that the last read of this connection rejected, one entry a row, in file order.
[[nodiscard]] Result<std::vector<StructuralReject>>
take_structural_rejects(store::Connection& connection, std::size_t columns);

struct CsvScan {
    CsvStructure structure;
    std::vector<CsvMark> marks;
};
/// Reads the whole file, hashing its bytes, and counts its records.
[[nodiscard]] Result<CsvScan> scan_csv(const CsvFile& file, InputHash* hash);

/// Finds where records lie; of a plain file only the parts around them are read.
/// \param marks of the file's scan
/// \param wanted records (or, `by_unit`, units); ascending
[[nodiscard]] Result<std::vector<RecordPlace>>
find_places(const std::filesystem::path& path, const CsvDialect& dialect,
            std::span<const CsvMark> marks, std::vector<std::uint64_t> wanted, bool by_unit);

/// Longest record that is read, bytes.
inline constexpr std::uint64_t kLongestRecordBytes = 4'000'000;

/// Compares what DuckDB made of a file with what the scan counted.
/// \param read_records rows read and rows rejected
/// \errors input: an unclosed quote, lines too long, mixed line endings; internal: they differ
///         for no known reason
[[nodiscard]] Result<void> check_nothing_lost(const CsvFile& file, const CsvStructure& structure,
                                              std::uint64_t read_records);

/// DuckDB's complaint about a file as an error of ours.
[[nodiscard]] Error csv_failure(const CsvFile& file, const CsvStructure& structure,
                                const std::string& reason);

} // namespace icmap::ingest
