#include "classify/classify.hpp"

#include "store/steps.hpp"

#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::classify {
namespace {

/// A small register in memory.
class World {
  public:
    World() { EXPECT_TRUE(store::create_atlas_schema(connection)); }
    std::uint32_t firm(const std::string& name, const std::vector<std::string>& sic,
                       const std::string& description = "") {
        std::string codes;
        for (const std::string& code : sic) {
            codes += (codes.empty() ? "'" : ", '") + code + "'";
        }
        run(fmt::format("insert into firm (firm_id, company_number, name, is_active, sic_codes, "
                        "description) values ({}, '{:08}', {}, true, {}, {})",
                        firms, firms, store::sql_literal(name),
                        sic.empty() ? "null" : "[" + codes + "]",
                        description.empty() ? "null" : store::sql_literal(description)));
        return firms++;
    }
    void project(const std::string& title, const std::string& abstract,
                 std::initializer_list<std::uint32_t> members) {
        run(fmt::format("insert into project (project_id, reference, funder, title, abstract) "
                        "values ({}, 'P{}', 'UKRI', {}, {})",
                        projects, projects, store::sql_literal(title),
                        store::sql_literal(abstract)));
        for (const std::uint32_t member : members) {
            run(fmt::format("insert into participation (project_id, organisation, is_withdrawn, "
                            "firm_id, link_method) values ({}, 'x', false, {}, 'name')",
                            projects, member));
        }
        ++projects;
    }
    void patent(const std::string& title, std::uint32_t owner) {
        run(fmt::format("insert into patent (patent_id, number, title, applicant, firm_id, "
                        "link_method) values ({}, 'GB{}', {}, 'x', {}, 'name')",
                        patents, patents, store::sql_literal(title), owner));
        ++patents;
    }
    store::Connection another_connection() { return database.connect().value(); }
    /// All rows of firm_sector in their order.
    std::string memberships() {
        return connection
            .text("select string_agg(concat_ws(' ', firm_id, sector_id, reason), ', ' order by "
                  "rowid) from firm_sector")
            .value();
    }
    ClassifyReport classify(const ClassifyOptions& options = {}) {
        const auto progress = make_progress(ProgressStyle::quiet);
        auto report = classify::classify(connection, options, *progress);
        EXPECT_TRUE(report) << report.error().message();
        return report ? *report : ClassifyReport{};
    }
    std::vector<std::string> sectors_of(std::uint32_t of) {
        std::vector<std::string> slugs;
        EXPECT_TRUE(connection.read(
            fmt::format("select slug from firm_sector join sector using (sector_id) "
                        "where firm_id = {} order by sector_id",
                        of),
            [&slugs](const store::Chunk& chunk) {
                for (std::size_t row = 0; row < chunk.size(); ++row) {
                    slugs.emplace_back(chunk.text(0, row));
                }
            }));
        return slugs;
    }
    bool is_in(std::uint32_t of, const std::string& slug) {
        const auto slugs = sectors_of(of);
        return std::find(slugs.begin(), slugs.end(), slug) != slugs.end();
    }
    std::string reason(std::uint32_t of, const std::string& slug) {
        return connection
            .text(fmt::format("select reason from firm_sector join sector using (sector_id) "
                              "where firm_id = {} and slug = '{}'",
                              of, slug))
            .value();
    }
    void run(const std::string& statement) {
        const auto done = connection.run(statement);
        ASSERT_TRUE(done) << done.error().what;
    }
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    std::uint32_t firms = 0;
    std::uint32_t projects = 0;
    std::uint32_t patents = 0;
};

using ::testing::ElementsAre;

TEST(Classify, PutsAFirmIntoEverySectorOfItsCodesAndTheirParents) {
    World world;
    const auto chips = world.firm("SMITH AND SONS LIMITED", {"70100", "26110"});
    const auto none = world.firm("NO CODE LIMITED", {});
    const auto report = world.classify();
    EXPECT_THAT(world.sectors_of(chips),
                ElementsAre("advanced-manufacturing", "digital-and-technologies",
                            "professional-and-business-services", "sic-electronic-devices",
                            "sic-manufacturing", "sic-management-and-head-offices",
                            "electronics-manufacturing"));
    EXPECT_EQ(world.reason(chips, "advanced-manufacturing"), "SIC 26110");
    EXPECT_TRUE(world.sectors_of(none).empty());
    EXPECT_EQ(report.firms, 2U);
    EXPECT_EQ(report.firms_in_a_sector, 1U);
}

TEST(Classify, ReadsBesideToTheSameSectors) {
    std::array<std::string, 2> memberships;
    for (std::size_t i = 0; i < memberships.size(); ++i) {
        World world;
        world.firm("SMITH AND SONS LIMITED", {"70100", "26110"});
        world.firm("DEEP LEARNING LABS LTD", {});
        world.firm("ACME CYBER SECURITY LTD", {"62020"}, "Graphene for satellites");
        auto beside = world.another_connection();
        ClassifyOptions options;
        options.beside = i == 0 ? nullptr : &beside;
        world.classify(options);
        memberships.at(i) = world.memberships();
    }
    EXPECT_EQ(memberships[0], memberships[1]);
    EXPECT_NE(memberships[0].find("SIC 26110"), std::string::npos) << memberships[0];
    EXPECT_NE(memberships[0].find("word: "), std::string::npos) << memberships[0];
}

TEST(Classify, TellsTrickyNamesApart) {
    struct Case {
        std::string name;
        std::vector<std::string> sic;
        std::string slug;
        bool is_in;
    };
    const std::vector<Case> cases{
        {"QUANTUM SOLACE HAIR LTD", {"96020"}, "quantum", false},
        {"QUANTUM CONSULTING LIMITED", {"70229"}, "quantum", false},
        {"QUANTUM PROPERTY LTD", {"68209"}, "quantum", false},
        {"OXFORD QUANTUM COMPUTING LIMITED", {"62012"}, "quantum", true},
        {"AEGIQ QUANTUM LTD", {"26110"}, "quantum", true},
        {"QUANTUM SOFTWARE LIMITED", {"62012"}, "quantum", false},
        {"SENSORY PLAY LTD", {"85590"}, "sensors", false},
        {"THERMAL SENSORS LTD", {"26511"}, "sensors", true},
        {"LUNAR LANDER FILMS LIMITED", {"59111"}, "space", false},
        {"MUNITION RECORDS LTD", {"59200"}, "complex-weapons", false},
        {"AIRCON SERVICES LTD", {"43220"}, "artificial-intelligence", false},
        {"MAISIE AI SUSHI LTD", {"56101"}, "artificial-intelligence", false},
        {"A I SMITH BUILDERS LTD", {"41202"}, "artificial-intelligence", false},
        {"FACULTY.AI LIMITED", {"62020"}, "artificial-intelligence", true},
        {"DEEP LEARNING LABS LTD", {}, "artificial-intelligence", true},
        {"SPACE HAIR SALON", {"96020"}, "space", false},
        {"OFFICE SPACE SYSTEMS LIMITED", {"26511"}, "space", false},
        {"SURREY SATELLITE TECHNOLOGY LIMITED", {"30300"}, "space", true},
        {"SATELLITE TV AERIALS LTD", {"43210"}, "space", false},
        {"CYBER CAFE LTD", {"56102"}, "cyber-security", false},
        {"ACME CYBER SECURITY LTD", {"62020"}, "cyber-security", true},
        {"LASER QUEST LEEDS LIMITED", {"93290"}, "photonics", false},
        {"LASER CLINICS UK LIMITED", {"96020"}, "photonics", false},
        {"M SQUARED LASERS LIMITED", {"26701"}, "photonics", true},
        {"COMPOSITE DOORS DIRECT LTD", {"43320"}, "advanced-materials", false},
        {"YORKSHIRE COMPOSITES LIMITED", {"22290"}, "advanced-materials", true},
        {"GRAPHENE FLAGSHIP LTD", {"72190"}, "advanced-materials", true},
        {"WIND ENSEMBLE MUSIC LTD", {"90010"}, "wind-energy", false},
        {"MOOR WIND FARM LIMITED", {"35110"}, "wind-energy", true},
        {"HYDROGEN PEROXIDE SUPPLIES LTD", {"46750"}, "hydrogen", false},
        {"ITM HYDROGEN LTD", {"28990"}, "hydrogen", true},
        {"CLOUD NINE NURSERY LTD", {"88910"}, "cloud-computing", false},
        {"DRONE PHOTOGRAPHY LTD", {"74209"}, "drones-and-autonomous-systems", false},
        {"NUCLEAR FAMILY THEATRE LTD", {"90010"}, "nuclear-fission", false},
        {"SILICON CHIP SHOP LTD", {"56103"}, "semiconductors", false},
        {"GLOUCESTER BATTERY HENS LTD", {"01470"}, "batteries", false},
        {"CRYPTOGRAPHY LABS LTD", {"62012"}, "cyber-security", true},
    };
    World world;
    for (const Case& each : cases) {
        world.firm(each.name, each.sic);
    }
    world.classify();
    for (std::uint32_t i = 0; i < cases.size(); ++i) {
        EXPECT_EQ(world.is_in(i, cases[i].slug), cases[i].is_in) << cases[i].name;
    }
}

TEST(Classify, TakesATitleAloneButWantsTwoWordsOfAnAbstract) {
    World world;
    const auto title = world.firm("BROWN LIMITED", {"71122"});
    const auto one_word = world.firm("GREEN LIMITED", {"71122"});
    const auto two_words = world.firm("BLACK LIMITED", {"71122"});
    world.project("Trapped ions for clocks", "", {title});
    world.project("Better clocks", "We use a qubit.", {one_word});
    world.project("Better clocks", "We use a qubit and cold atoms.", {two_words});
    world.classify();
    EXPECT_TRUE(world.is_in(title, "quantum"));
    EXPECT_EQ(world.reason(title, "quantum"), "word: trapped ions in project title (P0)");
    EXPECT_EQ(world.reason(title, "digital-and-technologies"), "SIC 71122");
    EXPECT_FALSE(world.is_in(one_word, "quantum"));
    EXPECT_TRUE(world.is_in(two_words, "quantum"));
    EXPECT_EQ(world.reason(two_words, "quantum"),
              "word: qubit, cold atoms in project abstract (P2)");
}

TEST(Classify, AWordAndItsPluralAreOneWord) {
    World world;
    const auto plural = world.firm("PINK LIMITED", {"71122"});
    world.project("Better roads", "A sensor. Sensors.", {plural});
    world.classify();
    EXPECT_FALSE(world.is_in(plural, "sensors"));
}

TEST(Classify, OneOfManyProjectsDoesNotMakeASector) {
    World world;
    const auto broad = world.firm("BROAD LIMITED", {"70229"});
    const auto narrow = world.firm("NARROW LIMITED", {"70229"});
    world.project("Quantum sensing of tunnels", "", {broad, narrow});
    for (int i = 0; i < 10; ++i) {
        world.project("Road surfaces", "", {broad});
    }
    world.classify();
    EXPECT_TRUE(world.is_in(narrow, "quantum"));
    EXPECT_FALSE(world.is_in(broad, "quantum"));
}

TEST(Classify, ReadsDescriptionsAndPatents) {
    World world;
    const auto described = world.firm("WHITE LIMITED", {}, "We make heat pumps for flats.");
    const auto inventor = world.firm("GREY LIMITED", {});
    world.patent("Perovskite layer and method of making it", inventor);
    world.classify();
    EXPECT_EQ(world.reason(described, "heat-pumps"), "word: heat pumps in description");
    EXPECT_EQ(world.reason(described, "clean-energy-industries"), "sub-sector Heat pumps");
    EXPECT_EQ(world.reason(inventor, "advanced-materials"),
              "word: perovskite in patent title (GB0)");
}

TEST(Classify, LoadsOwnTaxonomiesAndListsAndReportsEmptySectors) {
    World world;
    const auto listed = world.firm("LISTED LIMITED", {});
    ClassifyOptions options;
    options.taxonomies = {{"mine.toml", R"([taxonomy]
source = "us"
[[sector]]
name = "Magnets"
definition = "Making magnets."
[[sector]]
name = "Unicorn farms"
definition = "Nobody does this."
sic = ["01499"]
)"},
                          {"list.csv", "company_number,sector\n0,Magnets\n77,Magnets\n"}};
    const auto report = world.classify(options);
    EXPECT_THAT(world.sectors_of(listed), ElementsAre("magnets"));
    EXPECT_EQ(world.reason(listed, "magnets"), "list");
    EXPECT_THAT(report.empty_sectors(), ElementsAre("Unicorn farms"));
    EXPECT_EQ(report.unknown_list_entries, 1U);
}

TEST(Classify, TakesEvidenceInsideTheWindowAsAWayIn) {
    World world;
    const auto active = world.firm("Acme Ltd", {});
    const auto long_ago = world.firm("Bygone Ltd", {});
    world.run(fmt::format("insert into evidence (firm_id, kind, in_window) values "
                          "({0}, 'public_rd_project', true), ({0}, 'public_rd_project', true), "
                          "({1}, 'public_rd_project', false)",
                          active, long_ago));
    ClassifyOptions options;
    options.taxonomies = {{"own.toml", "[[sector]]\nname = \"Public R&D\"\ntype = \"user\"\n"
                                       "definition = \"x\"\nsource = \"x\"\n"
                                       "evidence = [\"public_rd_project\"]\n"}};
    const auto report = world.classify(options);
    EXPECT_EQ(report.memberships, 1U);
    EXPECT_EQ(report.firms_in_a_sector, 1U);
}

TEST(Classify, KeepsOnlyTheSectorsNamedWithTheirSubSectors) {
    World world;
    const auto chips = world.firm("ACME SEMICONDUCTORS LTD", {"26110"});
    ClassifyOptions options;
    options.only = {"digital-and-technologies"};
    world.classify(options);
    EXPECT_THAT(world.sectors_of(chips), ElementsAre("digital-and-technologies", "semiconductors"));
}

TEST(Classify, RefusesASectorThatDoesNotExist) {
    World world;
    ClassifyOptions options;
    options.only = {"alchemy"};
    const auto progress = make_progress(ProgressStyle::quiet);
    const auto report = classify::classify(world.connection, options, *progress);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().value, "alchemy");
    EXPECT_FALSE(report.error().remedy.empty());
}

} // namespace
} // namespace icmap::classify
