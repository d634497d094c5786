#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "ingest/source.hpp"
#include "store/connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace icmap::ingest {

struct IngestOptions {
    std::string as_of;       ///< ISO date of the project; later dates are impossible dates
    bool keep_going = false; ///< validate: a source that cannot be read does not stop the others
};

/// Reads every source into typed records: fills `source` and `reject` of the atlas and the
/// `staging.*_record` tables, which must exist (schema/atlas.sql, schema/staging.sql).
/// Every row of every source ends either in staging or, with its file, line, field, code, value and
/// remedy, in `reject`; rows_read = rows_kept + rows_rejected for each source. Same files, same
/// rows in the same order, whatever the number of threads.
/// \returns one report a source, in the order given (a source of two files of different kinds
///          counts as two)
/// \errors input: a file is missing, empty or unreadable, a required column is missing, an
///         expression of the project file is wrong; all of them are collected into one error
[[nodiscard]] Result<std::vector<SourceReport>> ingest(store::Connection& connection,
                                                       std::span<const Source> sources,
                                                       const IngestOptions& options,
                                                       Progress& progress);

} // namespace icmap::ingest
