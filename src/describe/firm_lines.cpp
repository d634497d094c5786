#include "describe/firm_lines.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace icmap::describe {
namespace {

template <class Narrow, class Wide>
bool fits(Wide value) {
    return value >= std::numeric_limits<Narrow>::min() &&
           value <= std::numeric_limits<Narrow>::max();
}

void fill_jobs(std::span<const YearJobs> jobs, FirmLine& line) {
    const std::int32_t first = jobs.empty() ? 0 : jobs.front().year;
    const auto year_of = [first](const YearJobs& each) { return each.year - first; };
    const bool is_held = jobs.size() <= FirmLine::kJobs && fits<std::int16_t>(first) &&
                         std::all_of(jobs.begin(), jobs.end(), [&](const YearJobs& each) {
                             return year_of(each) < std::numeric_limits<std::uint16_t>::digits &&
                                    fits<std::uint16_t>(each.employees);
                         });
    line.jobs = is_held ? static_cast<std::uint8_t>(jobs.size()) : FirmLine::kMore;
    line.first_job_year = static_cast<std::int16_t>(is_held ? first : 0);
    line.job_years = 0;
    for (std::size_t i = 0; is_held && i < jobs.size(); ++i) {
        line.job_years = static_cast<std::uint16_t>(line.job_years | 1U << year_of(jobs[i]));
        line.job_employees[i] = static_cast<std::uint16_t>(jobs[i].employees);
    }
}

void fill_sectors(std::span<const std::uint32_t> sectors, FirmLine& line) {
    const bool is_held =
        sectors.size() <= FirmLine::kSectors &&
        std::all_of(sectors.begin(), sectors.end(), fits<std::uint8_t, std::uint32_t>);
    line.sectors = is_held ? static_cast<std::uint8_t>(sectors.size()) : FirmLine::kMore;
    for (std::size_t i = 0; is_held && i < sectors.size(); ++i) {
        line.sector[i] = static_cast<std::uint8_t>(sectors[i]);
    }
}

} // namespace

FirmLines::FirmLines(const RegisterColumns& all)
    : all_(all), lines_(std::make_unique_for_overwrite<FirmLine[]>(all.firms())) {
    parallel_for_each(all.firms(), 10'000, [&](std::size_t i) {
        const Firm& firm = all.firm[i];
        FirmLine& line = lines_[i];
        line.turnover_gbp = firm.turnover_gbp;
        line.employees = firm.employees;
        line.born = firm.born;
        line.density_sites = firm.density_sites;
        line.born_year = firm.born_year;
        // Two digits of a code, or none.
        line.industry = fits<std::int8_t>(firm.industry) ? static_cast<std::int8_t>(firm.industry)
                                                         : std::int8_t{-1};
        fill_jobs(all.jobs.of(i), line);
        fill_sectors(all.sectors.of(i), line);
    });
}

} // namespace icmap::describe
