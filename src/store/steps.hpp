#pragma once

#include "store/connection.hpp"

namespace icmap::store {

/// Runs the embedded SQL file at `path` below sql/ ("locate/firms.sql").
/// Parameters reach it as variables (`Connection::set_variable`, read by getvariable).
/// \errors internal: no such file; otherwise DuckDB's message with the step's name
[[nodiscard]] Result<void> run_step(Connection& connection, std::string_view path);

/// Creates the tables of the atlas (sql/schema/atlas.sql and clusters.sql) in the current database.
[[nodiscard]] Result<void> create_atlas_schema(Connection& connection);

/// Creates those of its tables that tell of clusters.
[[nodiscard]] Result<void> create_cluster_tables(Connection& connection);

} // namespace icmap::store
