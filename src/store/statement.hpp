#pragma once

#include "base/result.hpp"

#include <duckdb.h>
#include <string_view>

namespace icmap::store {

/// A duckdb_result that is freed.
struct Answer {
    duckdb_result result{};
    Answer() = default;
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    ~Answer() { duckdb_destroy_result(&result); }
};

/// A duckdb_prepared_statement that is freed.
struct Statement {
    duckdb_prepared_statement statement = nullptr;
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { duckdb_destroy_prepare(&statement); }
};

/// Whether an answer is whole when it is given, or made as it is fetched.
enum class Giving { whole, as_fetched };

/// Runs a prepared statement. A thread that has nothing to do but wait for the others sleeps:
/// DuckDB's own call asks without end, which takes a processor from work beside it.
[[nodiscard]] Result<void> execute(const Statement& prepared, Giving giving, Answer& answer);

/// Runs statements that a semicolon ends, one after the other.
[[nodiscard]] Result<void> execute_all(duckdb_connection connection, std::string_view statements);

} // namespace icmap::store
