#include "describe/context.hpp"

namespace icmap::describe {

Result<Context> read_context(store::Connection& connection) {
    Context context;
    ICMAP_TRY(connection.read(
        "select has_projects, has_innovate_uk, has_ukri, has_eu, has_patents, has_deals, "
        "has_employees, has_turnover, has_closed_firms from describe_context",
        [&context](const store::Chunk& chunk) {
            const auto is = [&chunk](std::size_t i) { return chunk.column<bool>(i)[0]; };
            context = {is(0), is(1), is(2), is(3), is(4), is(5), is(6), is(7), is(8)};
        }));
    return context;
}

} // namespace icmap::describe
