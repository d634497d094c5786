#include "locate/filings.hpp"

#include "base/lists.hpp"
#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace icmap::locate {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::int32_t kNull = store::SessionFunctions::kNull;
constexpr std::size_t kBlock = std::size_t{1}
                               << 15U; // firms a task: fixed, so that rows join in order

struct Filing {
    std::uint32_t firm_id = 0;
    std::int32_t day = 0; ///< since 1970
    std::int32_t employees = kNull;
    std::int32_t employees_last_year = kNull;
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
            const auto employees = chunk.column<std::int32_t>(2);
            const auto last_year = chunk.column<std::int32_t>(3);
            const auto turnover = chunk.column<double>(4);
            const std::array<store::Nulls, 5> null{chunk.nulls(0), chunk.nulls(1), chunk.nulls(2),
                                                   chunk.nulls(3), chunk.nulls(4)};
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                if (null[0][i]) {
                    continue; // of a company that is not on the register
                }
                const auto firm = static_cast<std::uint32_t>(firm_of_row[i]);
                filings.rows.push_back({firm, day[i], null[2][i] ? kNull : employees[i],
                                        null[3][i] ? kNull : last_year[i],
                                        null[4][i] ? kUnknown : turnover[i]});
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
    days.clear();
    for (const Filing& filing : filed) { // few: put in their places one by one
        days.insert(std::upper_bound(days.begin(), days.end(), filing, is_earlier), filing);
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Filing later = days[i];
        if (count == 0 || days[count - 1].day != later.day) {
            days[count++] = later;
            continue;
        }
        Filing& day = days[count - 1];
        day.employees = later.employees != kNull ? later.employees : day.employees;
        day.employees_last_year = later.employees_last_year != kNull ? later.employees_last_year
                                                                     : day.employees_last_year;
        day.turnover_gbp = std::isnan(later.turnover_gbp) ? day.turnover_gbp : later.turnover_gbp;
    }
    days.resize(count);
}

/// Adds what the filings tell of the year before each.
/// \param earlier room for that, kept from firm to firm
void add_years_before(std::vector<Filing>& days, std::vector<Filing>& earlier) {
    earlier.clear();
    for (const Filing& filing : days) {
        if (filing.employees_last_year == kNull) {
            continue;
        }
        const std::int32_t day = year_before(filing.day);
        const std::int32_t year = year_of(day);
        const bool is_known = std::any_of(days.begin(), days.end(), [year](const Filing& other) {
            return other.employees != kNull && year_of(other.day) == year;
        });
        if (!is_known) {
            earlier.push_back({filing.firm_id, day, filing.employees_last_year, kNull, kUnknown});
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

/// What is newest of each firm, by firm_id.
struct Newest {
    std::vector<std::int32_t> employees;
    std::vector<std::int32_t> employees_year;
    std::vector<double> turnover_gbp;
    std::vector<std::int32_t> turnover_year;

    explicit Newest(std::size_t firms)
        : employees(firms, kNull), employees_year(firms, kNull), turnover_gbp(firms, kUnknown),
          turnover_year(firms, kNull) {}
};

/// Adds one firm's days to the rows of account, and to what is newest.
void add_days(std::span<const Filing> days, Accounts& accounts, Newest& newest) {
    const std::size_t firm = days.front().firm_id;
    for (const Filing& filing : days) {
        const bool has_employees = filing.employees != kNull;
        const bool has_turnover = !std::isnan(filing.turnover_gbp);
        if (has_employees) {
            newest.employees[firm] = filing.employees;
            newest.employees_year[firm] = year_of(filing.day);
        }
        if (has_turnover) {
            newest.turnover_gbp[firm] = filing.turnover_gbp;
            newest.turnover_year[firm] = year_of(filing.day);
        }
        if (has_employees || has_turnover) {
            accounts.firm_id.push_back(filing.firm_id);
            accounts.day.push_back(filing.day);
            accounts.employees.push_back(has_employees ? std::optional(filing.employees)
                                                       : std::nullopt);
            accounts.turnover_gbp.push_back(filing.turnover_gbp);
        }
    }
}

/// The rows of account of some firms in a row; writes what is newest of these only.
Accounts accounts_of(const Lists<Filing>& of_firms, std::size_t begin, std::size_t end,
                     Newest& newest) {
    Accounts accounts;
    std::vector<Filing> days;
    std::vector<Filing> earlier;
    for (std::size_t firm = begin; firm < end; ++firm) {
        if (!of_firms.of(firm).empty()) {
            join_days(of_firms.of(firm), days);
            add_years_before(days, earlier);
            add_days(days, accounts, newest);
        }
    }
    return accounts;
}

/// The accounts of all blocks in one row; the blocks are used up.
Accounts joined(std::vector<Accounts>& blocks) {
    Accounts all;
    const auto join = [&blocks](auto& to, auto column) {
        std::size_t rows = 0;
        for (const Accounts& block : blocks) {
            rows += (block.*column).size();
        }
        to.reserve(rows);
        for (Accounts& block : blocks) {
            to.insert(to.end(), (block.*column).begin(), (block.*column).end());
            block.*column = {};
        }
    };
    join(all.firm_id, &Accounts::firm_id);
    join(all.day, &Accounts::day);
    join(all.employees, &Accounts::employees);
    join(all.turnover_gbp, &Accounts::turnover_gbp);
    return all;
}

} // namespace

Result<Accounts> find_accounts(store::Connection& connection, store::SessionFunctions& functions) {
    ICMAP_ASSIGN(Filings filings, read_filings(connection));
    const Lists<Filing> of_firms = by_firm(filings);
    filings.rows = {};
    Newest newest(filings.firms);
    std::vector<Accounts> blocks((of_firms.size() + kBlock - 1) / kBlock);
    parallel_for_each(blocks.size(), 1, [&](std::size_t i) {
        blocks[i] =
            accounts_of(of_firms, i * kBlock, std::min((i + 1) * kBlock, of_firms.size()), newest);
    });
    ICMAP_TRY(functions.of_row("newest_employees", std::move(newest.employees)));
    ICMAP_TRY(functions.of_row("employees_year", std::move(newest.employees_year)));
    ICMAP_TRY(functions.of_row("newest_turnover", std::move(newest.turnover_gbp)));
    ICMAP_TRY(functions.of_row("turnover_year", std::move(newest.turnover_year)));
    return joined(blocks);
}

Result<void> write_accounts(store::Connection& connection, const Accounts& accounts) {
    using Numbers = std::span<const std::optional<std::int32_t>>;
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint32_t>(accounts.firm_id)},
        store::Column{.values = std::span<const std::int32_t>(accounts.day), .is_date = true},
        store::Column{Numbers(accounts.employees)},
        store::Column{std::span<const double>(accounts.turnover_gbp)}};
    return store::append_columns(connection, "main", "account", columns);
}

} // namespace icmap::locate
