#include "store/statement.hpp"

#include "store/database_error.hpp"

#include <chrono>
#include <string>
#include <thread>

namespace icmap::store {
namespace {

struct Pending {
    duckdb_pending_result result = nullptr;
    Pending() = default;
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    ~Pending() { duckdb_destroy_pending(&result); }
};

struct Extracted {
    duckdb_extracted_statements statements = nullptr;
    Extracted() = default;
    Extracted(const Extracted&) = delete;
    Extracted& operator=(const Extracted&) = delete;
    ~Extracted() { duckdb_destroy_extracted(&statements); }
};

/// Long enough to cost nothing, short enough that no statement is seen to end late.
constexpr std::chrono::microseconds kNap{50};

tl::unexpected<Error> failure(const char* text) {
    return tl::unexpected(database_error(text));
}

Result<void> work_until_ready(const Pending& pending) {
    for (;;) {
        switch (duckdb_pending_execute_task(pending.result)) {
        case DUCKDB_PENDING_RESULT_READY:
            return {};
        case DUCKDB_PENDING_ERROR:
            return failure(duckdb_pending_error(pending.result));
        case DUCKDB_PENDING_NO_TASKS_AVAILABLE:
            std::this_thread::sleep_for(kNap);
            break;
        case DUCKDB_PENDING_RESULT_NOT_READY:
            break;
        }
    }
}

} // namespace

Result<void> execute(const Statement& prepared, Giving giving, Answer& answer) {
    Pending pending;
    const auto begin =
        giving == Giving::whole ? duckdb_pending_prepared : duckdb_pending_prepared_streaming;
    if (begin(prepared.statement, &pending.result) == DuckDBError) {
        return failure(duckdb_pending_error(pending.result));
    }
    ICMAP_TRY(work_until_ready(pending));
    if (duckdb_execute_pending(pending.result, &answer.result) == DuckDBError) {
        return failure(duckdb_result_error(&answer.result));
    }
    return {};
}

Result<void> execute_all(duckdb_connection connection, std::string_view statements) {
    Extracted all;
    const idx_t count =
        duckdb_extract_statements(connection, std::string(statements).c_str(), &all.statements);
    if (count == 0) {
        const char* error = duckdb_extract_statements_error(all.statements);
        return error == nullptr ? Result<void>() : failure(error);
    }
    for (idx_t i = 0; i < count; ++i) {
        Statement prepared;
        if (duckdb_prepare_extracted_statement(connection, all.statements, i,
                                               &prepared.statement) == DuckDBError) {
            return failure(duckdb_prepare_error(prepared.statement));
        }
        Answer answer;
        ICMAP_TRY(execute(prepared, Giving::whole, answer));
    }
    return {};
}

} // namespace icmap::store
