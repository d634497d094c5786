#pragma once

#include "store/connection.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace icmap::ingest {

/// Where the records of each kind lie. staging.KIND is a table that takes rows, until the rows of a
/// large file stay where they were typed: from then on it is a view over such parts and over tables
/// of other rows, in the order in which they were read.
class RecordParts {
  public:
    explicit RecordParts(store::Connection& connection) : connection_(&connection) {}

    /// The table into which further rows of a kind are to be inserted.
    [[nodiscard]] Result<std::string> table_for_rows(const std::string& kind);

    /// Takes staging.ingest_typed over, without its rows that have errors.
    /// \param records the query that reads records from the table whose name it gets
    [[nodiscard]] Result<void>
    keep_typed(const std::string& kind,
               const std::function<std::string(const std::string& table)>& records);

  private:
    struct Parts {
        std::string first_table; ///< what staging.KIND was: its columns
        std::string open_table;  ///< takes rows now; empty: none does
        std::vector<std::string> queries;
    };
    [[nodiscard]] Result<void> add(const std::string& kind, std::string query);
    [[nodiscard]] std::string next_table(const std::string& kind);

    store::Connection* connection_;
    std::map<std::string, Parts> kinds_;
    std::size_t tables_ = 0;
};

} // namespace icmap::ingest
