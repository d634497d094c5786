#pragma once

#include "store/connection.hpp"
#include "store/session_functions.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace icmap::locate {

/// The rows of account, column by column, by firm and day.
struct Accounts {
    std::vector<std::uint32_t> firm_id;
    std::vector<std::int32_t> day; ///< since 1970
    std::vector<std::optional<std::int32_t>> employees;
    std::vector<double> turnover_gbp; ///< NaN: not known
};

/// Brings filed accounts together by firm and day. Reads staging.account_record; firm_of tells
/// SQL the firm of a company number. Makes the newest known figures of a firm_id and their years
/// known to SQL: newest_employees, employees_year, newest_turnover and turnover_year.
///
/// Of several filings for one day the latest record that gives a figure counts. A filing's figure
/// for the year before is a row of its own, a year earlier, where no filing of that year gives the
/// number of employees. Filings for days after the variable as_of are left out.
/// \returns one row per firm and day on which employees or turnover are known
/// \complexity linear in filings, but for the order of one firm's days
[[nodiscard]] Result<Accounts> find_accounts(store::Connection& connection,
                                             store::SessionFunctions& functions);

/// Writes account.
[[nodiscard]] Result<void> write_accounts(store::Connection& connection, const Accounts& accounts);

} // namespace icmap::locate
