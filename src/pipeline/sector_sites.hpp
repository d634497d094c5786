#pragma once

#include "describe/register_columns.hpp"
#include "pipeline/label_sector.hpp"

#include <vector>

namespace icmap::pipeline {

/// The sites that count of each sector that has any, by sector_id, then site_id.
[[nodiscard]] std::vector<SectorSites> sites_of_sectors(const describe::RegisterColumns& all);

} // namespace icmap::pipeline
