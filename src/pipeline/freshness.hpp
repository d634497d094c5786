#pragma once

#include "pipeline/project.hpp"

#include <filesystem>

namespace icmap::pipeline {

/// True if `file` was written, or put in its place, after the atlas was.
[[nodiscard]] bool is_newer(const std::filesystem::path& file, const std::filesystem::path& atlas);

/// True if the atlas was made by this engine with the project's settings after the last change of
/// the project file, of every file that a source is read from and of the program itself.
[[nodiscard]] bool is_current(const std::filesystem::path& atlas, const Project& project);

} // namespace icmap::pipeline
