#include "classify/taxonomy.hpp"

#include "classify/classify.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace icmap::classify {
namespace {

Error error_of(std::string_view text) {
    Definitions definitions;
    auto read = read_taxonomy("mine.toml", text, definitions);
    if (read) {
        read = resolve_parents(definitions);
    }
    return read ? Error{} : read.error();
}

constexpr std::string_view kGood = R"([taxonomy]
source = "us"
[[sector]]
name = "Steel & Iron"
definition = "Making steel."
sic = ["241"]
)";

TEST(Taxonomy, ReadsASectorAndMakesItsSlug) {
    Definitions definitions;
    ASSERT_TRUE(read_taxonomy("mine.toml", kGood, definitions));
    ASSERT_EQ(definitions.sectors.size(), 1U);
    EXPECT_EQ(definitions.sectors[0].slug, "steel-iron");
    EXPECT_EQ(definitions.sectors[0].type, "user");
    EXPECT_EQ(definitions.sectors[0].source, "us");
}

TEST(Taxonomy, NamesFileLineKeyAndRemedyOfWhatIsWrong) {
    struct Case {
        std::string text;
        std::uint64_t line;
        std::string field;
        std::string value;
    };
    const std::string good(kGood);
    const std::vector<Case> cases{
        {good + "colour = \"red\"\n", 7, "sector.colour", ""},
        {good + "sic_except = [\"2\"]\n", 7, "sector.sic_except", "2"},
        {good + "not = [\"café\"]\n", 7, "sector.not", "café"},
        {good + "frontier = \"yes\"\n", 7, "sector.frontier", "yes"},
        {good + "parent = \"metals\"\n", 3, "sector.parent", "metals"},
        {good + "slug = \"Steel Iron\"\n", 3, "sector.slug", "Steel Iron"},
        {good + "[[sector.words]]\nany = [\"ste*l\"]\n", 8, "sector.words.any", "ste*l"},
        {good + "[[sector.words]]\nany = [\"steel\"]\nfields = [\"title\"]\n", 9,
         "sector.words.fields", "title"},
        {good + "[words]\nthreshold = -1\n", 8, "words.threshold", "-1"},
        {good + "[[sector]]\nname = \"Steel Iron\"\ndefinition = \"x\"\n", 7, "sector.slug",
         "steel-iron"},
        {"[[sector]]\ndefinition = \"x\"\nsource = \"y\"\n", 1, "sector.name", ""},
        {"[taxonomy]\ntitle = \"x\"\n", 1, "sector", ""},
        {"[[sector]]\nname = \"Ж\"\ndefinition = \"x\"\nsource = \"y\"\n", 1, "sector.slug", "Ж"},
    };
    for (const Case& bad : cases) {
        const Error error = error_of(bad.text);
        EXPECT_EQ(error.file, "mine.toml") << bad.text;
        EXPECT_EQ(error.line, bad.line) << bad.text << error.message();
        EXPECT_EQ(error.field, bad.field) << bad.text;
        EXPECT_EQ(error.value, bad.value) << bad.text;
        EXPECT_FALSE(error.remedy.empty()) << bad.text;
    }
    EXPECT_EQ(error_of("[[sector]\n").line, 1U);
}

TEST(Taxonomy, RefusesACircleOfParents) {
    const Error error = error_of(R"([taxonomy]
source = "us"
[[sector]]
name = "A"
definition = "a"
parent = "b"
[[sector]]
name = "B"
definition = "b"
parent = "a"
)");
    EXPECT_EQ(error.field, "sector.parent");
}

TEST(CompanyList, AddsToKnownSectorsByNameAndMakesNewOnes) {
    Definitions definitions;
    ASSERT_TRUE(read_taxonomy("mine.toml", kGood, definitions));
    ASSERT_TRUE(read_list("list.csv",
                          "\xEF\xBB\xBF"
                          "Company Number,Sector\r\n123456,Steel & Iron\r\n"
                          "\"SC000001\",\"Magnets, rare\"\n\n",
                          definitions));
    ASSERT_EQ(definitions.sectors.size(), 2U);
    EXPECT_EQ(definitions.sectors[0].companies, std::vector<std::string>{"00123456"});
    EXPECT_EQ(definitions.sectors[1].slug, "magnets-rare");
    EXPECT_EQ(definitions.sectors[1].companies, std::vector<std::string>{"SC000001"});
}

TEST(CompanyList, NamesTheLineOfARowThatIsNotRight) {
    Definitions definitions;
    const auto missing = read_list("list.csv", "company,sector\n1,x\n", definitions);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().field, "company_number");
    const auto empty = read_list("list.csv", "company_number,sector\n1,x\n\n2,\n", definitions);
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().line, 4U);
    EXPECT_FALSE(read_list("list.csv", "", definitions));
}

TEST(BuiltInTaxonomies, AreRightAndHaveTheEightIndustrialStrategySectors) {
    Definitions definitions;
    for (const std::string& name : built_in_taxonomies()) {
        const auto text = built_in_taxonomy(name);
        ASSERT_TRUE(text);
        const auto read = read_taxonomy(text->file, text->text, definitions);
        ASSERT_TRUE(read) << read.error().message();
    }
    ASSERT_TRUE(resolve_parents(definitions));
    std::set<std::string> eight;
    for (const SectorDefinition& sector : definitions.sectors) {
        if (sector.type == "industrial_strategy") {
            eight.insert(sector.name);
        }
        EXPECT_GE(sector.definition.size(), 10U) << sector.slug;
    }
    EXPECT_EQ(eight, (std::set<std::string>{
                         "Advanced Manufacturing", "Clean Energy Industries", "Creative Industries",
                         "Defence", "Digital and Technologies", "Financial Services",
                         "Life Sciences", "Professional and Business Services"}));
    for (const SectorDefinition& sector : definitions.sectors) {
        EXPECT_TRUE(sector.industrial_strategy_parent.empty() ||
                    eight.contains(sector.industrial_strategy_parent))
            << sector.slug;
    }
}

TEST(BuiltInTaxonomies, LeaveNoDivisionOfSicWithoutAGroup) {
    Definitions definitions;
    const auto text = built_in_taxonomy("sic-groups").value();
    ASSERT_TRUE(read_taxonomy(text.file, text.text, definitions));
    const std::set<int> unused{4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89};
    for (int division = 1; division <= 99; ++division) {
        const std::string code = fmt::format("{:02}", division);
        bool covered = false;
        for (const SectorDefinition& sector : definitions.sectors) {
            for (const std::string& prefix : sector.sic) {
                covered = covered || prefix.substr(0, 2) == code;
            }
        }
        EXPECT_EQ(covered, !unused.contains(division)) << code;
    }
}

} // namespace
} // namespace icmap::classify
