#pragma once

#include "base/result.hpp"
#include "classify/classify.hpp"
#include "pipeline/project.hpp"

namespace icmap::pipeline {

/// The sector definitions that the project names, read from its files and from the built-in
/// taxonomies, and checked.
/// \errors input: a file that cannot be read or is no taxonomy, with file, line, key and remedy; an
/// unknown slug in [sectors] only
[[nodiscard]] Result<classify::ClassifyOptions> read_taxonomies(const Project& project);

} // namespace icmap::pipeline
