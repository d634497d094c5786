#pragma once

#include "base/result.hpp"
#include "describe/firm_names.hpp"
#include "describe/item_lists.hpp"
#include "describe/tallies.hpp"
#include "store/connection.hpp"

#include <cstddef>
#include <span>

namespace icmap::describe {

/// Lists what the tallies count: the largest employers (top_firm), the sub-sectors of the sector
/// and the other sectors of its enterprises, their bands of age and of size. Reads firm and sector.
/// Largest first, ties by label, then number; employers are chosen, in ties, by firm_id before
/// their names are known. Bands keep their own order. \param length entries of a list, at most
[[nodiscard]] Result<void> list_tallies(store::Connection& connection, const ClusterTable& clusters,
                                        std::span<const Tally> tallies, const FirmNames& names,
                                        std::size_t length, ItemLists& lists);

} // namespace icmap::describe
