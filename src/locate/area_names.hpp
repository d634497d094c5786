#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <string_view>

namespace icmap::locate {

/// Writes the temporary table known_area_name(code, position, name, since, is_also, source): what
/// areas have been called, one row per code and name. `position` orders the names of a code by
/// time, counting from 0; `since` is the day from which a name holds, null: always.
/// \param text of the shape of reference/area-names.toml
/// \errors input: an area without code, names or source, a name without a day that follows another
[[nodiscard]] Result<void> write_known_area_names(store::Connection& connection,
                                                  std::string_view text);

/// The same, of what is baked into the program.
[[nodiscard]] Result<void> write_known_area_names(store::Connection& connection);

} // namespace icmap::locate
