#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace icmap {

/// "1 row", "75,740 rows": a number and its noun, in the singular or the plural.
/// \param plural where it is not the singular and an s: "taxonomies"
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view singular,
                                  std::string_view plural = {});

} // namespace icmap
