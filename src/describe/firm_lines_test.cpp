#include "describe/firm_lines.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace icmap::describe {
namespace {

/// Firms with more and more jobs and sectors, the last with numbers that a line cannot hold.
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
            all.sectors.value.push_back(firm + 1 == firms ? 70'000 + i : 3 * i);
            all.jobs.value.push_back({firm + 1 == firms ? 40'000 : 2000 + static_cast<int>(i),
                                      static_cast<std::int32_t>(100'000 * i + firm)});
        }
        all.sectors.first.push_back(all.sectors.value.size());
        all.jobs.first.push_back(all.jobs.value.size());
    }
    return all;
}

TEST(FirmLines, TellWhatTheColumnsTellHoweverMuchThatIs) {
    const RegisterColumns all = register_of(12); // a line holds three jobs and seven sectors
    const FirmLines lines(all);
    for (std::uint32_t firm = 0; firm < all.firms(); ++firm) {
        const FirmLine& line = lines.of(firm);
        EXPECT_EQ(line.employees, all.firm[firm].employees);
        EXPECT_EQ(line.density_sites, all.firm[firm].density_sites);
        EXPECT_EQ(line.born_year, all.firm[firm].born_year);
        EXPECT_EQ(line.industry, all.firm[firm].industry);
        EXPECT_EQ(std::isnan(line.turnover_gbp), firm % 2 == 1);
        std::array<YearJobs, FirmLine::kJobs> room;
        const auto jobs = lines.jobs_of(firm, room);
        const auto known = all.jobs.of(firm);
        ASSERT_EQ(jobs.size(), known.size()) << firm;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            EXPECT_EQ(jobs[i].year, known[i].year) << firm;
            EXPECT_EQ(jobs[i].employees, known[i].employees) << firm;
        }
        std::vector<std::uint32_t> sectors;
        lines.for_each_sector(firm, [&](std::uint32_t sector) { sectors.push_back(sector); });
        const auto own = all.sectors.of(firm);
        EXPECT_EQ(sectors, std::vector<std::uint32_t>(own.begin(), own.end())) << firm;
    }
}

} // namespace
} // namespace icmap::describe
