#include "ingest/record_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace icmap::ingest {

std::string RecordParts::next_table(const std::string& kind) {
    return fmt::format("{}_{}", kind, ++tables_);
}

Result<void> RecordParts::add(const std::string& kind, std::string query) {
    std::vector<std::string>& queries = kinds_[kind].queries;
    queries.push_back(std::move(query));
    return connection_->run(fmt::format("create or replace view staging.{} as {}", kind,
                                        fmt::join(queries, " union all by name ")));
}

Result<std::string> RecordParts::table_for_rows(const std::string& kind) {
    const auto found = kinds_.find(kind);
    if (found == kinds_.end()) {
        return "staging." + kind;
    }
    Parts& parts = found->second;
    if (parts.open_table.empty()) {
        const std::string name = next_table(kind);
        ICMAP_TRY(connection_->run(fmt::format("create table staging.{} as from staging.{} limit 0",
                                               name, parts.first_table)));
        parts.open_table = name;
        ICMAP_TRY(add(kind, fmt::format("select * from staging.{}", name)));
    }
    return "staging." + parts.open_table;
}

Result<void>
RecordParts::keep_typed(const std::string& kind,
                        const std::function<std::string(const std::string& table)>& records) {
    const bool is_first = !kinds_.contains(kind);
    Parts& parts = kinds_[kind];
    if (is_first) {
        parts.first_table = next_table(kind);
        ICMAP_TRY(connection_->run(
            fmt::format("alter table staging.{} rename to {}", kind, parts.first_table)));
        ICMAP_ASSIGN(const std::int64_t rows,
                     connection_->integer(
                         fmt::format("select count(*) from staging.{}", parts.first_table)));
        if (rows > 0) {
            parts.queries.push_back(fmt::format("select * from staging.{}", parts.first_table));
        }
    }
    parts.open_table.clear();
    const std::string name = next_table(kind);
    ICMAP_TRY(connection_->run(fmt::format(
        "alter table staging.ingest_typed rename to {0}; delete from staging.{0} where rowid in "
        "(select r from ingest_problem where severity = 'error');",
        name)));
    return add(kind, records("staging." + name));
}

} // namespace icmap::ingest
