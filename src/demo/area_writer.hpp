#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace icmap::demo {

/// Writes areas.geojson: local authorities (the land nearest to each town), combined authorities,
/// ITL 3 areas, regions and countries as unions of them, WGS 84, properties code, name, level and
/// parent. \errors input: the file cannot be written; internal: GEOS refuses the outline of land
[[nodiscard]] Result<void> write_areas(const std::filesystem::path& path);

/// Writes the land of the United Kingdom as GeoJSON. \errors input: the file cannot be written
[[nodiscard]] Result<void> write_coastline(const std::filesystem::path& path);

/// Writes the settlements as a tab-separated GeoNames file of 19 columns without a header.
/// \errors input: the file cannot be written
[[nodiscard]] Result<void> write_places(const std::filesystem::path& path);

} // namespace icmap::demo
