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

/// All that is wrong with them, as far as it can be told at once: every file that is missing, the
/// first fault of every other; where there is none of these, what does not fit together.
[[nodiscard]] std::vector<Error> taxonomy_faults(const Project& project);

} // namespace icmap::pipeline
