#pragma once

#include "base/result.hpp"
#include "demo/plan.hpp"

#include <filesystem>

namespace icmap::demo {

/// Writes institutions/universities.csv: universities, research organisations, hospitals, science
/// parks, some without a position. \errors input: the file cannot be written
[[nodiscard]] Result<void> write_institutions(const std::filesystem::path& directory,
                                              const Plan& plan);

/// Writes support/support.csv: made-up support programmes, national and of each region.
/// \errors input: the file cannot be written
[[nodiscard]] Result<void> write_support(const std::filesystem::path& directory);

/// Writes sectors/planted.toml: the sectors in which clusters are planted as a taxonomy of the
/// project's own, slugs "planted-…", so that the engine can be asked for exactly those.
/// \errors input: the file cannot be written
[[nodiscard]] Result<void> write_planted_sectors(const std::filesystem::path& directory);

} // namespace icmap::demo
