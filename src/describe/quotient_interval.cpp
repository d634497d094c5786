#include "describe/quotient_interval.hpp"

#include "base/parallel.hpp"
#include "describe/random.hpp"
#include "describe/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::describe {
namespace {

Interval interval_of(const QuotientCounts& counts, int replicates, std::uint64_t seed,
                     std::uint64_t stream) {
    double members = 0.0;
    for (const auto& [sites, enterprises] : counts.enterprises_by_sites) {
        members += static_cast<double>(sites) * enterprises;
    }
    Interval interval;
    interval.value =
        location_quotient(members, counts.local_sites, counts.sector_sites, counts.all_sites);
    interval.low = interval.high = std::numeric_limits<double>::quiet_NaN();
    if (std::isnan(interval.value)) {
        return interval;
    }
    const double others_inside = std::max(0.0, counts.local_sites - members);
    const double sector_outside = std::max(0.0, counts.sector_sites - members);
    const double others_outside =
        std::max(0.0, counts.all_sites - counts.local_sites - sector_outside);
    Random random(seed, stream);
    std::vector<double> drawn;
    drawn.reserve(static_cast<std::size_t>(replicates));
    for (int r = 0; r < replicates; ++r) {
        double inside = 0.0;
        for (const auto& [sites, enterprises] : counts.enterprises_by_sites) {
            inside += static_cast<double>(sites) * random.poisson(enterprises);
        }
        const double other = random.poisson(others_inside);
        const double outside = random.poisson(sector_outside);
        const double rest = random.poisson(others_outside);
        const double quotient = location_quotient(inside, inside + other, inside + outside,
                                                  inside + other + outside + rest);
        if (!std::isnan(quotient)) {
            drawn.push_back(quotient);
        }
    }
    if (drawn.size() < 40) {
        return interval;
    }
    // The value that would stand there were they sorted; the second search is among those below.
    const auto at = [&drawn](double p, std::size_t end) {
        const auto rank =
            static_cast<std::ptrdiff_t>(p * static_cast<double>(drawn.size() - 1) + 0.5);
        const auto nth = drawn.begin() + rank;
        std::nth_element(drawn.begin(), nth, drawn.begin() + static_cast<std::ptrdiff_t>(end));
        return std::pair(*nth, static_cast<std::size_t>(rank));
    };
    const auto [high, high_rank] = at(0.975, drawn.size());
    interval.high = high;
    interval.low = at(0.025, high_rank).first;
    return interval;
}

} // namespace

std::vector<Interval> quotient_intervals(std::span<const QuotientCounts> clusters, int replicates,
                                         std::uint64_t seed) {
    std::vector<Interval> intervals(clusters.size());
    parallel_for_each(clusters.size(), 8, [&](std::size_t i) {
        intervals[i] = interval_of(clusters[i], replicates, seed, i);
    });
    return intervals;
}

} // namespace icmap::describe
