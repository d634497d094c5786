#include "describe/firm_lines.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <limits>

namespace icmap::describe {
namespace {

template <class Narrow, class Wide>
bool fits(Wide value) {
    return value >= std::numeric_limits<Narrow>::min() &&
           value <= std::numeric_limits<Narrow>::max();
}

void fill_jobs(std::span<const YearJobs> jobs, FirmLine& line) {
    const bool is_held = jobs.size() <= FirmLine::kJobs &&
                         std::all_of(jobs.begin(), jobs.end(), [](const YearJobs& each) {
                             return fits<std::int16_t>(each.year);
                         });
    line.jobs = is_held ? static_cast<std::uint8_t>(jobs.size()) : FirmLine::kMore;
    for (std::size_t i = 0; is_held && i < jobs.size(); ++i) {
        line.job_year.at(i) = static_cast<std::int16_t>(jobs[i].year);
        line.job_employees.at(i) = jobs[i].employees;
    }
}

void fill_sectors(std::span<const std::uint32_t> sectors, FirmLine& line) {
    const bool is_held =
        sectors.size() <= FirmLine::kSectors &&
        std::all_of(sectors.begin(), sectors.end(), fits<std::uint16_t, std::uint32_t>);
    line.sectors = is_held ? static_cast<std::uint8_t>(sectors.size()) : FirmLine::kMore;
    for (std::size_t i = 0; is_held && i < sectors.size(); ++i) {
        line.sector.at(i) = static_cast<std::uint16_t>(sectors[i]);
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
        line.industry = firm.industry;
        fill_jobs(all.jobs.of(i), line);
        fill_sectors(all.sectors.of(i), line);
    });
}

std::span<const YearJobs> FirmLines::jobs_of(std::uint32_t firm,
                                             std::span<YearJobs, FirmLine::kJobs> room) const {
    const FirmLine& line = lines_[firm];
    if (line.jobs == FirmLine::kMore) {
        return all_.jobs.of(firm);
    }
    for (std::size_t i = 0; i < line.jobs; ++i) {
        room[i] = {line.job_year[i], line.job_employees[i]};
    }
    return room.first(line.jobs);
}

} // namespace icmap::describe
