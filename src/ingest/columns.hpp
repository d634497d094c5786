#pragma once

#include "base/result.hpp"
#include "ingest/catalog.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::ingest {

/// What a source is to become: one kind of record, by one mapping of a preset.
struct Target {
    Kind kind;
    Preset preset;
    Mapping mapping;
    Source source;
    bool is_json = false;      ///< inputs are paths into the one column `record`
    bool is_line_json = false; ///< one JSON object a line, the text beside it in `line`
    std::string only_column;   ///< of a one-column file: rows where it is blank are no rows
};

/// One of our fields and the SQL over the source's columns (or inputs) that makes it.
struct FieldSource {
    std::string field;
    std::string expression;
    bool over_source = false; ///< of the project file, over the source's own columns
};

/// The columns of a file matched with what its records need.
struct MatchedColumns {
    /// Our input and the SQL that reads it: a quoted column, a JSON path, or null::varchar.
    std::vector<std::pair<std::string, std::string>> inputs;
    std::vector<FieldSource> fields;
    std::vector<std::string> found;
    std::vector<std::string> missing; ///< optional inputs, by the name their column usually has
    std::vector<std::string> ignored;
    bool has_wrong_names = false; ///< the project file names columns that the file does not have
};

/// Matches the names of a file's columns with the inputs that the mapping uses.
/// \param header_line of the file, where it has lines
/// \errors input: a column that a required field needs is missing (the nearest column is named)
[[nodiscard]] Result<MatchedColumns> match_columns(const Target& target,
                                                   const std::vector<std::string>& columns,
                                                   const std::string& file,
                                                   std::uint64_t header_line = 0);

/// The column that is one of `names` (case and surrounding blanks aside; "~" starts a regular
/// expression), or nothing. Names come before columns: the first name found wins.
[[nodiscard]] std::optional<std::string> find_column(const std::vector<std::string>& names,
                                                     const std::vector<std::string>& columns);

/// Header cells as unique column names: blanks around them taken off, empty ones called
/// "column 3", repeated ones "name 2".
[[nodiscard]] std::vector<std::string> column_names(std::vector<std::string> cells);

/// The identifiers of an SQL expression, quoted ones without their quotes; texts are left out.
[[nodiscard]] std::vector<std::string> identifiers_of(std::string_view expression);

} // namespace icmap::ingest
