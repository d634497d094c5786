#include "describe/register_columns.hpp"

#include "base/parallel.hpp"
#include "describe/days.hpp"
#include "describe/locations.hpp"
#include "store/stream.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <future>
#include <string_view>
#include <type_traits>

namespace icmap::describe {
namespace {

Result<std::size_t> count_ids(store::Connection& connection, std::string_view query) {
    ICMAP_ASSIGN(const std::int64_t most, connection.integer(query));
    return static_cast<std::size_t>(most + 1);
}

/// The first two digits of a SIC code; -1 where it does not begin with any.
std::int16_t industry_of(std::string_view sic_code) {
    std::int16_t industry = -1;
    const std::string_view digits = sic_code.substr(0, 2);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), industry);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size();
    return is_number && industry >= 0 ? industry : std::int16_t{-1};
}

Result<void> read_firms(store::Connection& connection, RegisterColumns& all) {
    ICMAP_TRY(store::stream(connection,
                            "select firm_id, employees, turnover_gbp, incorporated, dissolved, "
                            "sic_codes[1] from firm",
                            [&all](const store::Chunk& chunk) {
                                const auto id = chunk.column<std::uint32_t>(0);
                                const auto copy = [&](std::size_t column, auto Firm::*into) {
                                    using Number = std::remove_reference_t<decltype(Firm().*into)>;
                                    const auto from = chunk.column<Number>(column);
                                    const store::Nulls nulls = chunk.nulls(column);
                                    for (std::size_t i = 0; i < from.size(); ++i) {
                                        if (!nulls[i]) {
                                            all.firm[id[i]].*into = from[i];
                                        }
                                    }
                                };
                                copy(1, &Firm::employees);
                                copy(2, &Firm::turnover_gbp);
                                copy(3, &Firm::born);
                                copy(4, &Firm::died);
                                for (std::size_t i = 0; i < id.size(); ++i) {
                                    all.firm[id[i]].industry = industry_of(chunk.text(5, i));
                                }
                            }));
    const YearOfDay year_of_day;
    const auto year = [&](std::int32_t day) {
        return day != kNotKnown ? static_cast<std::int16_t>(year_of_day(day)) : kNoYear;
    };
    parallel_for_each(all.firms(), 10'000, [&](std::size_t i) {
        all.firm[i].born_year = year(all.firm[i].born);
        all.firm[i].died_year = year(all.firm[i].died);
    });
    return {};
}

/// Of the accounts of one firm and year the last that gives employees counts. They come by firm and
/// day, one a day (locate/filings.hpp).
Result<void> read_jobs(store::Connection& connection, std::size_t all_firms, RegisterColumns& all) {
    Lists<YearJobs>& jobs = all.jobs;
    bool is_in_order = true;
    const YearOfDay year_of_day;
    ICMAP_TRY(store::stream(connection, "select firm_id, employees, period_end from account",
                            [&](const store::Chunk& chunk) {
                                const auto firms = chunk.column<std::uint32_t>(0);
                                const auto employees = chunk.column<std::int32_t>(1);
                                const auto days = chunk.column<std::int32_t>(2);
                                const store::Nulls is_without =
                                    chunk.nulls(1); // left out here: a filter would copy
                                for (std::size_t i = 0; i < chunk.size(); ++i) {
                                    const std::uint32_t firm = firms[i];
                                    if (firm >= all_firms || is_without[i]) {
                                        continue;
                                    }
                                    const YearJobs filed{year_of_day(days[i]), employees[i]};
                                    is_in_order = is_in_order && firm + 1 >= jobs.first.size();
                                    while (jobs.first.size() <= firm) {
                                        jobs.first.push_back(jobs.end());
                                    }
                                    const bool is_same_year = jobs.end() > jobs.first.back() &&
                                                              jobs.value.back().year == filed.year;
                                    if (is_same_year) {
                                        jobs.value.back() = filed;
                                    } else {
                                        jobs.value.push_back(filed);
                                        all.first_accounts.add(days[i]);
                                    }
                                }
                            }));
    jobs.first.resize(all_firms + 1, jobs.end());
    return is_in_order ? Result<void>() : internal_error("accounts do not stand in order of firms");
}

Result<void> read_sectors(store::Connection& connection, std::size_t all_firms,
                          RegisterColumns& all) {
    std::vector<std::uint32_t> firm;
    std::vector<std::uint32_t> sector;
    ICMAP_ASSIGN(const std::int64_t rows, connection.integer("select count(*) from firm_sector"));
    firm.reserve(static_cast<std::size_t>(rows));
    sector.reserve(static_cast<std::size_t>(rows));
    ICMAP_TRY(store::stream(connection, "select firm_id, sector_id::uinteger from firm_sector",
                            [&](const store::Chunk& chunk) {
                                const auto ids = chunk.column<std::uint32_t>(0);
                                const auto sectors = chunk.column<std::uint32_t>(1);
                                firm.insert(firm.end(), ids.begin(), ids.end());
                                sector.insert(sector.end(), sectors.begin(), sectors.end());
                            }));
    all.sectors = lists_of(firm, sector, all_firms);
    for (std::size_t f = 0; f < all_firms; ++f) {
        const std::span<std::uint32_t> own = all.sectors.of(f);
        std::sort(own.begin(), own.end());
    }
    return {};
}

/// Room for the sites that count, and their bounds in the plane as they come.
struct SitesRead {
    Standings standings;
    Box bounds{kMost, kMost, -kMost, -kMost};

    explicit SitesRead(std::size_t most) {
        standings.site_id.reserve(most);
        standings.degrees.reserve(most);
        standings.plane.reserve(most);
    }
    void add(std::uint32_t site, PlaneXY degrees, PlaneXY plane) {
        standings.site_id.push_back(site);
        standings.degrees.push_back(degrees);
        standings.plane.push_back(plane);
        bounds = {std::min(bounds.min_x, plane.x_m), std::min(bounds.min_y, plane.y_m),
                  std::max(bounds.max_x, plane.x_m), std::max(bounds.max_y, plane.y_m)};
    }

  private:
    static constexpr double kMost = std::numeric_limits<double>::infinity();
};

Result<void> read_sites(store::Connection& connection, RegisterColumns& all) {
    ICMAP_ASSIGN(const std::size_t sites,
                 count_ids(connection, "select coalesce(max(site_id), -1)::bigint from site"));
    all.location_of_site.assign(sites, RegisterColumns::kNowhere);
    all.firm_of_site.assign(sites, RegisterColumns::kNowhere);
    SitesRead read(sites);
    ICMAP_TRY(store::stream(
        connection,
        "select site_id, firm_id, lon_deg, lat_deg, x_m, y_m from site where in_density",
        [&](const store::Chunk& chunk) {
            const auto ids = chunk.column<std::uint32_t>(0);
            const auto firms = chunk.column<std::uint32_t>(1);
            const auto lon_deg = chunk.column<double>(2);
            const auto lat_deg = chunk.column<double>(3);
            const auto x_m = chunk.column<double>(4);
            const auto y_m = chunk.column<double>(5);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                read.add(ids[i], {lon_deg[i], lat_deg[i]}, {x_m[i], y_m[i]});
                all.firm_of_site[ids[i]] = firms[i];
                if (firms[i] < all.firms()) {
                    ++all.firm[firms[i]].density_sites;
                }
            }
        }));
    if (!read.standings.site_id.empty()) {
        all.site_bounds = read.bounds;
    }
    all.locations = number_locations(read.standings, all.location_of_site);
    return {};
}

} // namespace

Result<RegisterColumns> read_register(store::Connection& connection, store::Connection* beside) {
    RegisterColumns all;
    ICMAP_ASSIGN(const std::size_t firms,
                 count_ids(connection, "select coalesce(max(firm_id), -1)::bigint from firm"));
    const auto read_what_firms_have = [&all, firms](store::Connection& from) -> Result<void> {
        ICMAP_TRY(read_sectors(from, firms, all));
        return read_jobs(from, firms, all);
    };
    std::future<Result<void>> meanwhile;
    if (beside != nullptr) {
        meanwhile = std::async(std::launch::async, read_what_firms_have, std::ref(*beside));
    }
    all.firm.assign(firms, {});
    ICMAP_TRY(read_firms(connection, all));
    ICMAP_TRY(read_sites(connection, all));
    ICMAP_TRY(beside != nullptr ? meanwhile.get() : read_what_firms_have(connection));
    return all;
}

} // namespace icmap::describe
