#pragma once

#include "ingest/source.hpp"
#include "store/connection.hpp"

#include <span>

namespace icmap::ingest {

/// Fills in file and line of what was found wrong with records after they were read (by locating):
/// rows of main.reject that have a record and no line. Files without lines get the file alone.
/// \param sources as ingest() reported them
/// \complexity one pass over each delimited file that such a record comes from
[[nodiscard]] Result<void> find_reject_lines(store::Connection& connection,
                                             std::span<const SourceReport> sources);

/// Counts anew what main.reject holds of each source.
[[nodiscard]] Result<void> count_rejects(store::Connection& connection, SourceReport& report);

} // namespace icmap::ingest
