#include "ingest/bad_input.hpp"

#include <gmock/gmock.h>

namespace icmap::ingest::test {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(BadMapping, MissingColumnNamesTheNearest) {
    World world;
    world.write("firms.csv", "CompanyName,Company_Numbr\nA,1\n");
    const Error error = failure(world, firms(world));
    EXPECT_EQ(error.field, "CompanyNumber");
    EXPECT_THAT(error.remedy, HasSubstr("Company_Numbr"));
}

TEST(BadMapping, AnExpressionOfTheProjectFileThatIsWrongNamesItsLine) {
    World world;
    world.write("firms.csv", kHeader + firm("A", "1"));
    Source source = firms(world);
    source.columns["name"] = "uper(CompanyName)";
    source.column_lines["name"] = 12;
    const Error error = failure(world, source);
    EXPECT_EQ(error.file, "project.toml");
    EXPECT_EQ(error.line, 12U);
    EXPECT_EQ(error.field, "source.columns.name");
    EXPECT_EQ(error.value, "uper(CompanyName)");
}

/// A table of one's own, with mappings at the lines 11, 12, ….
Source own_table(const World& world,
                 const std::vector<std::pair<std::string, std::string>>& columns) {
    world.write("own.csv", "Reg No,Trading Name,Main SIC\n1,A,62020\n");
    Source source = world.source("firms", "table", "own.csv");
    std::uint32_t line = 11;
    for (const auto& [field, column] : columns) {
        source.columns[field] = column;
        source.column_lines[field] = line++;
    }
    return source;
}

TEST(BadMapping, AMappingToAColumnThatIsNotThereNamesTheNearest) {
    World world;
    const Error error =
        failure(world, own_table(world, {{"company_number", "Reg No"}, {"name", "Trading Nam"}}));
    EXPECT_EQ(error.file, "project.toml");
    EXPECT_EQ(error.line, 12U);
    EXPECT_THAT(error.what, HasSubstr("There is no column \"Trading Nam\""));
    EXPECT_EQ(error.field, "source.columns.name");
    EXPECT_EQ(error.value, "Trading Nam");
    EXPECT_EQ(error.remedy, "Did you mean \"Trading Name\"?");
}

TEST(BadMapping, AllWrongMappingsAreToldAtOnceAndInNobodyElsesWords) {
    World world;
    const Error error = failure(world, own_table(world, {{"company_number", "Reg No"},
                                                         {"name", "Trading Nam"},
                                                         {"postcode", "\"Reg No\" || 'a"},
                                                         {"sic_codes", "[MainSIC, Main_SIC2]"},
                                                         {"town", "Town"}}));
    const std::string told = error.message();
    EXPECT_THAT(told, HasSubstr("5 settings of this source do not fit"));
    EXPECT_THAT(told, HasSubstr("project.toml:12: There is no column \"Trading Nam\""));
    EXPECT_THAT(told, HasSubstr("project.toml:13: This is neither a column of"));
    EXPECT_THAT(told, HasSubstr("project.toml:14: There is no column \"MainSIC\""));
    EXPECT_THAT(told, HasSubstr("Did you mean \"Main SIC\"?"));
    EXPECT_THAT(told, HasSubstr("project.toml:14: There is no column \"Main_SIC2\""));
    EXPECT_THAT(told, HasSubstr("project.toml:15: There is no column \"Town\""));
    EXPECT_THAT(told, ::testing::Not(HasSubstr("Error:")));
    EXPECT_THAT(told, ::testing::Not(HasSubstr("FROM clause")));
}

TEST(BadMapping, AMissingColumnAndAWrongMappingAreToldTogether) {
    World world;
    const std::string told = failure(world, own_table(world, {{"name", "Trading Nam"}})).message();
    EXPECT_THAT(told, HasSubstr("own.csv:1: The column company_number is missing"));
    EXPECT_THAT(told, HasSubstr("project.toml:11: There is no column \"Trading Nam\""));
}

TEST(BadMapping, AMappingOverTheWrongDelimiterIsAWrongDelimiter) {
    World world;
    Source source = own_table(world, {{"company_number", "Reg No"}, {"name", "Trading Name"}});
    world.write("own.csv", "Reg No;Trading Name\n1;A\n");
    const Error error = failure(world, source);
    EXPECT_THAT(error.what, HasSubstr("delimiter were \";\""));
    EXPECT_EQ(error.line, 1U);
}

TEST(BadMapping, AConditionOverAColumnThatIsNotThereNamesItsLine) {
    World world;
    Source source = own_table(world, {{"company_number", "Reg No"}, {"name", "Trading Name"}});
    source.where = "Status = 'live'";
    source.where_line = 9;
    const Error error = failure(world, source);
    EXPECT_EQ(error.line, 9U);
    EXPECT_EQ(error.field, "source.where");
    EXPECT_THAT(error.what, HasSubstr("There is no column \"Status\""));
}

TEST(BadMapping, NoColumnIsOfferedThatSomethingElseIsMadeOf) {
    World world;
    // "CompanyName" is like "CompanyNumber", but the name is made of it.
    world.write("firms.csv", "CompanyName,RegAddress.PostCode,CompanyStatus,IncorporationDate\n");
    const Error error = failure(world, firms(world));
    EXPECT_THAT(error.what, HasSubstr("CompanyNumber is missing"));
    EXPECT_THAT(error.remedy, HasSubstr("The file has these columns: CompanyName, "));
    EXPECT_THAT(error.remedy, Not(HasSubstr("Is it the column")));
}

Source places_by_keys(const World& world, const std::string& file, const std::string& name) {
    Source source = world.source("places", "table", file);
    source.columns = {{"name", name}, {"lon_deg", "lon"}, {"lat_deg", "lat"}};
    source.column_lines = {{"name", 9}};
    return source;
}

TEST(BadMapping, AKeyThatNoRecordHasNamesTheNearest) {
    for (const char* file : {"f.json", "f.ndjson"}) {
        World world;
        world.write("f.json", R"([{"title":"Leeds","lon":-1.55,"lat":53.8},{"title":"York"}])");
        world.write("f.ndjson",
                    "{\"title\":\"Leeds\",\"lon\":-1.55,\"lat\":53.8}\n{\"title\":\"X\"}\n");
        const Error error = failure(world, places_by_keys(world, file, "tilte"));
        EXPECT_EQ(error.line, 9U) << error.message();
        EXPECT_EQ(error.field, "source.columns.name");
        EXPECT_THAT(error.what, HasSubstr("There is no key \"tilte\" in "));
        EXPECT_THAT(error.remedy, HasSubstr("Did you mean \"title\"?"));
    }
}

TEST(BadMapping, AKeyThatSomeRecordsHaveIsOne) {
    World world;
    world.write("f.json", R"([{"title":"Leeds"},{"title":"York","lon":-1.08,"lat":53.96}])");
    const auto reports = world.ingest({places_by_keys(world, "f.json", "title")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_read, 2U);
}

TEST(BadMapping, NothingIsWrongWithNoRecord) {
    World world;
    world.write("none.json", "[]");
    EXPECT_TRUE(world.ingest({places_by_keys(world, "none.json", "tilte")}));
}

} // namespace
} // namespace icmap::ingest::test
