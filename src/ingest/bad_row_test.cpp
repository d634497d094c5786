#include "ingest/bad_input.hpp"

#include <gmock/gmock.h>

namespace icmap::ingest::test {
namespace {
using ::testing::HasSubstr;

TEST(BadRow, ByteOrderMarkAndCarriageReturnsAreNoTrouble) {
    World world;
    world.write("firms.csv", "\xEF\xBB\xBF"
                             "CompanyName,CompanyNumber\r\n\"A\r\nB\",1\r\nC,2\r\n");
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 2U);
    EXPECT_EQ(world.text("select company_number from staging.firm_record where name = 'C'"),
              "00000002");
}

TEST(BadRow, RaggedRowsAreRejectedWithTheirPhysicalLine) {
    World world;
    world.write("firms.csv", kHeader + firm("\"two\nlines\"", "1") + "\nshort,2\n" +
                                 firm("C", "3") + firm("D", "4", "a,b,c,d,e,f") +
                                 firm("\"bad\"quote", "5") + firm("E", "", "S1 2HE,,,"));
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_read, 6U);
    EXPECT_EQ((*reports)[0].rows_kept, 2U);
    EXPECT_EQ(world.reject("too_few_values"), "5 short,2 error");
    EXPECT_THAT(world.reject("too_many_values"), HasSubstr("7 D,4,a,b,c,d,e,f"));
    EXPECT_THAT(world.reject("bad_quotes"), HasSubstr("8 "));
    EXPECT_EQ(world.reject("missing_value"), "9 company_number error");
    EXPECT_EQ(world.count("select record from staging.firm_record where name = 'C'"), 3)
        << "ordinals count the rejected rows";
}

TEST(BadRow, InvalidUtf8AndNulBytesAreTold) {
    World world;
    world.write("firms.csv", kHeader + firm("Caf\xe9", "1") + firm(std::string("N\0L", 3), "2"));
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_rejected, 1U);
    EXPECT_THAT(world.reject("invalid_utf8"), HasSubstr("2 "));
    EXPECT_EQ(world.reject("nul_byte"), "3 name N\\0L warning");
    EXPECT_EQ(world.text("select name from staging.firm_record"), "NL");

    World latin;
    latin.write("firms.csv", kHeader + firm("Caf\xe9", "1"));
    Source source = firms(latin);
    source.reader.encoding = "latin-1";
    ASSERT_TRUE(latin.ingest({source}));
    EXPECT_EQ(latin.text("select name from staging.firm_record"), "Café");
}

TEST(BadRow, AStrayQuoteGivesNoRowTheFieldOfAnother) {
    World world;
    world.write("firms.csv", kHeader + firm("Caf\xe9 5\" pipe", "1") + firm("Caf\xe9", "2") +
                                 firm("6\" pipe", "3") + firm("E", "4", "S1 2HE\xe9,,,"));
    ASSERT_TRUE(world.ingest({firms(world)}));
    const std::string rejects = world.reject("invalid_utf8");
    EXPECT_THAT(rejects, HasSubstr("; 3 Caf")) << "the quote of line 2 hides where it starts";
    EXPECT_THAT(rejects, HasSubstr("; 5 RegAddress.PostCode S1 2HE\\xE9 error"));
}

TEST(BadRow, NoGoodLetterIsCutInTwoWhereALongValueIsShown) {
    World world;
    world.write("firms.csv",
                kHeader + firm("\xe9" + std::string(198, 'a') + "\xC3\xA9 and more", "1"));
    ASSERT_TRUE(world.ingest({firms(world)}));
    EXPECT_THAT(world.reject("invalid_utf8"),
                HasSubstr("\\xE9" + std::string(198, 'a') + " error"));
}

TEST(BadRow, DuplicateNumbersKeepTheFirstAlsoAcrossFiles) {
    World world;
    world.write("firms.csv", kHeader + firm("First", "12345678") + firm("Other", "2") +
                                 firm("Second", " 12345678"));
    world.write("more.csv", kHeader + firm("Third", "12345678") + firm("New", "3"));
    const auto reports =
        world.ingest({firms(world), world.source("firms", "companies-house", "more.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_rejected, 1U);
    EXPECT_EQ((*reports)[1].rows_rejected, 1U);
    EXPECT_EQ(world.reject("duplicate_key"),
              "2 company_number 12345678 error; 4 company_number 12345678 error");
    EXPECT_EQ(world.text("select name from staging.firm_record where company_number = '12345678'"),
              "First");
}

TEST(BadRow, ImpossibleDatesUnknownCodesAndForeignPostcodesBlankOneValue) {
    World world;
    world.write("firms.csv", kHeader + firm("A", "1", "75001,Active,31/02/2020,7499 - Old") +
                                 firm("B", "2", "S1 2HE,Active,14/04/0205,62020 - IT"));
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 2U);
    EXPECT_EQ((*reports)[0].warnings, 4U);
    EXPECT_EQ(world.reject("bad_date"), "2 incorporated 31/02/2020 warning");
    EXPECT_EQ(world.reject("bad_postcode"), "2 postcode 75001 warning");
    EXPECT_EQ(world.reject("sic_2003"), "2 sic_codes 7499 - Old warning");
    EXPECT_EQ(world.reject("out_of_range"), "3 incorporated 0205-04-14 warning");
    EXPECT_EQ(world.count("select count(*) from staging.firm_record where incorporated is null"),
              2);
    EXPECT_EQ(world.text("select message from main.reject where code = 'bad_date'"),
              "\"31/02/2020\" is no date that exists. Write dates as YYYY-MM-DD or DD/MM/YYYY");
}

TEST(BadRow, EmployeesThatAreAYearAreBlanked) {
    World world;
    world.write("a.csv", "CompanyNumber,enddate,Employees_thisyear,Employees_lastyear\n"
                         "1,31.3.24,2023,12\n2,30 June 2024,\"1,250\",x\n3,31/02/2024,1,1\n");
    const auto reports =
        world.ingest({world.source("accounts", "companies-house-accounts", "a.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 2U);
    EXPECT_EQ(world.reject("employees_is_a_year"), "2 employees 2023 warning");
    EXPECT_EQ(world.reject("bad_integer"), "3 employees_last_year x warning");
    EXPECT_EQ(world.reject("bad_date"), "4 period_end 31/02/2024 error");
    EXPECT_EQ(world.text("select coalesce(employees::varchar, 'none') || ' ' || "
                         "employees_last_year from staging.account_record where "
                         "company_number = '00000001'"),
              "none 12");
    EXPECT_EQ(world.count("select employees from staging.account_record where company_number = "
                          "'00000002'"),
              1250);
}

TEST(BadRow, PositionsThatCannotBeAreBlanked) {
    World world;
    world.write("p.csv", "pcds,lat,long,doterm\n"
                         "S1 1AA,53.38,-1.47,\n"     // good
                         "S1 1AB,99.999999,0.0,\n"   // none, as the directory writes it
                         "S1 1AC,-1.47,53.38,\n"     // swapped
                         "S1 1AD,12.0,-1.47,\n"      // out of range
                         "S1 1AE,NaN,-1.47,202001\n" // not a number
                         "S1 1AF,0,0.00000,\n"       // (0, 0), as extracts write it
                         "S1 1AG,,,\n"               // blank
                         "S1,53.38,-1.47,\n");       // not a unit
    const auto reports = world.ingest({world.source("postcodes", "onspd", "p.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 7U);
    EXPECT_EQ(world.reject("position_swapped"), "4 lon_deg (53.38, -1.47) warning");
    EXPECT_EQ(world.reject("position_out_of_range"), "5 lon_deg (-1.47, 12.0) warning");
    EXPECT_THAT(world.reject("bad_lat"), HasSubstr("6 lat_deg NaN warning"));
    EXPECT_EQ(world.reject("bad_postcode"), "9 postcode S1 error");
    EXPECT_EQ(world.count("select count(*) from main.reject where code = "
                          "'postcode_without_position'"),
              3);
    EXPECT_EQ(world.count("select count(*) from staging.postcode_record where lon_deg is not null "
                          "or lat_deg is not null"),
              1);
    EXPECT_EQ(world.text("select postcode from staging.postcode_record where is_terminated"),
              "S1 1AE");
}

TEST(BadRow, APlaceAtZeroIsWorthNothing) {
    World world;
    world.write("t.csv", "name,lon_deg,lat_deg\nNowhere,0,0\nLeeds,-1.55,53.8\nBlank,,\n");
    const auto reports = world.ingest({world.source("places", "table", "t.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_rejected, 2U);
    EXPECT_EQ(world.reject("position_zero"), "2 lon_deg (0.0, 0.0) error");
    EXPECT_EQ(world.reject("no_position"), "4 lon_deg error");
}

TEST(BadRow, APolygonThatCrossesItselfIsMended) {
    World world;
    world.write("areas.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"B","name":"Bow tie","level":"region"},"geometry":
 {"type":"Polygon","coordinates":[[[0,50],[1,51],[1,50],[0,51],[0,50]]]}},
{"type":"Feature","properties":{"code":"N","name":"None","level":"region"},"geometry":null}]})");
    const auto reports = world.ingest({world.source("areas", "table", "areas.geojson")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 1U);
    EXPECT_THAT(world.reject("geometry_mended"), HasSubstr("0 geometry warning"));
    EXPECT_THAT(world.reject("bad_geometry"), HasSubstr("0 geometry error"));
}

} // namespace
} // namespace icmap::ingest::test
