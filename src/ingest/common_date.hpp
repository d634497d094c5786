#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace icmap::ingest {

/// The day that a text says in one of the four forms nearly all registers use, as days since 1970:
/// 2024-01-31 (with or without a time of day after a T or a blank), 31/01/2024, 31.1.24, 31 January
/// 2024 (or Jan). Nothing for any other form and for days that do not exist: the macro date_of
/// looks at those, and is slow.
[[nodiscard]] std::optional<std::int32_t> common_date(std::string_view text);

} // namespace icmap::ingest
