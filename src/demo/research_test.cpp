#include "demo/demo.hpp"
#include "demo/projects.hpp"
#include "demo/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unistd.h>

namespace icmap::demo {
namespace {

std::filesystem::path folder() {
    return std::filesystem::temp_directory_path() /
           ("icmap_research_test_" + std::to_string(::getpid()));
}

std::string read(const std::string& name) {
    std::ifstream file(folder() / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
    return parse_csv(read(name));
}

class ResearchFiles : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto progress = make_progress(ProgressStyle::quiet);
        const auto made = write_example_project(folder(), {.firms = 30'000, .seed = 3}, *progress);
        ASSERT_TRUE(made.has_value()) << made.error().message();
        summary() = *made;
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(folder()); }
    static DemoSummary& summary() {
        static DemoSummary kSummary;
        return kSummary;
    }
    static std::string header(const std::string& name) {
        const std::string text = read(name);
        return text.substr(0, text.find('\n'));
    }
};

constexpr const char* kGrants = "grants/innovate_uk_funded_projects.csv";

TEST_F(ResearchFiles, HaveTheColumnsOfTheRealFiles) {
    EXPECT_EQ(
        header(kGrants),
        "Competition Reference,Competition Title,Programme Title,Sector,Application Number,"
        "Project Number,Project Title,Public Description,Competition Year,Innovate UK Product "
        "Type,Participant Name,Is Lead Participant,CRN,Project Start Date,Project End Date,"
        "Award Offered (£),Total Costs (£),Actual Spend to Date (£),Participant Withdrawn From "
        "Project,Project Status,Enterprise Size,Postcode,Address Region,Address LEP,Address "
        "Local Authority,In Multiple LEPs,Industrial Strategy Challenge Fund (ISCF)");
    EXPECT_TRUE(header("grants/gtr_projects.csv")
                    .starts_with("FundingOrgName,ProjectReference,LeadROName,Department,"));
    EXPECT_TRUE(header("grants/cordis_organization.csv")
                    .starts_with(R"("projectID";"projectAcronym";"organisationID";"vatNumber")"));
    EXPECT_TRUE(header("grants/cordis_project.csv").starts_with(R"("id";"acronym";"status")"));
}

TEST_F(ResearchFiles, FillEveryColumnOfEveryRow) {
    const std::vector<std::pair<const char*, std::size_t>> columns{
        {kGrants, 27},
        {"grants/gtr_projects.csv", 25},
        {"patents/patents.csv", 7},
        {"deals/deals.csv", 9},
        {"support/support.csv", 6},
        {"institutions/universities.csv", 5},
        {"sites/sites.csv", 4},
        {"truth/links.csv", 5}};
    for (const auto& [name, count] : columns) {
        const auto rows = rows_of(name);
        EXPECT_GT(rows.size(), 20U) << name;
        for (const auto& row : rows) {
            ASSERT_EQ(row.size(), count) << name << ": " << row[0];
        }
    }
}

TEST_F(ResearchFiles, TellTheTrueCompanyBehindEachName) {
    std::set<std::string> numbers;
    for (const auto& row : rows_of("companies/BasicCompanyDataAsOneFile.csv")) {
        if (row.size() > 1) {
            numbers.insert(row[1]);
        }
    }
    const auto grants = rows_of(kGrants);
    std::map<std::string, int> variations;
    std::size_t numbered = 0;
    std::size_t in_grants = 0;
    for (const auto& link : rows_of("truth/links.csv")) {
        EXPECT_TRUE(numbers.contains(link[3])) << link[3];
        ++variations[link[4]];
        if (link[0] != kGrants) {
            continue;
        }
        const auto& row = grants.at(std::stoul(link[1]) - 1);
        EXPECT_EQ(row[10], link[2]);
        ++in_grants;
        if (!row[12].empty()) { // with its leading zeros it is the company's number
            EXPECT_TRUE(link[3].ends_with(row[12])) << row[12];
            ++numbered;
        }
    }
    EXPECT_NEAR(static_cast<double>(numbered) / static_cast<double>(in_grants), 0.84, 0.04);
    for (const char* variation : {"as_registered", "retyped", "misspelt", "former_name"}) {
        EXPECT_GT(variations[variation], 5) << variation;
    }
}

TEST_F(ResearchFiles, PutFellowshipsInFirmsAndTellWhich) {
    const auto rows = rows_of("grants/gtr_projects.csv");
    std::set<std::size_t> linked;
    for (const auto& link : rows_of("truth/links.csv")) {
        if (link[0] == "grants/gtr_projects.csv") {
            EXPECT_EQ(rows.at(std::stoul(link[1]) - 1)[2], link[2]);
            linked.insert(std::stoul(link[1]) - 1);
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i][0] == "UKRI FLF", linked.contains(i)) << i;
    }
    EXPECT_GT(linked.size(), 3U);
}

TEST_F(ResearchFiles, HaveOneLeadAProjectAndFewWithdrawals) {
    std::map<std::string, int> leads;
    std::size_t withdrawn = 0;
    const auto rows = rows_of(kGrants);
    for (const auto& row : rows) {
        if (row[6] == "Dirty row") {
            continue;
        }
        leads[row[5]] += row[11] == "Yes" ? 1 : 0;
        withdrawn += row[18] == "Yes" ? 1U : 0U;
        EXPECT_TRUE(row[15].starts_with("£")) << row[15];
    }
    for (const auto& [project, count] : leads) {
        EXPECT_EQ(count, 1) << project;
    }
    EXPECT_GT(withdrawn, 0U);
    EXPECT_LT(withdrawn, rows.size() / 20);
}

TEST_F(ResearchFiles, ShowJointWorkInTheCollaboratingClustersOnly) {
    std::map<std::string, std::string> cluster_of;
    for (const auto& row : rows_of("truth/members.csv")) {
        cluster_of[row[0]] = row[1];
    }
    std::map<std::string, std::string> type_of;
    for (const auto& row : rows_of("truth/planted_clusters.csv")) {
        type_of[row[0]] = row[5];
    }
    const auto grants = rows_of(kGrants);
    std::map<std::string, std::vector<std::string>> clusters_in;
    for (const auto& link : rows_of("truth/links.csv")) {
        if (link[0] == kGrants && cluster_of.contains(link[3])) {
            const std::string& project = grants.at(std::stoul(link[1]) - 1)[5];
            clusters_in[project].push_back(cluster_of[link[3]]);
        }
    }
    std::map<std::string, std::array<double, 2>> joint; // per type: pairs within, projects
    for (const auto& [project, clusters] : clusters_in) {
        auto& count = joint[type_of[clusters.front()]];
        count[0] += static_cast<double>(std::ranges::count(clusters, clusters.front()) - 1);
        count[1] += 1.0;
    }
    EXPECT_GT(joint["collaborating"][0] / joint["collaborating"][1], 1.0);
    EXPECT_LT(joint["specialised"][0] / joint["specialised"][1], 0.2);
}

TEST_F(ResearchFiles, CountTheirDirt) {
    std::size_t rows = 0;
    for (const auto& row : rows_of("truth/dirt.csv")) {
        rows += row[0] == kGrants ? 1U : 0U;
    }
    EXPECT_EQ(rows, 5U);
}

TEST_F(ResearchFiles, NameNoTwoPatentsAndNoTwoDealsAlike) {
    std::set<std::string> references;
    for (const auto& row : rows_of("deals/deals.csv")) {
        EXPECT_TRUE(references.insert(row[0]).second) << row[0];
    }
    EXPECT_EQ(references.size(), summary().deals + 2); // the dirty ones
}

} // namespace
} // namespace icmap::demo
