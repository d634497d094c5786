#include "locate/filings.hpp"

#include "base/lists.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace icmap::locate {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Filing {
    std::uint32_t firm_id = 0;
    std::int32_t day = 0; ///< since 1970
    std::optional<std::int32_t> employees{};
    std::optional<std::int32_t> employees_last_year{};
    double turnover_gbp = kUnknown;
};

std::chrono::year_month_day date_of(std::int32_t day) {
    return std::chrono::sys_days(std::chrono::days(day));
}

std::int32_t year_of(std::int32_t day) {
    return static_cast<std::int32_t>(static_cast<int>(date_of(day).year()));
}

/// The same day a year earlier; of 29 February the 28th.
std::int32_t year_before(std::int32_t day) {
    auto date = date_of(day) - std::chrono::years(1);
    if (!date.ok()) {
        date = date.year() / date.month() / std::chrono::last;
    }
    return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

struct Filings {
    std::vector<Filing> rows; ///< in order of their records
    std::uint32_t firms = 0;
};

Result<Filings> read_filings(store::Connection& connection) {
    Filings filings;
    // In the order of the table, which is that of the records.
    ICMAP_TRY(connection.read(
        "select firm_of(company_number) as firm_id, period_end, employees, employees_last_year, "
        "turnover_gbp from staging.account_record where period_end <= "
        "coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31')",
        [&](const store::Chunk& chunk) {
            const auto firm_of_row = chunk.column<std::int32_t>(0);
            const auto day = chunk.column<std::int32_t>(1);
            const auto number = [&](std::size_t column, std::size_t row) {
                return chunk.is_null(column, row) ? std::optional<std::int32_t>()
                                                  : chunk.column<std::int32_t>(column)[row];
            };
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                if (chunk.is_null(0, i)) {
                    continue; // of a company that is not on the register
                }
                const auto firm = static_cast<std::uint32_t>(firm_of_row[i]);
                filings.rows.push_back(
                    {firm, day[i], number(2, i), number(3, i),
                     chunk.is_null(4, i) ? kUnknown : chunk.column<double>(4)[i]});
                filings.firms = std::max(filings.firms, firm + 1);
            }
        }));
    return filings;
}

/// The filings of each firm, as they were.
Lists<Filing> by_firm(const Filings& filings) {
    return lists_of_rows(
        filings.rows.size(), filings.firms,
        [&filings](std::size_t row) { return filings.rows[row].firm_id; },
        [&filings](std::size_t row) -> const Filing& { return filings.rows[row]; });
}

bool is_earlier(const Filing& a, const Filing& b) {
    return a.day < b.day;
}

/// One firm's filings as one row a day, ascending.
void join_days(std::span<const Filing> filed, std::vector<Filing>& days) {
    days.assign(filed.begin(), filed.end());
    std::stable_sort(days.begin(), days.end(), is_earlier);
    std::size_t count = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Filing later = days[i];
        if (count == 0 || days[count - 1].day != later.day) {
            days[count++] = later;
            continue;
        }
        Filing& day = days[count - 1];
        day.employees = later.employees ? later.employees : day.employees;
        day.employees_last_year =
            later.employees_last_year ? later.employees_last_year : day.employees_last_year;
        day.turnover_gbp = std::isnan(later.turnover_gbp) ? day.turnover_gbp : later.turnover_gbp;
    }
    days.resize(count);
}

/// Adds what the filings tell of the year before each.
/// \param earlier room for that, kept from firm to firm
void add_years_before(std::vector<Filing>& days, std::vector<Filing>& earlier) {
    earlier.clear();
    for (const Filing& filing : days) {
        if (!filing.employees_last_year) {
            continue;
        }
        const std::int32_t day = year_before(filing.day);
        const std::int32_t year = year_of(day);
        const bool is_known = std::any_of(days.begin(), days.end(), [year](const Filing& other) {
            return other.employees && year_of(other.day) == year;
        });
        if (!is_known) {
            earlier.push_back({filing.firm_id, day, filing.employees_last_year, {}, kUnknown});
        }
    }
    // Ascending: of 28 and 29 February the later speaks.
    for (const Filing& filing : earlier) {
        const auto same = std::lower_bound(days.begin(), days.end(), filing, is_earlier);
        if (same != days.end() && same->day == filing.day) {
            same->employees = filing.employees;
        } else {
            days.insert(same, filing);
        }
    }
}

/// The rows of account, and what is newest of each firm.
struct Written {
    static constexpr std::int32_t kNull = store::SessionFunctions::kNull;

    std::vector<std::uint32_t> firm_id;
    std::vector<std::int32_t> day;
    std::vector<std::optional<std::int32_t>> employees;
    std::vector<double> turnover_gbp;

    std::vector<std::int32_t> newest_employees; ///< by firm_id, as are the others
    std::vector<std::int32_t> employees_year;
    std::vector<double> newest_turnover_gbp;
    std::vector<std::int32_t> turnover_year;

    explicit Written(std::size_t firms)
        : newest_employees(firms, kNull), employees_year(firms, kNull),
          newest_turnover_gbp(firms, kUnknown), turnover_year(firms, kNull) {}

    void add(std::span<const Filing> days) {
        const std::size_t firm = days.front().firm_id;
        for (const Filing& filing : days) {
            const bool has_turnover = !std::isnan(filing.turnover_gbp);
            if (filing.employees) {
                newest_employees[firm] = *filing.employees;
                employees_year[firm] = year_of(filing.day);
            }
            if (has_turnover) {
                newest_turnover_gbp[firm] = filing.turnover_gbp;
                turnover_year[firm] = year_of(filing.day);
            }
            if (filing.employees || has_turnover) {
                firm_id.push_back(filing.firm_id);
                day.push_back(filing.day);
                employees.push_back(filing.employees);
                turnover_gbp.push_back(filing.turnover_gbp);
            }
        }
    }
};

Result<void> append(store::Connection& connection, const Written& written) {
    using Numbers = std::span<const std::optional<std::int32_t>>;
    const std::array<store::Column, 4> account{
        store::Column{std::span<const std::uint32_t>(written.firm_id)},
        store::Column{.values = std::span<const std::int32_t>(written.day), .is_date = true},
        store::Column{Numbers(written.employees)},
        store::Column{std::span<const double>(written.turnover_gbp)}};
    return store::append_columns(connection, "main", "account", account);
}

} // namespace

Result<void> write_filings(store::Connection& connection, store::SessionFunctions& functions) {
    ICMAP_ASSIGN(Filings filings, read_filings(connection));
    Lists<Filing> of_firms = by_firm(filings);
    filings.rows = {};
    Written written(filings.firms);
    std::vector<Filing> days;
    std::vector<Filing> earlier;
    for (std::size_t firm = 0; firm < of_firms.size(); ++firm) {
        if (!of_firms.of(firm).empty()) {
            join_days(of_firms.of(firm), days);
            add_years_before(days, earlier);
            written.add(days);
        }
    }
    of_firms = {};
    ICMAP_TRY(append(connection, written));
    ICMAP_TRY(functions.of_row("newest_employees", std::move(written.newest_employees)));
    ICMAP_TRY(functions.of_row("employees_year", std::move(written.employees_year)));
    ICMAP_TRY(functions.of_row("newest_turnover", std::move(written.newest_turnover_gbp)));
    return functions.of_row("turnover_year", std::move(written.turnover_year));
}

} // namespace icmap::locate
