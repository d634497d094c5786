#pragma once

#include "base/result.hpp"
#include "demo/plan.hpp"
#include "demo/registers.hpp"

#include <filesystem>
#include <vector>

namespace icmap::demo {

/// Writes truth/planted_clusters.csv. \errors input: the file cannot be written
[[nodiscard]] Result<void> write_planted_clusters(const std::filesystem::path& directory,
                                                  const Plan& plan);

/// Writes truth/dirt.csv, by file and line. \errors input: the file cannot be written
[[nodiscard]] Result<void> write_dirt(const std::filesystem::path& directory,
                                      std::vector<DirtyRow> dirt);

/// Writes README.md and, last of all, project.toml. \errors input: a file cannot be written
[[nodiscard]] Result<void> write_readme(const std::filesystem::path& directory, const Plan& plan);
[[nodiscard]] Result<void> write_project_file(const std::filesystem::path& directory,
                                              const Plan& plan);

} // namespace icmap::demo
