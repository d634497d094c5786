#pragma once

#include "base/result.hpp"
#include "describe/ground.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace icmap::describe {

/// Rows of sector_measure, by sector_id.
struct SectorMeasures {
    std::vector<std::uint16_t> sector;
    std::vector<std::string> measure;
    std::vector<double> value; ///< NaN: see reason
    std::vector<std::optional<std::string>> reason;
};

/// How each sector's sites are spread over local authorities.
[[nodiscard]] SectorMeasures measure_sectors(const RegisterColumns& all, const Ground& ground);

/// Fills sector_measure. \errors input: DuckDB's message
[[nodiscard]] Result<void> write_sector_measures(store::Connection& connection,
                                                 const SectorMeasures& measures);

} // namespace icmap::describe
