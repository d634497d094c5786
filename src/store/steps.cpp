#include "store/steps.hpp"

#include "base/embedded.hpp"

#include <fmt/format.h>

namespace icmap::store {

Result<void> run_step(Connection& connection, std::string_view path) {
    const auto text = base::find_text(sql::texts(), path);
    if (!text) {
        return internal_error(fmt::format("there is no SQL step named {}", path));
    }
    auto done = connection.run(*text);
    if (!done) {
        Error error = std::move(done).error();
        if (error.remedy.empty()) { // otherwise it is the machine's fault, not the step's
            error.what = fmt::format("SQL step {} failed: {}", path, error.what);
        }
        return tl::unexpected(std::move(error));
    }
    return {};
}

Result<void> create_atlas_schema(Connection& connection) {
    ICMAP_TRY(run_step(connection, "schema/atlas.sql"));
    return create_cluster_tables(connection);
}

Result<void> create_cluster_tables(Connection& connection) {
    return run_step(connection, "schema/clusters.sql");
}

} // namespace icmap::store
