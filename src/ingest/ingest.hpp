#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "ingest/source.hpp"
#include "store/connection.hpp"

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace icmap::ingest {

struct IngestOptions {
    /// What positions must lie in where the format does not say it: lon_min, lat_min, lon_max,
    /// lat_max, degrees. Without it: the whole Earth.
    std::optional<std::array<double, 4>> bounds = std::nullopt;
    /// Pounds for one unit of a currency; amounts in currencies not listed have no award_gbp or
    /// amount_gbp unless the source gives pounds itself.
    std::map<std::string, double> gbp_per = {};
    bool keep_going = false; ///< validate: a source that cannot be read does not stop the others
};

/// Reads every source into typed records: fills `source` and `reject` of the atlas and the
/// `staging.*_record` tables, which must exist (schema/atlas.sql, schema/staging.sql).
/// Every row of every source ends either in staging or, with its file, line, field, code, value and
/// remedy, in `reject`; rows_read = rows_kept + rows_rejected for each source. Same files, same
/// rows in the same order, whatever the number of threads.
/// With `keep_going`, a source that cannot be read gets a report whose `failures` say why.
/// \returns one report a source, in the order given (a source of two files of different kinds
///          counts as two)
/// \errors input: a file is missing, empty or unreadable, a required column is missing, an
///         expression of the project file is wrong; all of them are collected into one error
[[nodiscard]] Result<std::vector<SourceReport>> ingest(store::Connection& connection,
                                                       std::span<const Source> sources,
                                                       const IngestOptions& options,
                                                       Progress& progress);

/// The hash of the files of each source, as `ingest` writes it to the table `source`, in its order.
/// \errors input: a file is missing or cannot be read
[[nodiscard]] Result<std::vector<std::string>> source_hashes(std::span<const Source> sources);

} // namespace icmap::ingest
