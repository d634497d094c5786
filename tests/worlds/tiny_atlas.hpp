#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace icmap::worlds {

/// Writes the tiny atlas of tests/worlds/tiny_atlas.sql to `target`.
/// \errors as store::AtlasWriter, or DuckDB's message where the script does not fit the schema
[[nodiscard]] Result<void> make_tiny_atlas(const std::filesystem::path& target);

/// The tiny atlas with further statements run at its end, for a test that needs it otherwise.
[[nodiscard]] Result<void> make_tiny_atlas(const std::filesystem::path& target,
                                           const char* statements);

} // namespace icmap::worlds
