#pragma once

#include "ingest/record_sql.hpp"
#include "store/connection.hpp"

namespace icmap::ingest {

/// Tells in ingest_problem the rows of the view ingest_row whose key a row before has, or that
/// staging has already. Keys are compared where their hashes meet only: nearly all files have no
/// such rows. \complexity linear in rows, but for the order of their hashes
[[nodiscard]] Result<void> find_duplicates(store::Connection& connection, const RecordSql& sql,
                                           bool has_errors);

} // namespace icmap::ingest
