#pragma once

#include "base/result.hpp"
#include "ingest/source.hpp"
#include "pipeline/project.hpp"

#include <span>

namespace icmap::pipeline {

/// Whether what was rejected of the sources still lets the build go on: a source none of whose rows
/// could be used, or more of them rejected than [ingest] max_reject_share allows, stops it.
/// \errors input: such a source, with the first rows of each fault; all such sources in one error
[[nodiscard]] Result<void> check_rejects(const Project& project,
                                         std::span<const ingest::SourceReport> sources);

} // namespace icmap::pipeline
