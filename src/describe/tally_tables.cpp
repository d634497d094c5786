#include "describe/tallies.hpp"

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

Result<void> write_years(store::Connection& connection, const ClusterTable& clusters,
                         std::span<const Tally> tallies, const TellingDate& date) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::int32_t> years;
    std::array<std::vector<std::uint32_t>, 3> counts;
    std::vector<double> employees;
    std::vector<double> reporting;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        for (std::int32_t k = 0; k < kYears; ++k) {
            const std::int32_t year = date.year - kYears + 1 + k;
            const YearTally& of_year = tallies[i].years[static_cast<std::size_t>(k)];
            cluster_id.push_back(clusters.cluster_id[i]);
            years.push_back(year);
            counts[0].push_back(of_year.enterprises);
            counts[1].push_back(of_year.births);
            counts[2].push_back(of_year.deaths);
            employees.push_back(std::nan(""));
            reporting.push_back(std::nan(""));
            for (const auto& [filed, sum] : tallies[i].jobs) {
                if (filed == year) {
                    employees.back() = std::round(SumTally::value(sum.sum));
                    reporting.back() = sum.known;
                }
            }
        }
    }
    return store::append_columns(connection, "main", "describe_year",
                                 std::array<store::Column, 7>{column(cluster_id), column(years),
                                                              column(counts[0]), column(counts[1]),
                                                              column(counts[2]), column(employees),
                                                              column(reporting)});
}

/// Rows of describe_job_pair: growth over so many years (no year), and steps into a year.
struct PairColumns {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::int32_t> years;
    std::vector<std::optional<std::int32_t>> year;
    std::vector<std::uint32_t> enterprises;
    std::vector<double> jobs;
    std::vector<double> before;

    void add(std::uint32_t cluster, std::int32_t over, std::optional<std::int32_t> into,
             const JobPairs& pairs) {
        if (pairs.enterprises > 0) {
            cluster_id.push_back(cluster);
            years.push_back(over);
            year.push_back(into);
            enterprises.push_back(pairs.enterprises);
            jobs.push_back(SumTally::value(pairs.jobs));
            before.push_back(SumTally::value(pairs.before));
        }
    }
};

Result<void> write_growth(store::Connection& connection, const ClusterTable& clusters,
                          std::span<const Tally> tallies, const TellingDate& date) {
    PairColumns rows;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const JobGrowth& growth = tallies[i].growth;
        for (std::size_t k = 0; k < kGrowthYears.size(); ++k) {
            rows.add(clusters.cluster_id[i], kGrowthYears.at(k), std::nullopt,
                     growth.of_newest.at(k));
        }
        std::int32_t year = date.year - kGrowthSteps;
        for (const JobPairs& step : growth.steps) {
            rows.add(clusters.cluster_id[i], 1, ++year, step);
        }
    }
    return store::append_columns(
        connection, "main", "describe_job_pair",
        std::array<store::Column, 6>{column(rows.cluster_id), column(rows.years), column(rows.year),
                                     column(rows.enterprises), column(rows.jobs),
                                     column(rows.before)});
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

Result<void> write_tallies(store::Connection& connection, const ClusterTable& clusters,
                           std::span<const Tally> tallies, const TellingDate& date) {
    ICMAP_TRY(write_growth(connection, clusters, tallies, date));
    return write_years(connection, clusters, tallies, date);
}

Result<void> write_filings(store::Connection& connection, const RegisterColumns& all,
                           const TellingDate& date) {
    std::map<std::int32_t, std::uint32_t> firms;
    for (std::size_t i = 0; i < all.first_day.size(); ++i) {
        if (all.first_day[i] <= date.day) {
            ++firms[all.jobs.value[i].year];
        }
    }
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
