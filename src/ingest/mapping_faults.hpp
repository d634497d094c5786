#pragma once

#include "ingest/columns.hpp"
#include "store/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace icmap::ingest {

/// A mapping of the project file that names one column, and the file has none of that name.
struct WrongMapping {
    std::string field;
    std::string name;
};

/// The mappings of a source that are the mere name of a column which `columns` do not have.
[[nodiscard]] std::vector<WrongMapping> names_not_found(const Target& target,
                                                        const std::vector<std::string>& columns);

/// Each as an error at its line of the project file, with the nearest column.
[[nodiscard]] std::vector<Error> as_errors(const std::vector<WrongMapping>& wrong,
                                           const Target& target,
                                           const std::vector<std::string>& columns,
                                           const std::string& file);

/// Everything in [source.columns] and `where` that cannot be worked out over the file: columns that
/// it does not have, each with the nearest one that it has, and what is no SQL.
/// \param columns the file's; empty where it has none (JSON)
/// \param relation the SQL that reads the file
[[nodiscard]] std::vector<Error> mapping_faults(store::Connection& connection, const Target& target,
                                                const std::vector<std::string>& columns,
                                                std::string_view relation, const std::string& file);

/// The mappings of a JSON source that are the mere name of a key which no record has, each as an
/// error at its line of the project file, with the nearest key. Nothing where there is no record.
/// \param records the SQL that reads the records, one a row, as `record`
/// \complexity reads the records up to the first that has the key, all of them where none has
[[nodiscard]] Result<std::vector<Error>> keys_not_found(store::Connection& connection,
                                                        const Target& target,
                                                        std::string_view records,
                                                        const std::string& file);

} // namespace icmap::ingest
