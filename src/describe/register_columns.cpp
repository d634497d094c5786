#include "describe/register_columns.hpp"

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

Result<void> read_firms(store::Connection& connection, RegisterColumns& all) {
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

/// Of the accounts of one firm and year the last that gives employees counts. They come by firm and
/// day, one a day (locate/filings.hpp).
Result<void> read_jobs(store::Connection& connection, RegisterColumns& all) {
    Lists<YearJobs>& jobs = all.jobs;
    bool is_in_order = true;
    ICMAP_TRY(connection.read(
        "select firm_id, year(period_end)::integer, employees from account "
        "where employees is not null",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t firm = chunk.column<std::uint32_t>(0)[i];
                if (firm >= all.firms()) {
                    continue;
                }
                const YearJobs filed{chunk.column<std::int32_t>(1)[i],
                                     chunk.column<std::int32_t>(2)[i]};
                is_in_order = is_in_order && firm + 1 >= jobs.first.size();
                jobs.first.resize(std::max(jobs.first.size(), std::size_t{firm} + 1),
                                  jobs.value.size());
                const bool is_same_year =
                    jobs.value.size() > jobs.first.back() && jobs.value.back().year == filed.year;
                if (is_same_year) {
                    jobs.value.back() = filed;
                } else {
                    jobs.value.push_back(filed);
                }
            }
        }));
    jobs.first.resize(all.firms() + 1, jobs.value.size());
    return is_in_order ? Result<void>() : internal_error("accounts do not stand in order of firms");
}

Result<void> read_sectors(store::Connection& connection, RegisterColumns& all) {
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
        const std::span<std::uint32_t> own = all.sectors.of(f);
        std::sort(own.begin(), own.end());
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
void order_locations(RegisterColumns& all) {
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
        location = location == RegisterColumns::kNowhere ? location : rank[location];
    }
}

Result<void> read_sites(store::Connection& connection, RegisterColumns& all) {
    ICMAP_ASSIGN(const std::size_t sites,
                 count_ids(connection, "select coalesce(max(site_id), -1)::bigint from site"));
    all.density_sites.assign(all.firms(), 0);
    all.location_of_site.assign(sites, RegisterColumns::kNowhere);
    all.firm_of_site.assign(sites, RegisterColumns::kNowhere);
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

Result<RegisterColumns> read_register(store::Connection& connection) {
    RegisterColumns all;
    ICMAP_TRY(read_firms(connection, all));
    ICMAP_TRY(read_sites(connection, all));
    ICMAP_TRY(read_sectors(connection, all));
    ICMAP_TRY(read_jobs(connection, all));
    return all;
}

} // namespace icmap::describe
