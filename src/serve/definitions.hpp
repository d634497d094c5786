#pragma once

#include "base/result.hpp"
#include "serve/catalogue.hpp"

#include <string_view>
#include <vector>

namespace icmap::serve {

/// The definitions of an embedded table of reference/, in its order; they have no values.
/// \param file its name, as "measures.toml"
/// \param kind the name of its entries and of their key, as "measure"
/// \errors internal: the file is not there or no TOML
[[nodiscard]] Result<std::vector<MeasureEntry>> read_definitions(std::string_view file,
                                                                 std::string_view kind);

} // namespace icmap::serve
