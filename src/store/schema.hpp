#pragma once

#include "store/connection.hpp"

#include <filesystem>

namespace icmap::store {

/// Begins to find out what `check_schema` will ask for, which takes as long as opening a database:
/// to be called before one is opened that will be checked.
void prepare_schema_check();

/// Holds the tables of the database that unqualified names mean against those of this program's
/// atlases (`sql/schema/`): all columns have to be there, further ones may.
/// \param path of the atlas, for the message
/// \errors input: a column is missing: another version of icmap made the atlas
[[nodiscard]] Result<void> check_schema(Connection& connection, const std::filesystem::path& path);

} // namespace icmap::store
