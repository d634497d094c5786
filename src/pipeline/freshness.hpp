#pragma once

#include "pipeline/project.hpp"

#include <filesystem>
#include <vector>

namespace icmap::pipeline {

/// The files a source names, globs expanded, in name order; those that are missing left out.
[[nodiscard]] std::vector<std::filesystem::path> source_files(const ingest::Source& source);

/// True if the atlas was made by this engine with the project's settings after the last change of
/// the project file, of every source file and of the program itself.
[[nodiscard]] bool is_current(const std::filesystem::path& atlas, const Project& project);

} // namespace icmap::pipeline
