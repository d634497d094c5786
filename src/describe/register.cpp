#include "describe/register.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace icmap::describe {
namespace {

Result<std::size_t> count_ids(store::Connection& connection, std::string_view query) {
    ICMAP_ASSIGN(const std::int64_t most, connection.integer(query));
    return static_cast<std::size_t>(most + 1);
}

std::vector<std::int32_t> years_of(std::span<const std::int32_t> days) {
    std::vector<std::int32_t> years(days.size(), kNotKnown);
    parallel_for_each(days.size(), 10'000, [&](std::size_t i) {
        if (days[i] != kNotKnown) {
            const std::chrono::year_month_day date{
                std::chrono::sys_days(std::chrono::days(days[i]))};
            years[i] = static_cast<int>(date.year());
        }
    });
    return years;
}

Result<void> read_firms(store::Connection& connection, Register& all) {
    ICMAP_ASSIGN(const std::size_t firms,
                 count_ids(connection, "select coalesce(max(firm_id), -1)::bigint from firm"));
    all.employees.assign(firms, kNotKnown);
    all.turnover_gbp.assign(firms, std::nan(""));
    all.born.assign(firms, kNotKnown);
    all.died.assign(firms, kNotKnown);
    all.industry.assign(firms, kNotKnown);
    ICMAP_TRY(connection.read(
        "select firm_id, employees, turnover_gbp, incorporated, dissolved, "
        "try_cast(sic_codes[1][1:2] as utinyint)::integer from firm",
        [&all](const store::Chunk& chunk) {
            const auto id = chunk.column<std::uint32_t>(0);
            const auto copy = [&](std::size_t column, auto& into) {
                using Number = typename std::remove_reference_t<decltype(into)>::value_type;
                const auto from = chunk.column<Number>(column);
                for (std::size_t i = 0; i < chunk.size(); ++i) {
                    if (!chunk.is_null(column, i)) {
                        into[id[i]] = from[i];
                    }
                }
            };
            copy(1, all.employees);
            copy(2, all.turnover_gbp);
            copy(3, all.born);
            copy(4, all.died);
            copy(5, all.industry);
        }));
    all.born_year = years_of(all.born);
    all.died_year = years_of(all.died);
    return {};
}

/// Of accounts of one firm and year the last that gives employees counts; of equal dates the first.
Result<void> read_jobs(store::Connection& connection, Register& all) {
    struct Filing {
        std::int32_t day;
        std::int32_t year;
        std::int32_t employees;
    };
    std::vector<std::uint32_t> firm;
    std::vector<Filing> filings;
    ICMAP_TRY(connection.read(
        "select firm_id, period_end, year(period_end)::integer, employees from account "
        "where employees is not null",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t id = chunk.column<std::uint32_t>(0)[i];
                if (id < all.firms()) {
                    firm.push_back(id);
                    filings.push_back({chunk.column<std::int32_t>(1)[i],
                                       chunk.column<std::int32_t>(2)[i],
                                       chunk.column<std::int32_t>(3)[i]});
                }
            }
        }));
    std::vector<std::uint32_t> rows(filings.size());
    std::iota(rows.begin(), rows.end(), 0U);
    Lists by_firm = lists_of(firm, rows, all.firms());
    all.first_jobs.assign(1, 0);
    all.first_jobs.reserve(all.firms() + 1);
    all.jobs.reserve(filings.size());
    for (std::size_t f = 0; f < all.firms(); ++f) {
        const std::span<std::uint32_t> own =
            std::span(by_firm.value)
                .subspan(by_firm.first[f], by_firm.first[f + 1] - by_firm.first[f]);
        std::stable_sort(own.begin(), own.end(), [&filings](std::uint32_t a, std::uint32_t b) {
            return filings[a].day < filings[b].day;
        });
        std::int32_t last_day = kNotKnown;
        for (const std::uint32_t row : own) {
            const Filing& filing = filings[row];
            const bool is_same_year =
                all.jobs.size() > all.first_jobs.back() && all.jobs.back().year == filing.year;
            if (!is_same_year) {
                all.jobs.push_back({filing.year, filing.employees});
            } else if (filing.day != last_day) {
                all.jobs.back().employees = filing.employees;
            }
            last_day = filing.day;
        }
        all.first_jobs.push_back(all.jobs.size());
    }
    return {};
}

Result<void> read_sectors(store::Connection& connection, Register& all) {
    std::vector<std::uint32_t> firm;
    std::vector<std::uint32_t> sector;
    ICMAP_TRY(connection.read("select firm_id, sector_id::uinteger from firm_sector",
                              [&](const store::Chunk& chunk) {
                                  const auto ids = chunk.column<std::uint32_t>(0);
                                  const auto sectors = chunk.column<std::uint32_t>(1);
                                  firm.insert(firm.end(), ids.begin(), ids.end());
                                  sector.insert(sector.end(), sectors.begin(), sectors.end());
                              }));
    all.sectors = lists_of(firm, sector, all.firms());
    for (std::size_t f = 0; f < all.firms(); ++f) {
        const auto begin = all.sectors.value.begin();
        std::sort(begin + static_cast<std::ptrdiff_t>(all.sectors.first[f]),
                  begin + static_cast<std::ptrdiff_t>(all.sectors.first[f + 1]));
    }
    return {};
}

struct HashPosition {
    std::size_t operator()(const PlaneXY& at) const {
        std::uint64_t mixed = std::bit_cast<std::uint64_t>(at.x_m) * 0x9E3779B97F4A7C15ULL;
        mixed ^= mixed >> 29U;
        mixed = (mixed ^ std::bit_cast<std::uint64_t>(at.y_m)) * 0xBF58476D1CE4E5B9ULL;
        return mixed ^ (mixed >> 32U);
    }
};

/// Numbers locations by longitude, then latitude.
void order_locations(Register& all) {
    Locations& found = all.locations;
    std::vector<std::uint32_t> order(found.degrees.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&found](std::uint32_t a, std::uint32_t b) {
        return found.degrees[a] < found.degrees[b];
    });
    std::vector<std::uint32_t> rank(order.size());
    Locations ordered;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
        ordered.degrees.push_back(found.degrees[order[i]]);
        ordered.plane.push_back(found.plane[order[i]]);
        ordered.sites.push_back(found.sites[order[i]]);
    }
    found = std::move(ordered);
    for (std::uint32_t& location : all.location_of_site) {
        location = location == Register::kNowhere ? location : rank[location];
    }
}

Result<void> read_sites(store::Connection& connection, Register& all) {
    ICMAP_ASSIGN(const std::size_t sites,
                 count_ids(connection, "select coalesce(max(site_id), -1)::bigint from site"));
    all.density_sites.assign(all.firms(), 0);
    all.location_of_site.assign(sites, Register::kNowhere);
    all.firm_of_site.assign(sites, Register::kNowhere);
    Locations& found = all.locations;
    std::unordered_map<PlaneXY, std::uint32_t, HashPosition> number_of;
    ICMAP_TRY(connection.read(
        "select site_id, firm_id, lon_deg, lat_deg, x_m, y_m from site where in_density",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t site = chunk.column<std::uint32_t>(0)[i];
                const std::uint32_t firm = chunk.column<std::uint32_t>(1)[i];
                const PlaneXY degrees{chunk.column<double>(2)[i], chunk.column<double>(3)[i]};
                const PlaneXY plane{chunk.column<double>(4)[i], chunk.column<double>(5)[i]};
                const auto [entry, is_new] = number_of.try_emplace(
                    degrees, static_cast<std::uint32_t>(found.degrees.size()));
                if (is_new) {
                    found.degrees.push_back(degrees);
                    found.plane.push_back(plane);
                    found.sites.push_back(0);
                }
                PlaneXY& least = found.plane[entry->second];
                least = {std::min(least.x_m, plane.x_m), std::min(least.y_m, plane.y_m)};
                ++found.sites[entry->second];
                all.location_of_site[site] = entry->second;
                all.firm_of_site[site] = firm;
                if (firm < all.firms()) {
                    ++all.density_sites[firm];
                }
            }
        }));
    order_locations(all);
    return {};
}

} // namespace

Lists lists_of(std::span<const std::uint32_t> key_of_row, std::span<const std::uint32_t> values,
               std::size_t keys) {
    Lists lists;
    lists.first.assign(keys + 1, 0);
    for (const std::uint32_t key : key_of_row) {
        ++lists.first[key + 1];
    }
    std::partial_sum(lists.first.begin(), lists.first.end(), lists.first.begin());
    std::vector<std::size_t> at(lists.first.begin(), lists.first.end() - 1);
    lists.value.resize(key_of_row.size());
    for (std::size_t row = 0; row < key_of_row.size(); ++row) {
        lists.value[at[key_of_row[row]]++] = values[row];
    }
    return lists;
}

Result<Register> read_register(store::Connection& connection) {
    Register all;
    ICMAP_TRY(read_firms(connection, all));
    ICMAP_TRY(read_sites(connection, all));
    ICMAP_TRY(read_sectors(connection, all));
    ICMAP_TRY(read_jobs(connection, all));
    return all;
}

} // namespace icmap::describe
