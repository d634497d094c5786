#pragma once

#include "store/connection.hpp"
#include "store/session_functions.hpp"

namespace icmap::locate {

/// Brings filed accounts together by firm and day. Reads staging.account_record; firm_of tells
/// SQL the firm of a company number. Writes account, one row per firm and day on which employees or
/// turnover are known, in that order; and makes the newest known figures of a firm_id and their
/// years known to SQL: newest_employees, employees_year, newest_turnover and turnover_year.
///
/// Of several filings for one day the latest record that gives a figure counts. A filing's figure
/// for the year before is a row of its own, a year earlier, where no filing of that year gives the
/// number of employees. Filings for days after the variable as_of are left out.
/// \complexity linear in filings, but for the order of one firm's days
[[nodiscard]] Result<void> write_filings(store::Connection& connection,
                                         store::SessionFunctions& functions);

} // namespace icmap::locate
