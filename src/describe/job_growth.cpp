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

bool add_pair(const JobShare& now, const JobShare& before, JobPairs& pairs) {
    if (is_misread(now.employees, before.employees)) {
        return false;
    }
    pairs.jobs += now.millionths;
    pairs.before += before.millionths;
    ++pairs.enterprises;
    return true;
}

const JobShare* in_year(std::span<const JobShare> jobs, std::int32_t year) {
    const auto found = std::find_if(jobs.begin(), jobs.end(),
                                    [year](const JobShare& each) { return each.year == year; });
    return found == jobs.end() ? nullptr : &*found;
}

} // namespace

void add_growth(std::span<const JobShare> jobs, std::int32_t year, JobGrowth& growth) {
    for (std::size_t i = 1; i < jobs.size(); ++i) {
        const std::int32_t step = jobs[i].year - (year - kGrowthSteps + 1);
        if (jobs[i - 1].year + 1 == jobs[i].year && step >= 0 && step < kGrowthSteps) {
            add_pair(jobs[i], jobs[i - 1], growth.steps.at(static_cast<std::size_t>(step)));
        }
    }
    if (jobs.empty() || jobs.back().year < year - 2) {
        return;
    }
    const JobShare& now = jobs.back();
    for (std::size_t i = 0; i < kGrowthYears.size(); ++i) {
        const JobShare* before = in_year(jobs, now.year - kGrowthYears.at(i));
        if (before != nullptr && add_pair(now, *before, growth.of_newest.at(i))) {
            growth.larger_of_newest.at(i).add_millionths(
                std::max(now.millionths, before->millionths));
        }
    }
}

} // namespace icmap::describe
