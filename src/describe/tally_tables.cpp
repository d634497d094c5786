#include "describe/tallies.hpp"

#include "describe/days.hpp"
#include "store/bulk_append.hpp"

#include <cmath>
#include <map>
#include <optional>

namespace icmap::describe {
namespace {

template <class T>
store::Column column(const std::vector<T>& values) {
    return store::Column{std::span<const T>(values)};
}

} // namespace

Result<TellingDate> read_telling_date(store::Connection& connection) {
    TellingDate date;
    ICMAP_TRY(connection.read(
        "select year(as_of)::integer, as_of, (as_of - interval 2 year)::date, "
        "(as_of - interval 5 year)::date, (as_of - interval 10 year)::date, "
        "(as_of - interval 20 year)::date from describe_context",
        [&date](const store::Chunk& chunk) {
            const auto number = [&chunk](std::size_t i) {
                return chunk.column<std::int32_t>(i)[0];
            };
            date = {number(0), number(1), number(2), number(3), number(4), number(5)};
        }));
    return date;
}

Result<void> write_filings(store::Connection& connection, const RegisterColumns& all,
                           const TellingDate& date) {
    std::map<std::int32_t, std::uint32_t> firms;
    all.first_accounts.for_each([&](std::int32_t day, std::uint32_t count) {
        if (day <= date.day) {
            firms[year_of(day)] += count;
        }
    });
    std::vector<std::int32_t> years;
    std::vector<std::uint32_t> counts;
    for (const auto& [year, count] : firms) {
        years.push_back(year);
        counts.push_back(count);
    }
    return store::append_columns(connection, "main", "describe_filing",
                                 std::array<store::Column, 2>{column(years), column(counts)});
}

} // namespace icmap::describe
