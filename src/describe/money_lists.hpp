#pragma once

#include "describe/firm_names.hpp"
#include "describe/item_lists.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"

#include <cstddef>

namespace icmap::describe {

/// Adds the lists that tell of enterprises with money: open_project_firm, programme, funder,
/// top_investor, stage, top_partner and partner_institution. Ties go by label.
/// \param money its texts become those of the lists
/// \param length at most so many entries
/// \complexity linear in the projects of members and who takes part in them, but for the order
///             within each list, over all threads
void list_money(const EngagedFirms& engaged, MoneyColumns& money, const FirmNames& names,
                std::size_t length, ItemLists& lists);

} // namespace icmap::describe
