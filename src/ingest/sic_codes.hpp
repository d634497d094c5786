#pragma once

#include "base/result.hpp"

#include <string_view>

namespace icmap::ingest {

/// True if the five digits are a code of SIC 2007 (or one of the three that Companies House adds),
/// or a class of it filled up with a 0, as statistics print it ("62010" for 62.01).
/// \source reference/sic_2007.toml
[[nodiscard]] bool is_sic_2007(std::string_view digits);

/// \errors internal: reference/sic_2007.toml is wrong; no code is known then
[[nodiscard]] Result<void> check_sic_codes();

} // namespace icmap::ingest
