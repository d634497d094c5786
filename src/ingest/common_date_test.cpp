#include "ingest/common_date.hpp"

#include "ingest/test_world.hpp"

#include <gtest/gtest.h>

namespace icmap::ingest {
namespace {

TEST(CommonDate, ReadsTheFourCommonForms) {
    EXPECT_EQ(common_date("1970-01-02"), 1);
    EXPECT_EQ(common_date("1970-01-02T12:00:00Z"), 1);
    EXPECT_EQ(common_date("1970-01-02 12:00"), 1);
    EXPECT_EQ(common_date("02/01/1970"), 1);
    EXPECT_EQ(common_date("2 January 1970"), 1);
    EXPECT_EQ(common_date("02 JAN 1970"), 1);
    EXPECT_EQ(common_date("2.1.70"), 1);
    EXPECT_EQ(common_date("31.12.69"), -1);
    EXPECT_EQ(common_date("29.02.24"), 19782);
    EXPECT_EQ(common_date("31 December 1969"), -1);
    EXPECT_EQ(common_date("29 February 2024"), 19782);
}

TEST(CommonDate, LeavesOtherFormsAndDaysThatDoNotExist) {
    for (const char* text :
         {"",          "1",           "2024-02-30",   "30/02/2024",   "29 February 2023",
          "31/1/2024", "31.01.2024",  "January 2024", "1 Janua 2024", "12 31 2024",
          "2024-1-01", "+1/01/2024",  "1  May 2024",  "1 May 24",     "1 May 2024 ",
          "31.2.24",   "1.1.2024",    "1..24",        ".1.24",        "1.1.4",
          "1.1.+4",    "-1 May 2024", "2024/01/31",   "1 May"}) {
        EXPECT_EQ(common_date(text), std::nullopt) << text;
    }
}

TEST(CommonDate, IsReadByNeitherWayWithMoreThanATimeOfDayBehindIt) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    for (const char* text : {"2010-02-011", "2010-02-01xyz", "2010-02-01-03"}) {
        EXPECT_EQ(common_date(text), std::nullopt) << text;
        EXPECT_EQ(world.count("select count(date_of('" + std::string(text) + "'))"), 0) << text;
    }
    for (const char* text : {"2010-02-01", "2010-02-01T09:30:00Z", "2010-02-01 09:30"}) {
        EXPECT_EQ(world.count("select count(*) where rare_date_of('" + std::string(text) +
                              "') = date '2010-02-01'"),
                  1)
            << text;
    }
}

TEST(CommonDate, AgreesWithTheMacroOnEveryDayOfACenturyWithDots) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    for (const char* form : {"%d.%m.%y", "%-d.%-m.%y"}) {
        EXPECT_EQ(world.count(std::string("select count(*) from range(-365, 36159) t(day), "
                                          "lateral (select strftime(date '1970-01-01' + "
                                          "day::integer, '") +
                              form +
                              "') as text) where common_date(text) is distinct from "
                              "rare_date_of(text) or common_date(text) <> date '1970-01-01' + "
                              "day::integer"),
                  0)
            << form;
    }
}

TEST(CommonDate, YearsOfTwoDigitsAreOfThisCenturyOrTheLast) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    const auto read = [&world](const std::string& text) {
        return world.text("select date_of('" + text + "')::varchar");
    };
    for (const char* text : {"04/03/11", "4/3/11", "04-03-11", "4-3-11", "04.03.11", "04 03 11",
                             "4 March 11", "4 Mar 11", "4-Mar-11", "04-March-11", "March 4, 11",
                             "04/03/11 09:30", "04/03/11 09:30:15"}) {
        EXPECT_EQ(read(text), "2011-03-04") << text;
    }
    for (const char* text :
         {"04/03/2011", "4/3/2011", "4-3-2011", "4.3.2011", "04 03 2011", "4 March 2011",
          "4-Mar-2011", "March 4, 2011", "20110304", "2011/03/04", "04/03/2011 09:30:15"}) {
        EXPECT_EQ(read(text), "2011-03-04") << text;
    }
    EXPECT_EQ(read("31/12/99"), "1999-12-31");
    EXPECT_EQ(read("31-12-69"), "1969-12-31");
    EXPECT_EQ(read("31-12-68"), "2068-12-31");
    EXPECT_EQ(read("31/02/11"), "");
}

// What the quick way answers, the slow way must answer too.
TEST(CommonDate, AgreesWithTheMacroOnEveryDayOfFourHundredYears) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    for (const char* form : {"%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%-d %B %Y"}) {
        EXPECT_EQ(world.count(std::string("select count(*) from range(-62091, 84006) t(day), "
                                          "lateral (select strftime(date '1970-01-01' + "
                                          "day::integer, '") +
                              form +
                              "') as text) where common_date(text) is distinct from "
                              "rare_date_of(text) or date_of(text) is null"),
                  0)
            << form;
    }
}

} // namespace
} // namespace icmap::ingest
