#include "pipeline/project.hpp"

#include "classify/classify.hpp"
#include "pipeline/taxonomies.hpp"

#include "ingest/validate.hpp"

#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::pipeline {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSmallest = R"toml(
[project]
name = "Test"
crs = "EPSG:27700"
as_of = 2024-11-01
[[source]]
kind = "firms"
format = "companies-house"
path = "firms.csv"
)toml";

std::string with(std::string_view more) {
    return std::string(kSmallest) + std::string(more);
}

std::string faults(const std::string& text) {
    const auto project = parse_project(text, "/made/up/test.toml");
    return project ? std::string() : project.error().message();
}

TEST(Project, TakesTheDefaultsOfTheDesign) {
    const auto project = parse_project(kSmallest, "/made/up/test.toml");
    ASSERT_TRUE(project) << project.error().message();
    EXPECT_EQ(project->name, "Test");
    EXPECT_EQ(project->as_of, "2024-11-01");
    EXPECT_EQ(project->cluster.eps_m, 1000.0);
    EXPECT_EQ(project->cluster.min_points, 10U);
    EXPECT_EQ(project->locate.mass_registration_firms, 500U);
    EXPECT_EQ(project->evidence.window_years, 10U);
    EXPECT_EQ(project->disclosure, Disclosure::open);
    ASSERT_EQ(project->sources.size(), 1U);
    EXPECT_EQ(project->sources[0].base, "/made/up");
    EXPECT_EQ(project->sources[0].project_line, 6U);
}

TEST(Project, ReadsEverySetting) {
    const auto project = parse_project(with(R"toml(

dated = 2024-10-01
[source.columns]
name = "Title"
[cluster]
method = "hdbscan"
eps_m = "auto"
[locate]
mass_registration_firms = 400
formation_agent_firms = 40
formation_agent_young_share = 0.6
keep_mass_registration = true
[sectors]
only = ["advanced-manufacturing"]
[currency]
EUR = 0.86
)toml"),
                                       "test.toml");
    ASSERT_TRUE(project) << project.error().message();
    EXPECT_EQ(project->cluster.method, ClusterMethod::hdbscan);
    EXPECT_FALSE(project->cluster.eps_m);
    EXPECT_EQ(project->locate.mass_registration_firms, 400U);
    EXPECT_EQ(project->locate.formation_agent_firms, 40U);
    EXPECT_DOUBLE_EQ(project->locate.formation_agent_young_share, 0.6);
    EXPECT_TRUE(project->locate.keep_mass_registration);
    EXPECT_EQ(project->sectors.only, std::vector<std::string>{"advanced-manufacturing"});
    EXPECT_DOUBLE_EQ(project->gbp_per.at("EUR"), 0.86);
    EXPECT_EQ(project->sources[0].dated, "2024-10-01");
    EXPECT_EQ(project->sources[0].columns.at("name"), "Title");
}

TEST(Project, TellsEverythingThatIsWrongInOneGo) {
    const std::string told = faults(R"toml([project]
name = "Test"
as_off = 2024-11-01
disclosure = "secret"
[[source]]
kind = "firm"
format = "companieshouse"
path = 5
[cluster]
eps_m = -5
min_points = 0
)toml");
    EXPECT_THAT(told,
                HasSubstr("test.toml:3: There is no such setting (field \"project.as_off\")"));
    EXPECT_THAT(told, HasSubstr("Did you mean as_of?"));
    EXPECT_THAT(told, Not(HasSubstr("?.")));
    EXPECT_THAT(told, HasSubstr("as_of is missing"));
    EXPECT_THAT(told, HasSubstr("disclosure must be one of: open, official"));
    EXPECT_THAT(told, HasSubstr("test.toml:6: There is no kind of this name"));
    EXPECT_THAT(told, HasSubstr("Did you mean \"firms\"?"));
    EXPECT_THAT(told, HasSubstr("Did you mean \"companies-house\"?"));
    EXPECT_THAT(told, HasSubstr("path is neither a text nor a list of texts"));
    EXPECT_THAT(told, HasSubstr("test.toml:10: eps_m must be a number of metres above 0 to 200000 "
                                "(field \"cluster.eps_m\", value \"-5\")"));
    EXPECT_THAT(told, HasSubstr("test.toml:11: min_points must be a whole number from 1"));
}

TEST(Project, RefusesARadiusThatIsNoneOrLargerThanTheCountry) {
    for (const char* value : {"0", "-1", "nan", "inf", "200001", "\"wide\"", "true"}) {
        EXPECT_THAT(faults(with(std::string("[cluster]\neps_m = ") + value)), HasSubstr("eps_m"))
            << value;
    }
    EXPECT_EQ(faults(with("[cluster]\neps_m = 200000")), "");
    EXPECT_EQ(faults(with("[cluster]\neps_m = 0.5")), "");
}

TEST(Project, RefusesDatesThatDoNotExist) {
    for (const char* value : {"\"2024-02-30\"", "\"01/11/2024\"", "2024", "\"2023-02-29\""}) {
        EXPECT_THAT(faults(std::string("[project]\nas_of = ") + value +
                           "\n[[source]]\nkind=\"firms\"\npath=\"a.csv\"\n"),
                    HasSubstr("as_of is no date that exists"))
            << value;
    }
}

TEST(Project, NamesTheLineOfASyntaxError) {
    EXPECT_THAT(faults("[project]\nname = \"open\nas_of = 1"),
                HasSubstr("test.toml:2: This is not TOML"));
}

TEST(Project, NamesTheFieldsOfAKindWhenOneIsNotKnown) {
    EXPECT_THAT(faults(with("[source.columns]\ncompany_nubmer = \"Number\"")),
                HasSubstr("Did you mean company_number?"));
}

TEST(Project, RefusesAFormatThatDoesNotHoldTheKind) {
    EXPECT_THAT(faults(R"toml([project]
as_of = 2024-11-01
[[source]]
kind = "patents"
format = "geonames"
path = "a.csv")toml"),
                HasSubstr("The format geonames holds no patents"));
}

TEST(Project, SaysThatAMissingFileIsMissing) {
    const auto project = read_project("/nonexistent/project.toml");
    ASSERT_FALSE(project);
    EXPECT_EQ(project.error().file, "/nonexistent/project.toml");
    EXPECT_EQ(project.error().kind, ErrorKind::input);
}

TEST(Project, ReadsTheExamplesOfTheProject) {
    for (const char* name : {"south-yorkshire.toml", "uk-rd.toml"}) {
        const auto project =
            read_project(std::filesystem::path(ICMAP_SOURCE_DIR) / "examples" / name);
        EXPECT_TRUE(project) << project.error().message();
    }
}

TEST(Project, ASourceOfKindSectorsIsATaxonomyBesideTheBuiltInOnes) {
    const auto project = parse_project(with(R"toml(
[[source]]
kind = "sectors"
path = "own.toml"
)toml"),
                                       "p.toml");
    ASSERT_TRUE(project) << project.error().message();
    EXPECT_EQ(project->sources.size(), 1U) << "it holds no rows";
    const auto& taxonomies = project->sectors.taxonomies;
    ASSERT_EQ(taxonomies.size(), classify::built_in_taxonomies().size() + 1);
    EXPECT_EQ(taxonomies.back(), "own.toml");
}

TEST(Project, ATaxonomyThatIsMissingOrWrongIsToldBeforeAnythingIsBuilt) {
    Project project;
    project.file = "/nowhere/p.toml";
    project.sectors.taxonomies = {"tecnology"};
    const auto missing = read_taxonomies(project);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().value, "tecnology");
    EXPECT_THAT(missing.error().remedy, HasSubstr("Did you mean \"technology\"?"));
    project.sectors = {{"technology"}, {"no-such-sector"}};
    EXPECT_FALSE(read_taxonomies(project));
    project.sectors = {{"technology"}, {}};
    EXPECT_TRUE(read_taxonomies(project));
}

TEST(Project, TheShareOfRejectsIsBetweenNoneAndAll) {
    const auto project = parse_project(with("[ingest]\nmax_reject_share = 0.2\n"), "p.toml");
    ASSERT_TRUE(project) << project.error().message();
    EXPECT_EQ(project->ingest.max_reject_share, 0.2);
    EXPECT_FALSE(parse_project(with("[ingest]\nmax_reject_share = 1.1\n"), "p.toml"));
    EXPECT_FALSE(parse_project(with("[ingest]\nmax_rejects = 1\n"), "p.toml"));
}

/// Reads the sources of an example and checks that all of them can be read.
ingest::ValidationReport validated(const Project& project) {
    const auto progress = make_progress(ProgressStyle::quiet);
    ingest::IngestOptions options;
    options.gbp_per = project.gbp_per;
    auto report =
        ingest::validate(project.sources, options,
                         {std::filesystem::temp_directory_path(), project.as_of, {}}, *progress);
    EXPECT_TRUE(report) << (report ? "" : report.error().message());
    EXPECT_TRUE(report && report->is_sound()) << (report ? report->text() : "");
    return report.value_or(ingest::ValidationReport{});
}

bool has_real_data() {
    return std::filesystem::exists(std::filesystem::path(ICMAP_SOURCE_DIR) /
                                   "../shared/data/README.md");
}

TEST(RealExamples, SouthYorkshireIsSound) {
    if (!has_real_data()) {
        GTEST_SKIP() << "no real extracts at ../shared/data";
    }
    const auto project =
        read_project(std::filesystem::path(ICMAP_SOURCE_DIR) / "examples/south-yorkshire.toml");
    ASSERT_TRUE(project) << project.error().message();
    const auto report = validated(*project);
    ASSERT_EQ(report.sources.size(), 15U);
    EXPECT_EQ(report.sources[0].rows_kept, 75740U);
    EXPECT_EQ(report.sources[12].rows_kept, 1572U);
    ASSERT_FALSE(report.matches.empty());
    EXPECT_GT(report.matches[0].matched, 75000U);
    if (std::getenv("ICMAP_SHOW_REPORT") != nullptr) {
        std::puts(report.text().c_str());
    }
}

TEST(RealExamples, UkResearchIsSound) {
    if (!has_real_data()) {
        GTEST_SKIP() << "no real extracts at ../shared/data";
    }
    const auto project =
        read_project(std::filesystem::path(ICMAP_SOURCE_DIR) / "examples/uk-rd.toml");
    ASSERT_TRUE(project) << project.error().message();
    const auto report = validated(*project);
    ASSERT_GE(report.sources.size(), 3U);
    EXPECT_EQ(report.sources[0].records, 4079U);
    EXPECT_EQ(report.sources[2].rows_kept, 27326U);
}

} // namespace
} // namespace icmap::pipeline
