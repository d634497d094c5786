#pragma once

#include "describe/register_columns.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <memory>

namespace icmap::describe {

/// What a tally asks of one firm, in one line of cache: members of clusters come in any order of
/// memory, and of five columns each would be fetched from another place.
struct alignas(64) FirmLine {
    static constexpr std::size_t kJobs = 11;
    static constexpr std::size_t kSectors = 13;
    static constexpr std::uint8_t kMore = 0xFF; ///< more than a line holds: see the columns

    double turnover_gbp;
    std::int32_t employees;
    std::int32_t born;
    std::uint32_t density_sites;
    std::int16_t born_year;
    std::int16_t first_job_year;
    std::uint16_t job_years; ///< a bit for each year from the first on that jobs are known of
    std::array<std::uint16_t, kJobs> job_employees; ///< of these years
    std::uint8_t jobs;                              ///< how many are known, or kMore
    std::uint8_t sectors;
    std::array<std::uint8_t, kSectors> sector;
    std::int8_t industry;
};
static_assert(sizeof(FirmLine) == 64);

/// Lines of all firms of a register, which must outlive them.
class FirmLines {
  public:
    /// \complexity linear in firms, over all threads
    explicit FirmLines(const RegisterColumns& all);

    [[nodiscard]] const FirmLine& of(std::uint32_t firm) const { return lines_[firm]; }

    /// Calls `visit(year, employees)` for the jobs of a firm, by year.
    template <class Visit>
    void for_each_job(std::uint32_t firm, Visit&& visit) const {
        const FirmLine& line = lines_[firm];
        if (line.jobs == FirmLine::kMore) {
            for (const YearJobs& each : all_.jobs.of(firm)) {
                visit(each.year, each.employees);
            }
            return;
        }
        unsigned left = line.job_years;
        for (std::size_t i = 0; i < line.jobs; ++i) {
            visit(std::int32_t{line.first_job_year} + std::countr_zero(left),
                  std::int32_t{line.job_employees[i]});
            left &= left - 1;
        }
    }

    /// Calls `visit(sector_id)` for each sector of a firm, ascending.
    template <class Visit>
    void for_each_sector(std::uint32_t firm, Visit&& visit) const {
        const FirmLine& line = lines_[firm];
        if (line.sectors == FirmLine::kMore) {
            for (const std::uint32_t sector : all_.sectors.of(firm)) {
                visit(sector);
            }
            return;
        }
        for (std::size_t i = 0; i < line.sectors; ++i) {
            visit(std::uint32_t{line.sector[i]});
        }
    }

  private:
    const RegisterColumns& all_;
    std::unique_ptr<FirmLine[]> lines_;
};

} // namespace icmap::describe
