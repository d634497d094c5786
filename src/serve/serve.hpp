#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "serve/application.hpp"

#include <filesystem>

namespace icmap::serve {

/// Serves an atlas over HTTP until SIGINT or SIGTERM; tells its address on standard output.
/// \errors input: as Application::open; the port is taken
[[nodiscard]] Result<void> serve(const std::filesystem::path& atlas, const ServeOptions& options,
                                 Progress& progress);

} // namespace icmap::serve
