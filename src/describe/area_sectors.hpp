#pragma once

#include "base/result.hpp"
#include "describe/ground.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstddef>
#include <cstdint>

namespace icmap::describe {

/// A sector is at home in an area where its location quotient is at least 1 and it has so many
/// enterprises there: of fewer, one alone decides the quotient.
inline constexpr std::uint32_t kFewestAtHome = 5;
/// How many related sectors are told of each.
inline constexpr std::size_t kRelatedTold = 12;

/// Fills area_sector (what each sector has in each area, by area and sector) and sector_relation
/// (the sectors that are at home in the same local authorities, most related first; of one type,
/// none part of the other). Reads sector. \source Hidalgo et al. 2007; the cosine as in EconGeo
/// \errors input: DuckDB's message
[[nodiscard]] Result<void> write_area_sectors(store::Connection& connection,
                                              const RegisterColumns& all, const Ground& ground);

} // namespace icmap::describe
