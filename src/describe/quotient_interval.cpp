#include "describe/quotient_interval.hpp"

#include "base/parallel.hpp"
#include "base/simd.hpp"
#include "describe/poisson_draw.hpp"
#include "describe/random.hpp"
#include "describe/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace icmap::describe {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kDrawsOfNumber = 4; ///< sixteen bits each

/// What is not of the cluster, in sites.
struct Others {
    double inside;         ///< its outline
    double sector_outside; ///< of its sector
    double outside;        ///< all others
};

/// Counts of all replicates, side by side.
struct Drawn {
    std::span<const double> inside, other, sector_outside, rest;
};

ICMAP_SIMD_CLONES
void fill_numbers(const Random& random, std::size_t first, std::size_t step,
                  std::span<std::uint64_t> numbers) {
    for (std::size_t r = 0; r < numbers.size(); ++r) {
        numbers[r] = random.ahead(first + r * step);
    }
}

ICMAP_SIMD_CLONES
void take_part(std::span<const std::uint64_t> numbers, unsigned shift,
               std::span<std::uint16_t> parts) {
    for (std::size_t r = 0; r < numbers.size(); ++r) {
        parts[r] = static_cast<std::uint16_t>(numbers[r] >> shift);
    }
}

ICMAP_SIMD_CLONES
void add_times(std::span<const double> counts, double times, std::span<double> sums) {
    for (std::size_t r = 0; r < counts.size(); ++r) {
        sums[r] += times * counts[r];
    }
}

/// As location_quotient; where there is nothing to divide by, nought is divided by nought.
ICMAP_SIMD_CLONES
void divide(const Drawn& drawn, std::span<double> quotients) {
    for (std::size_t r = 0; r < quotients.size(); ++r) {
        const double here = drawn.inside[r] + drawn.other[r];
        quotients[r] =
            (drawn.inside[r] / here) / ((drawn.inside[r] + drawn.sector_outside[r]) /
                                        (here + drawn.sector_outside[r] + drawn.rest[r]));
    }
}

struct Moments {
    double mean;
    double deviation;
};

ICMAP_SIMD_CLONES
Moments moments_of(std::span<const double> values) {
    constexpr std::size_t kLanes = 8;
    std::array<double, kLanes> sums{};
    std::array<double, kLanes> squares{};
    for (std::size_t i = 0; i + kLanes <= values.size(); i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sums[lane] += values[i + lane];
            squares[lane] += values[i + lane] * values[i + lane];
        }
    }
    const auto n = static_cast<double>(values.size() / kLanes * kLanes);
    const double mean = std::accumulate(sums.begin(), sums.end(), 0.0) / n;
    const double square = std::accumulate(squares.begin(), squares.end(), 0.0) / n;
    return {mean, std::sqrt(std::max(0.0, square - mean * mean))};
}

/// Replicates of one cluster after another; each takes the next of the stream's numbers, each of
/// which serves four counts.
class Replicates {
  public:
    explicit Replicates(std::size_t replicates)
        : numbers_(replicates), parts_(replicates), inside_(replicates), other_(replicates),
          sector_outside_(replicates), rest_(replicates), quotients_(replicates) {}

    /// The quotients that can be said, in any order.
    std::span<double> draw(const QuotientCounts& counts, const Others& others,
                           const Random& random) {
        const std::size_t draws = counts.enterprises_by_sites.size() + 3;
        step_ = (draws + kDrawsOfNumber - 1) / kDrawsOfNumber;
        drawn_ = 0;
        std::fill(inside_.begin(), inside_.end(), 0.0);
        for (const auto& [sites, enterprises] : counts.enterprises_by_sites) {
            count(enterprises, random, other_);
            add_times(other_, sites, inside_);
        }
        count(others.inside, random, other_);
        count(others.sector_outside, random, sector_outside_);
        count(others.outside, random, rest_);
        divide({inside_, other_, sector_outside_, rest_}, quotients_);
        const auto end = std::remove_if(quotients_.begin(), quotients_.end(),
                                        [](double quotient) { return std::isnan(quotient); });
        return {quotients_.begin(), end};
    }

  private:
    void count(double mean, const Random& random, std::span<double> counts) {
        const std::size_t part = drawn_ % kDrawsOfNumber;
        if (part == 0) {
            fill_numbers(random, drawn_ / kDrawsOfNumber, step_, numbers_);
        }
        take_part(numbers_, static_cast<unsigned>(16 * part), parts_);
        PoissonDraw(mean).count(parts_, counts);
        ++drawn_;
    }

    std::vector<std::uint64_t> numbers_; ///< of each replicate the one that serves now
    std::vector<std::uint16_t> parts_;
    std::vector<double> inside_, other_, sector_outside_, rest_;
    std::vector<double> quotients_;
    std::size_t step_ = 1;  ///< numbers a replicate
    std::size_t drawn_ = 0; ///< counts of each replicate so far
};

/// The value that would stand at `rank` were all sorted: the largest that no more are below. Few
/// are compared with all at once, sooner than they are put into order. \param below room
ICMAP_SIMD_CLONES
double nth_of_few(std::span<const double> values, std::size_t rank, std::span<double> below) {
    std::fill(below.begin(), below.end(), 0.0);
    for (const double each : values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            below[i] += each < values[i] ? 1.0 : 0.0;
        }
    }
    double found = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < values.size(); ++i) {
        found = below[i] <= static_cast<double>(rank) ? std::max(found, values[i]) : found;
    }
    return found;
}

/// Finds values by their ranks. Ranks in the tails are looked for among the values there: a guess
/// from the moments tells most of the others apart at once.
class Tails {
  public:
    explicit Tails(std::size_t most) : low_(most), high_(most) {}

    /// The values that would stand at two ranks were all sorted. \param values lose their order
    std::pair<double, double> at(std::span<double> values, std::size_t low_rank,
                                 std::size_t high_rank) {
        constexpr double kNear = 1.5; // a fifteenth of a normal distribution lies beyond
        const Moments moments = moments_of(values);
        const double low_guess = moments.mean - kNear * moments.deviation;
        const double high_guess = moments.mean + kNear * moments.deviation;
        std::size_t low = 0;
        std::size_t high = 0;
        for (const double value : values) {
            low_[low] = value;
            high_[high] = value;
            low += value <= low_guess ? 1U : 0U;
            high += value >= high_guess ? 1U : 0U;
        }
        const std::size_t below_high = values.size() - high;
        return {low_rank < low ? nth({low_.data(), low}, low_rank) : nth(values, low_rank),
                high_rank >= below_high ? nth({high_.data(), high}, high_rank - below_high)
                                        : nth(values, high_rank)};
    }

  private:
    static double nth(std::span<double> values, std::size_t rank) {
        constexpr std::size_t kFew = 192;
        if (values.size() <= kFew) {
            std::array<double, kFew> below;
            return nth_of_few(values, rank, std::span(below).first(values.size()));
        }
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
        std::nth_element(values.begin(), at, values.end());
        return *at;
    }

    std::vector<double> low_, high_;
};

/// What one thread needs.
struct Bench {
    Replicates replicates;
    Tails tails;
};

Interval interval_of(const QuotientCounts& counts, const Random& random, Bench& bench) {
    double members = 0.0;
    for (const auto& [sites, enterprises] : counts.enterprises_by_sites) {
        members += static_cast<double>(sites) * enterprises;
    }
    Interval interval{
        location_quotient(members, counts.local_sites, counts.sector_sites, counts.all_sites),
        kUnknown, kUnknown};
    if (std::isnan(interval.value)) {
        return interval;
    }
    const double others_inside = std::max(0.0, counts.local_sites - members);
    const double sector_outside = std::max(0.0, counts.sector_sites - members);
    const double others_outside =
        std::max(0.0, counts.all_sites - counts.local_sites - sector_outside);
    const std::span<double> drawn =
        bench.replicates.draw(counts, {others_inside, sector_outside, others_outside}, random);
    if (drawn.size() < 40) {
        return interval;
    }
    const auto rank = [&drawn](double p) {
        return static_cast<std::size_t>(p * static_cast<double>(drawn.size() - 1) + 0.5);
    };
    std::tie(interval.low, interval.high) = bench.tails.at(drawn, rank(0.025), rank(0.975));
    return interval;
}

} // namespace

std::vector<Interval> quotient_intervals(std::span<const QuotientCounts> clusters, int replicates,
                                         std::uint64_t seed) {
    std::vector<Interval> intervals(clusters.size());
    const auto n = static_cast<std::size_t>(replicates);
    parallel_ranges(clusters.size(), 8, [&](std::size_t begin, std::size_t end) {
        Bench bench{Replicates(n), Tails(n)};
        for (std::size_t i = begin; i < end; ++i) {
            intervals[i] = interval_of(clusters[i], Random(seed, i), bench);
        }
    });
    return intervals;
}

} // namespace icmap::describe
