#pragma once

#include "store/connection.hpp"

namespace icmap::locate {

/// Brings filed accounts together by firm and day. Reads staging.account_record and firm_number.
/// Writes account, one row per firm and day on which employees or turnover are known, in that
/// order, and the temporary table newest_filing, one row per firm with its newest known figures and
/// their years.
///
/// Of several filings for one day the latest record that gives a figure counts. A filing's figure
/// for the year before is a row of its own, a year earlier, where no filing of that year gives the
/// number of employees. Filings for days after the variable as_of are left out.
/// \complexity linear in filings, but for the order of one firm's days
[[nodiscard]] Result<void> write_filings(store::Connection& connection);

} // namespace icmap::locate
