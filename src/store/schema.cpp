#include "store/schema.hpp"

#include "base/program_name.hpp"
#include "store/steps.hpp"

#include <fmt/format.h>
#include <future>
#include <string>

namespace icmap::store {
namespace {

/// "table.column TYPE" of all tables of a new atlas, one a line.
Result<std::string> columns_of_schema() {
    DatabaseOptions small;
    small.threads = 1;
    ICMAP_ASSIGN(const auto database, Database::open(":memory:", small));
    ICMAP_ASSIGN(auto connection, database.connect());
    ICMAP_TRY(create_atlas_schema(connection));
    return connection.text(
        "select string_agg(table_name || '.' || column_name || ' ' || data_type, chr(10) "
        "order by table_name, column_index) from duckdb_columns() "
        "where not internal");
}

/// Found out once, beside whatever else is done.
const std::shared_future<Result<std::string>>& wanted_columns() {
    static const std::shared_future<Result<std::string>> wanted =
        std::async(std::launch::async, columns_of_schema).share();
    return wanted;
}

} // namespace

void prepare_schema_check() {
    (void)wanted_columns();
}

Result<void> check_schema(Connection& connection, const std::filesystem::path& path) {
    const Result<std::string>& wanted = wanted_columns().get();
    if (!wanted) {
        return tl::unexpected(wanted.error());
    }
    ICMAP_ASSIGN(
        const std::string missing,
        connection.text(fmt::format(
            "select coalesce(min(split_part(wanted, ' ', 1)), '') from unnest(string_split({}, "
            "chr(10))) as w(wanted) where wanted not in (select table_name || '.' || "
            "column_name || ' ' || data_type from duckdb_columns() where database_name = "
            "current_database())",
            sql_literal(*wanted))));
    if (missing.empty()) {
        return {};
    }
    Error error;
    error.what = fmt::format(
        "Another version of icmap made this atlas: it has no {} of the type that is read here",
        missing);
    error.file = path.string();
    error.remedy = fmt::format("Build it anew: {} build PROJECT.toml -o {} --from ingest",
                               program_name(), path.string());
    return tl::unexpected(std::move(error));
}

} // namespace icmap::store
