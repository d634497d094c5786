#pragma once

#include "describe/sum_tally.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace icmap::describe {

/// What one enterprise employed in one year, and what of it counts in a cluster.
struct JobShare {
    std::int32_t year = 0;
    std::int32_t employees = 0;
    std::int64_t millionths = 0; ///< of jobs: the part that counts
};

/// Jobs of the same enterprises at two times.
struct JobPairs {
    SumTally::Millionths jobs = 0;
    SumTally::Millionths before = 0;
    std::uint32_t enterprises = 0;
};

/// Years back that growth is told over.
inline constexpr std::array<std::int32_t, 2> kGrowthYears{1, 5};
/// Steps from one year to the next that a cluster's index is made of, the last ending in the
/// telling date's year.
inline constexpr std::int32_t kGrowthSteps = 10;

/// How the jobs of enterprises that report twice have grown.
struct JobGrowth {
    std::array<JobPairs, kGrowthYears.size()> of_newest{}; ///< newest accounts and those before
    /// Of each enterprise the larger of these two, for disclosure control.
    std::array<SumTally, kGrowthYears.size()> larger_of_newest{};
    std::array<JobPairs, kGrowthSteps> steps{}; ///< by the year a step ends in
};

/// Adds one enterprise.
/// \param jobs of it, by year
/// \param year of the telling date; accounts more than two calendar years older are not new
void add_growth(std::span<const JobShare> jobs, std::int32_t year, JobGrowth& growth);

} // namespace icmap::describe
