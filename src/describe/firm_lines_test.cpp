#include "describe/firm_lines.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

/// Firms with more and more jobs, a year left out, and sectors; every fifth and the last with
/// numbers that a line cannot hold.
RegisterColumns register_of(std::uint32_t firms) {
    RegisterColumns all;
    all.firm.resize(firms);
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        all.firm[firm].employees = static_cast<std::int32_t>(10 * firm);
        all.firm[firm].turnover_gbp = firm % 2 == 0 ? 1e3 * firm : std::nan("");
        all.firm[firm].density_sites = firm + 1;
        all.firm[firm].born_year = static_cast<std::int16_t>(1990 + firm);
        all.firm[firm].industry = static_cast<std::int16_t>(firm);
        for (std::uint32_t i = 0; i < firm; ++i) {
            const bool is_last = firm + 1 == firms;
            all.sectors.value.push_back(is_last ? 70'000 + i : 3 * i);
            const int year = 2000 + static_cast<int>(i > firm / 2 ? i + 1 : i);
            const std::uint32_t employees = (firm % 5 == 4 ? 100'000 : 1'000) * i + firm;
            all.jobs.value.push_back(
                {is_last ? 40'000 : year, static_cast<std::int32_t>(employees)});
        }
        all.sectors.first.push_back(all.sectors.end());
        all.jobs.first.push_back(all.jobs.end());
    }
    return all;
}

TEST(FirmLines, TellWhatTheColumnsTellHoweverMuchThatIs) {
    const RegisterColumns all = register_of(18); // a line holds eleven jobs and thirteen sectors
    const FirmLines lines(all);
    for (std::uint32_t firm = 0; firm < all.firms(); ++firm) {
        const FirmLine& line = lines.of(firm);
        EXPECT_EQ(line.employees, all.firm[firm].employees);
        EXPECT_EQ(line.density_sites, all.firm[firm].density_sites);
        EXPECT_EQ(line.born_year, all.firm[firm].born_year);
        EXPECT_EQ(line.industry, all.firm[firm].industry);
        EXPECT_EQ(std::isnan(line.turnover_gbp), firm % 2 == 1);
        std::vector<std::pair<std::int32_t, std::int32_t>> jobs;
        lines.for_each_job(firm, [&](std::int32_t year, std::int32_t employees) {
            jobs.emplace_back(year, employees);
        });
        const auto known = all.jobs.of(firm);
        ASSERT_EQ(jobs.size(), known.size()) << firm;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            EXPECT_EQ(jobs[i].first, known[i].year) << firm;
            EXPECT_EQ(jobs[i].second, known[i].employees) << firm;
        }
        std::vector<std::uint32_t> sectors;
        lines.for_each_sector(firm, [&](std::uint32_t sector) { sectors.push_back(sector); });
        const auto own = all.sectors.of(firm);
        EXPECT_EQ(line.jobs == FirmLine::kMore, firm > 11 || firm % 5 == 4) << firm;
        EXPECT_EQ(sectors, std::vector<std::uint32_t>(own.begin(), own.end())) << firm;
    }
}

} // namespace
} // namespace icmap::describe
