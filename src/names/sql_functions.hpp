#pragma once

#include "names/organisation_name.hpp"
#include "store/connection.hpp"

namespace icmap::names {

/// Makes the rules known to SQL: organisation_key(name), institution_key(name) (null where nothing
/// of the name is left) and institution_kind(name) (null where it is no institution).
/// \errors internal: DuckDB refuses them
[[nodiscard]] Result<void> register_functions(store::Connection& connection);

} // namespace icmap::names
