#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace icmap::store {

/// A function of one text. Writes its answer to `out` (empty when it is called).
/// \returns false for null
/// Called by several threads at once; must depend on nothing but `text`, and not throw.
using TextFunction = std::function<bool(std::string_view text, std::string& out)>;

/// A function of one text that gives a date, as days since 1970; as TextFunction otherwise.
using DateFunction = std::function<bool(std::string_view text, std::int32_t& day)>;

/// Makes `name(varchar) -> varchar` known to SQL on every connection of the database. Null gives
/// null without a call. A name that is known already stays what it is.
/// \errors internal: DuckDB refuses the name
[[nodiscard]] Result<void> register_text_function(Connection& connection, const std::string& name,
                                                  TextFunction function);

/// The same for `name(varchar) -> date`.
/// \errors internal: DuckDB refuses the name
[[nodiscard]] Result<void> register_date_function(Connection& connection, const std::string& name,
                                                  DateFunction function);

} // namespace icmap::store
