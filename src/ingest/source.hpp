#pragma once

#include "base/result.hpp"
#include "ingest/csv_structure.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace icmap::ingest {

/// How a delimited text, workbook or geometry file is to be read, where the preset does not say it
/// or is wrong. Empty means: as the preset says, otherwise the default of the format.
struct ReaderOptions {
    std::string delimiter; ///< one character, or "tab"
    std::string quote;     ///< one character, or "none"
    std::string encoding;  ///< "utf-8" (default) or "latin-1"
    std::string layer;     ///< of a workbook or geometry file: sheet or layer; empty = the first
    std::string rows;      ///< JSON: where the list of records lies ("projects.project")
    std::string crs;       ///< of the geometry or x/y columns, where the file does not say it
    std::uint32_t skip_lines = 0; ///< lines before the header
};

/// One `[[source]]` of a project file.
struct Source {
    std::string kind;   ///< a file in reference/kinds/: firms, postcodes, …
    std::string format; ///< a file in reference/presets/: companies-house, table, …
    std::vector<std::string> path_globs;          ///< as written
    std::vector<std::string> participation_globs; ///< kind "projects": the file of participations
    std::filesystem::path base;                   ///< folder of the project file
    std::string licence;                          ///< these five override what the preset says
    std::string title;
    std::string attribution;
    std::string url;
    std::string dated;
    std::map<std::string, std::string> columns; ///< our field = their column or an SQL expression
    std::map<std::string, std::uint32_t> column_lines; ///< where each of them stands, 1-based
    std::string one_per; ///< fields: rows that share them are one record (the first row's values)
    std::string where;   ///< SQL condition over the source's columns; rows outside are not of it
    std::uint32_t where_line = 0;
    ReaderOptions reader;
    std::string project_file;       ///< for messages
    std::uint32_t project_line = 0; ///< where the [[source]] starts, 1-based
};

/// One thing that was wrong with some rows, counted.
struct RejectCount {
    std::string code;     ///< of reference/reject_codes.toml
    std::string severity; ///< error | warning
    std::string field;
    std::uint64_t rows = 0;
    /// The first five of them, as "file:line: message (field "x", value "y")".
    std::vector<std::string> examples;
};

/// Which records of a source one of its files holds.
struct FileRange {
    std::filesystem::path path; ///< as it is reached from here
    std::string as_written;     ///< as the project file names it: what is kept in the atlas
    std::uint64_t first_record = 1;
    std::uint64_t records = 0;
    std::optional<CsvDialect> dialect; ///< of delimited files: with it lines are found
    std::vector<CsvMark> marks;        ///< of its scan
};

/// What was read of one source. rows_read = rows_kept + rows_rejected, always.
struct SourceReport {
    std::uint16_t source_id = 0; ///< 1-based, in the order of the project file
    std::string kind;
    std::string format;
    std::string path;  ///< as written
    std::string layer; ///< of the file, where the project names one
    std::vector<std::string> files;
    std::vector<FileRange> ranges; ///< of the same files
    std::uint64_t bytes = 0;
    std::uint64_t rows_read = 0;
    std::uint64_t rows_kept = 0;
    std::uint64_t rows_rejected = 0;
    std::uint64_t rows_outside = 0; ///< rows that `where` leaves out; they are not of the source
    std::uint64_t warnings = 0;
    std::uint64_t records = 0; ///< rows written to staging; fewer than kept where rows are merged
    std::vector<std::string> columns_found;   ///< columns of the source that were used
    std::vector<std::string> columns_missing; ///< optional ones that the source does not have
    std::vector<std::string> columns_ignored; ///< columns of the source that nothing uses
    std::vector<RejectCount> rejects;         ///< most frequent first
    std::vector<Error> failures;              ///< why it could not be read; empty when it was
    double seconds = 0.0;
};

} // namespace icmap::ingest
