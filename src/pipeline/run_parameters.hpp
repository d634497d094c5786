#pragma once

#include "base/result.hpp"
#include "pipeline/project.hpp"
#include "store/connection.hpp"

#include <map>
#include <string>

namespace icmap::pipeline {

/// Everything about a run that decides its atlas besides the bytes of its sources: the engine's
/// version, every setting of the project, by name ("cluster.eps_m"), and every source with the
/// names and sizes of its files ("source.1"), as text.
using RunParameters = std::map<std::string, std::string>;

[[nodiscard]] RunParameters run_parameters(const Project& project);

/// Replaces the rows of the table `run`.
[[nodiscard]] Result<void> write_run(store::Connection& connection,
                                     const RunParameters& parameters);
[[nodiscard]] Result<RunParameters> read_run(store::Connection& connection);

} // namespace icmap::pipeline
