#include "describe/job_growth.hpp"

#include <algorithm>

namespace icmap::describe {
namespace {

/// Accounts are read by machines: of two numbers so far apart one is misread.
bool is_misread(std::int32_t now, std::int32_t before) {
    constexpr std::int32_t kLeast = 50;
    constexpr std::int64_t kTimes = 10;
    const std::int64_t larger = std::max(now, before);
    return larger >= kLeast && larger > kTimes * std::min(now, before);
}

bool add_pair(std::int32_t now, std::int32_t before, double weight, JobPairs& pairs) {
    if (is_misread(now, before)) {
        return false;
    }
    pairs.jobs.add(now * weight);
    pairs.before.add(before * weight);
    return true;
}

const YearJobs* in_year(std::span<const YearJobs> jobs, std::int32_t year) {
    const auto found = std::find_if(jobs.begin(), jobs.end(),
                                    [year](const YearJobs& each) { return each.year == year; });
    return found == jobs.end() ? nullptr : &*found;
}

} // namespace

void add_growth(std::span<const YearJobs> jobs, double weight, std::int32_t year,
                JobGrowth& growth) {
    for (std::size_t i = 1; i < jobs.size(); ++i) {
        const std::int32_t step = jobs[i].year - (year - kGrowthSteps + 1);
        if (jobs[i - 1].year + 1 == jobs[i].year && step >= 0 && step < kGrowthSteps) {
            add_pair(jobs[i].employees, jobs[i - 1].employees, weight,
                     growth.steps.at(static_cast<std::size_t>(step)));
        }
    }
    if (jobs.empty() || jobs.back().year < year - 2) {
        return;
    }
    for (std::size_t i = 0; i < kGrowthYears.size(); ++i) {
        const std::int32_t now = jobs.back().employees;
        const YearJobs* before = in_year(jobs, jobs.back().year - kGrowthYears.at(i));
        if (before != nullptr && add_pair(now, before->employees, weight, growth.of_newest.at(i))) {
            growth.larger_of_newest.at(i).add(std::max(now, before->employees) * weight);
        }
    }
}

} // namespace icmap::describe
