#include "describe/quotient_interval.hpp"

#include "base/parallel.hpp"
#include "describe/poisson_draw.hpp"
#include "describe/random.hpp"
#include "describe/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::describe {
namespace {

/// Sites drawn as Poisson counts, each number drawn serving four of them.
class Replicates {
  public:
    struct Others {
        double inside;
        double sector_outside;
        double outside;
    };

    Replicates(const QuotientCounts& counts, const Others& others)
        : other_inside_(others.inside), sector_outside_(others.sector_outside),
          other_outside_(others.outside) {
        for (const auto& [sites, enterprises] : counts.enterprises_by_sites) {
            members_.emplace_back(static_cast<double>(sites),
                                  PoissonDraw(static_cast<double>(enterprises)));
        }
    }

    /// The quotient of one replicate.
    double draw(Random& random) {
        left_ = 0;
        double inside = 0.0;
        for (const auto& [sites, enterprises] : members_) {
            inside += sites * enterprises.count(number(random));
        }
        const double other = other_inside_.count(number(random));
        const double outside = sector_outside_.count(number(random));
        const double rest = other_outside_.count(number(random));
        return location_quotient(inside, inside + other, inside + outside,
                                 inside + other + outside + rest);
    }

  private:
    /// Sixteen bits of a number, or of the next.
    std::uint32_t number(Random& random) {
        if (left_ == 0) {
            bits_ = random.next();
            left_ = 4;
        }
        --left_;
        const auto low = static_cast<std::uint32_t>(bits_ % PoissonDraw::kLikely);
        bits_ /= PoissonDraw::kLikely;
        return low;
    }

    std::vector<std::pair<double, PoissonDraw>> members_;
    PoissonDraw other_inside_;
    PoissonDraw sector_outside_;
    PoissonDraw other_outside_;
    std::uint64_t bits_ = 0;
    int left_ = 0;
};

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
    Replicates replicate(counts, {others_inside, sector_outside, others_outside});
    Random random(seed, stream);
    std::vector<double> drawn;
    drawn.reserve(static_cast<std::size_t>(replicates));
    for (int r = 0; r < replicates; ++r) {
        if (const double quotient = replicate.draw(random); !std::isnan(quotient)) {
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
