#pragma once

#include "serve/file_part.hpp"

#include <filesystem>
#include <memory>

namespace icmap::serve {

/// Opens the base map that is served as /tiles/base.pmtiles.
/// \errors input: no such file; it is not PMTiles, version 3
[[nodiscard]] Result<std::shared_ptr<const OpenFile>>
open_base_map(const std::filesystem::path& path);

} // namespace icmap::serve
