#include "demo/demo.hpp"

#include "base/parallel.hpp"
#include "demo/dirt.hpp"
#include "demo/land.hpp"
#include "demo/national_grid.hpp"
#include "demo/plan.hpp"
#include "demo/sector_writer.hpp"
#include "demo/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unistd.h>

namespace icmap::demo {
namespace {

std::filesystem::path scratch(const std::string& name) {
    return std::filesystem::temp_directory_path() /
           ("icmap_demo_test_" + std::to_string(::getpid())) / name;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& path) {
    return parse_csv(read(path));
}

/// One small example, written once for all tests.
class Example : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto progress = make_progress(ProgressStyle::quiet);
        const auto made = write_example_project(folder(), {.firms = 10'000, .seed = 7}, *progress);
        ASSERT_TRUE(made.has_value()) << made.error().message();
        summary() = *made;
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(scratch("")); }
    static std::filesystem::path folder() { return scratch("example"); }
    static DemoSummary& summary() {
        static DemoSummary kSummary;
        return kSummary;
    }
    /// Rows of the register that are not wrong on purpose.
    static const std::vector<std::vector<std::string>>& companies() {
        static const auto kRows = [] {
            auto rows = rows_of(folder() / kCompaniesFile);
            std::set<std::uint64_t> dirty;
            for (const auto& row : rows_of(folder() / "truth/dirt.csv")) {
                if (row[0] == kCompaniesFile) {
                    dirty.insert(std::stoull(row[1]));
                }
            }
            std::vector<std::vector<std::string>> clean;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (!dirty.contains(i + 2)) {
                    clean.push_back(std::move(rows[i]));
                }
            }
            return clean;
        }();
        return kRows;
    }
    static double share(std::size_t column, const std::string& value) {
        const auto n = std::ranges::count_if(companies(),
                                             [&](const auto& row) { return row[column] == value; });
        return static_cast<double>(n) / static_cast<double>(companies().size());
    }
};

TEST_F(Example, HasExactlyTheFirmsAskedFor) {
    EXPECT_EQ(summary().firms, 10'000U);
    ASSERT_EQ(companies().size(), 10'000U);
    for (const auto& row : companies()) {
        ASSERT_EQ(row.size(), 55U) << row[0];
    }
}

TEST_F(Example, GivesEveryFirmANumberOfItsOwn) {
    std::set<std::string> numbers;
    for (const auto& row : companies()) {
        EXPECT_EQ(row[1].size(), 8U) << row[1];
        EXPECT_TRUE(numbers.insert(row[1]).second) << row[1];
    }
}

TEST_F(Example, KeepsTheOddSpacesOfTheRegistersHeader) {
    const std::string text = read(folder() / kCompaniesFile);
    const std::string header = text.substr(0, text.find('\n'));
    EXPECT_TRUE(header.starts_with("CompanyName, CompanyNumber,RegAddress.CareOf,"));
    EXPECT_NE(header.find(", RegAddress.AddressLine2,"), std::string::npos);
    EXPECT_TRUE(header.ends_with(",ConfStmtNextDueDate, ConfStmtLastMadeUpDate\r"));
    EXPECT_EQ(std::ranges::count(header, ','), 54);
}

TEST_F(Example, HasTheProportionsOfTheRealRegister) {
    EXPECT_NEAR(share(11, "Active"), 0.91, 0.02);
    EXPECT_NEAR(share(10, "Private Limited Company"), 0.96, 0.01);
    EXPECT_NEAR(share(9, ""), 0.012, 0.008);
    EXPECT_NEAR(share(27, ""), 0.84, 0.02); // one SIC code only
    EXPECT_NEAR(share(26, "None Supplied"), 0.009, 0.005);
    std::size_t recent = 0;
    std::size_t renamed = 0;
    for (const auto& row : companies()) {
        recent += row[14].substr(6) >= "2020" ? 1U : 0U;
        renamed += row[34].empty() ? 0U : 1U;
    }
    EXPECT_NEAR(static_cast<double>(recent) / 10'000.0, 0.47, 0.05);
    EXPECT_NEAR(static_cast<double>(renamed) / 10'000.0, 0.07, 0.03);
}

TEST_F(Example, SharesPostcodesAmongTwoToSevenFirms) {
    std::set<std::string> used;
    for (const auto& row : companies()) {
        used.insert(row[9]);
    }
    const double firms_each = 10'000.0 / static_cast<double>(used.size());
    EXPECT_GT(firms_each, 1.2); // a small country still has one postcode at least a village
    EXPECT_LT(firms_each, 7.0);
}

TEST_F(Example, RegistersManyFirmsAtAFormationAgentsAddress) {
    std::map<std::string, int> at;
    for (const auto& row : companies()) {
        ++at[row[9]];
    }
    const auto most =
        std::ranges::max_element(at, {}, [](const auto& pair) { return pair.second; });
    EXPECT_GE(most->second, 500);
}

TEST_F(Example, PutsEveryPostcodeOnLandAndUniquely) {
    const auto rows = rows_of(folder() / kPostcodesFile);
    std::set<std::uint64_t> dirty;
    for (const auto& row : rows_of(folder() / "truth/dirt.csv")) {
        if (row[0] == kPostcodesFile) {
            dirty.insert(std::stoull(row[1]));
        }
    }
    std::set<std::string> units;
    std::size_t without = 0;
    std::size_t terminated = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].size(), 53U);
        if (dirty.contains(i + 2)) {
            continue;
        }
        EXPECT_TRUE(units.insert(rows[i][2]).second) << rows[i][2];
        terminated += rows[i][4].empty() ? 0U : 1U;
        const LonLat position{std::stod(rows[i][43]), std::stod(rows[i][42])};
        if (position.lat > 99.0) {
            EXPECT_EQ(rows[i][11], "");
            ++without;
            continue;
        }
        // Tolerance: Land::kTolerance_m, and a metre for six decimals.
        const PlaneXY at = to_national_grid(position);
        const bool near = uk_land().contains(at) || uk_land().contains({at.x_m + 1, at.y_m}) ||
                          uk_land().contains({at.x_m - 1, at.y_m}) ||
                          uk_land().contains({at.x_m, at.y_m + 1}) ||
                          uk_land().contains({at.x_m, at.y_m - 1});
        EXPECT_TRUE(near) << rows[i][2];
    }
    EXPECT_GT(without, 0U);
    EXPECT_GT(terminated, rows.size() / 20);
}

TEST_F(Example, KnowsThePostcodeOfEveryFirmAtHome) {
    std::set<std::string> units;
    for (const auto& row : rows_of(folder() / kPostcodesFile)) {
        units.insert(row[2]);
    }
    for (const auto& row : companies()) {
        const bool is_abroad = row[8] == "GERMANY" || row[8] == "IRELAND" || row[8] == "CHINA" ||
                               row[8] == "UNITED STATES" || row[8] == "ISLE OF MAN";
        if (!row[9].empty() && !is_abroad) {
            EXPECT_TRUE(units.contains(row[9])) << row[9];
        }
    }
}

TEST_F(Example, PlantsOnlyMembersThatExistAndAsManyAsItSays) {
    std::set<std::string> numbers;
    for (const auto& row : companies()) {
        numbers.insert(row[1]);
    }
    std::map<std::string, int> members;
    for (const auto& row : rows_of(folder() / "truth/members.csv")) {
        EXPECT_TRUE(numbers.contains(row[0])) << row[0];
        ++members[row[1]];
    }
    const auto clusters = rows_of(folder() / "truth/planted_clusters.csv");
    EXPECT_GE(clusters.size(), 20U);
    for (const auto& row : clusters) {
        EXPECT_EQ(members[row[0]], std::stoi(row[7])) << row[6];
        EXPECT_GE(std::stoi(row[7]), 15);
    }
    EXPECT_EQ(members.size(), clusters.size());
}

TEST_F(Example, ListsEveryDirtyRowWhereItStands) {
    const auto dirt = rows_of(folder() / "truth/dirt.csv");
    EXPECT_EQ(dirt.size(), summary().dirty_rows);
    std::map<std::pair<std::string, std::string>, std::uint32_t> count;
    for (const auto& row : dirt) {
        ++count[{row[0], row[2]}];
    }
    for (const auto& [key, n] : count) {
        const bool is_register = key.first == kCompaniesFile || key.first == kPostcodesFile ||
                                 key.first == kAccountsFile;
        EXPECT_EQ(n, is_register ? DirtyRows::rows_of_each(10'000) : 1U) << key.second;
    }
    std::ifstream file(folder() / kCompaniesFile, std::ios::binary);
    std::vector<std::string> lines{""};
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    for (const auto& row : dirt) {
        if (row[2] == "bad_date" && row[0] == kCompaniesFile) {
            EXPECT_NE(lines.at(std::stoul(row[1])).find("31/02/2019"), std::string::npos);
        }
    }
}

TEST_F(Example, IsTheSameBytesForTheSameSeedAndOthersForAnother) {
    const auto progress = make_progress(ProgressStyle::quiet);
    {
        const ThreadLimit one(1); // and for every number of threads
        ASSERT_TRUE(
            write_example_project(scratch("again"), {.firms = 10'000, .seed = 7}, *progress));
    }
    ASSERT_TRUE(write_example_project(scratch("other"), {.firms = 10'000, .seed = 8}, *progress));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
        if (entry.is_regular_file()) {
            const auto name = std::filesystem::relative(entry.path(), folder());
            EXPECT_EQ(read(entry.path()), read(scratch("again") / name)) << name;
            ++files;
        }
    }
    EXPECT_GE(files, 11U);
    EXPECT_NE(read(folder() / kCompaniesFile), read(scratch("other") / kCompaniesFile));
}

TEST(WriteExampleProject, RefusesCountriesTooSmallAndTooLargeAndSaysWhatToDo) {
    const auto progress = make_progress(ProgressStyle::quiet);
    for (const std::uint64_t firms : {std::uint64_t{9'999}, std::uint64_t{5'600'001}}) {
        const auto made = write_example_project(scratch("never"), {.firms = firms}, *progress);
        ASSERT_FALSE(made.has_value());
        EXPECT_EQ(made.error().kind, ErrorKind::usage);
        EXPECT_NE(made.error().message().find("from 10000 to 5600000"), std::string::npos);
    }
    EXPECT_FALSE(std::filesystem::exists(scratch("never")));
}

TEST(WriteExampleProject, SaysSoWhenThereIsAFileInTheWay) {
    const auto progress = make_progress(ProgressStyle::quiet);
    std::filesystem::create_directories(scratch("way"));
    std::ofstream(scratch("way") / "file") << "x";
    const auto made = write_example_project(scratch("way") / "file", {.firms = 10'000}, *progress);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().kind, ErrorKind::input);
    EXPECT_NE(made.error().message().find("folder"), std::string::npos);
    std::filesystem::remove_all(scratch("way"));
}

} // namespace
} // namespace icmap::demo
