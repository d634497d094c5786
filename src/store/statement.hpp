#pragma once

#include <duckdb.h>

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

} // namespace icmap::store
