#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace icmap::base {

/// A text file baked into the program at build time.
struct EmbeddedText {
    std::string_view path; ///< relative to its folder, forward slashes
    std::string_view text;
};

/// The text at `path`, or nothing. \complexity linear in the number of texts
[[nodiscard]] std::optional<std::string_view> find_text(std::span<const EmbeddedText> texts,
                                                        std::string_view path);

} // namespace icmap::base

namespace icmap::sql {
/// Every file below sql/.
[[nodiscard]] std::span<const base::EmbeddedText> texts();
} // namespace icmap::sql

namespace icmap::reference {
/// Every file below reference/.
[[nodiscard]] std::span<const base::EmbeddedText> texts();
} // namespace icmap::reference

namespace icmap::geography {
/// Made at build time by tools/make_geography.mjs: settlements.csv (settlements of the United
/// Kingdom, GeoNames, CC BY 4.0) and land.geojson (land around the British Isles, Natural Earth,
/// public domain; properties layer = "uk" or "other", and name).
[[nodiscard]] std::span<const base::EmbeddedText> texts();
} // namespace icmap::geography
