#include "describe/growth_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace icmap::describe {
namespace {

/// Fewer enterprises than this say nothing of a cluster.
constexpr std::uint32_t kLeastReporting = 5;
constexpr std::array<std::string_view, kGrowthYears.size()> kMeasures{"jobs_growth_1y",
                                                                      "jobs_growth_5y"};
static_assert(kGrowthYears == std::array<std::int32_t, 2>{1, 5});

/// From the first to the last of the years told of that any member's accounts are of.
std::int32_t years_between(std::span<const Tally> tallies, const TellingDate& date) {
    std::int32_t first = date.year;
    std::int32_t last = first - kYears;
    for (const Tally& of : tallies) {
        for (const auto& [year, sum] : of.jobs) {
            if (year > date.year - kYears && year <= date.year) {
                first = std::min(first, year);
                last = std::max(last, year);
            }
        }
    }
    return std::max(last - first, 0);
}

} // namespace

void tell_growth(const Context& context, const ClusterTable& clusters,
                 std::span<const Tally> tallies, const TellingDate& date, FigureTable& figures) {
    const std::int32_t reach = years_between(tallies, date);
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        for (std::size_t k = 0; k < kGrowthYears.size(); ++k) {
            const JobPairs& pairs = tallies[row].growth.of_newest.at(k);
            const double before = SumTally::value(pairs.before);
            const bool is_enough = pairs.enterprises >= kLeastReporting;
            const double growth = is_enough && before > 0.0
                                      ? SumTally::value(pairs.jobs) / before - 1.0
                                      : std::nan("");
            figures.set(
                row, kMeasures.at(k), growth,
                static_cast<double>(pairs.enterprises) / clusters.enterprises[row],
                !context.has_employees ? "no source of employees in this project"
                : reach < kGrowthYears.at(k)
                    ? "the accounts of this project do not reach back so far"
                : !is_enough
                    ? "fewer than five enterprises here report their employees in both years"
                    : "the enterprises here that report in both years had no employees");
        }
    }
}

} // namespace icmap::describe
