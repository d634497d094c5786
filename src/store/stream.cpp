#include "store/stream.hpp"

#include "store/database_error.hpp"
#include "store/enum_words.hpp"
#include "store/statement.hpp"

#include <duckdb.h>
#include <string>
#include <vector>

namespace icmap::store {
namespace {

struct Fetched {
    duckdb_data_chunk chunk = nullptr;
    explicit Fetched(duckdb_data_chunk given) : chunk(given) {}
    Fetched(const Fetched&) = delete;
    Fetched& operator=(const Fetched&) = delete;
    ~Fetched() { duckdb_destroy_data_chunk(&chunk); }
};

} // namespace

Result<void> stream(Connection& connection, std::string_view query,
                    const std::function<void(const Chunk&)>& rows) {
    Statement prepared;
    Answer answer;
    auto* handle = static_cast<duckdb_connection>(connection.handle());
    if (duckdb_prepare(handle, std::string(query).c_str(), &prepared.statement) == DuckDBError) {
        return tl::unexpected(database_error(duckdb_prepare_error(prepared.statement)));
    }
    ICMAP_TRY(execute(prepared, Giving::as_fetched, answer));
    const std::vector<EnumWords> words = words_of_columns(answer.result);
    for (;;) {
        const Fetched fetched(duckdb_fetch_chunk(answer.result));
        if (fetched.chunk == nullptr) {
            break;
        }
        rows(Chunk(fetched.chunk, words));
    }
    // The end and a failure on the way look the same.
    if (const char* error = duckdb_result_error(&answer.result); error != nullptr && *error != 0) {
        return tl::unexpected(database_error(error));
    }
    return {};
}

} // namespace icmap::store
