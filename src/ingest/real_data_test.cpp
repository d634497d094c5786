#include "ingest/test_world.hpp"

// The openly licensed extracts beside the project, with the row counts that their README gives.

namespace icmap::ingest::test {
namespace {

#define SKIP_WITHOUT_REAL_DATA()                                                                   \
    if (!fs::exists(real_data() / "README.md")) {                                                  \
        GTEST_SKIP() << "no real extracts at " << real_data()                                      \
                     << "; set ICMAP_REAL_DATA to their folder";                                   \
    }

Source real(const World& world, const std::string& kind, const std::string& format,
            const std::string& path) {
    Source source = world.source(kind, format, path);
    source.base = real_data();
    return source;
}

std::vector<SourceReport> read(World& world, const std::vector<Source>& sources) {
    auto reports = world.ingest(sources);
    EXPECT_TRUE(reports) << (reports ? "" : reports.error().message());
    return reports.value_or(std::vector<SourceReport>(sources.size()));
}

TEST(RealData, EveryCompanyOfSouthYorkshireIsRead) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports =
        read(world,
             {real(world, "firms", "companies-house", "south-yorkshire/BasicCompanyData.csv.gz")});
    EXPECT_EQ(reports[0].rows_read, 75740U);
    EXPECT_EQ(reports[0].rows_rejected, 0U);
    EXPECT_EQ(world.count("select count(*) from staging.firm_record where postcode is not null and "
                          "incorporated is not null"),
              75740);
    EXPECT_EQ(world.text("select sic_codes[1] || ' ' || postcode || ' ' || incorporated from "
                         "staging.firm_record where company_number = '07405600'"),
              "33190 S66 2NR 2010-10-13");
}

TEST(RealData, EveryPostcodeIsReadAndThoseWithoutPositionAreTold) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports = read(world, {real(world, "postcodes", "nspl", "uk/postcodes.csv.gz")});
    EXPECT_EQ(reports[0].rows_read, 2714964U);
    EXPECT_EQ(reports[0].rows_kept, 2714964U);
    const auto blind =
        world.count("select count(*) from staging.postcode_record where lon_deg is null");
    EXPECT_GE(blind, 24087);
    EXPECT_EQ(world.count("select count(*) from main.reject where severity = 'warning'"), blind);
    EXPECT_EQ(world.count("select count(*) from main.reject where line is null"), 0);
    EXPECT_EQ(world.text("select round(lon_deg, 3) || ' ' || round(lat_deg, 3) from "
                         "staging.postcode_record where postcode = 'S10 2TN'"),
              "-1.489 53.381");
}

TEST(RealData, AccountsKeepTheirMixedDatesAndLoseMisreadNumbers) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports = read(world, {real(world, "accounts", "companies-house-accounts",
                                           "south-yorkshire/employees.csv.gz")});
    EXPECT_EQ(reports[0].rows_read, 42918U);
    EXPECT_EQ(reports[0].rows_rejected, 0U);
    EXPECT_EQ(world.count("select count(distinct company_number) from staging.account_record"),
              38240);
    EXPECT_EQ(world.count("select count(*) from main.reject where code = 'employees_is_a_year' and "
                          "field = 'employees'"),
              1);
    EXPECT_EQ(world.count("select count(*) from staging.account_record where period_end not "
                          "between '2018-01-01' and '2025-12-31'"),
              0);
}

TEST(RealData, ProjectsKnownFromParticipationsAloneAreProjectsToo) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    Source source = real(world, "projects", "cordis", "uk-rd/projects.csv.gz");
    source.participation_globs = {"uk-rd/participations.csv"};
    const auto reports = read(world, {source});
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].rows_kept, 8972U);
    EXPECT_EQ(reports[1].rows_kept, 27326U);
    EXPECT_EQ(world.count("select count(*) from staging.project_record"), 16456);
    EXPECT_EQ(world.count("select count(*) from staging.project_record where abstract is not null"),
              8972);
    EXPECT_EQ(world.count("select count(distinct organisation_id) from "
                          "staging.participation_record"),
              4079);
}

TEST(RealData, OrganisationsOfParticipationsBecomeFirms) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports = read(world, {real(world, "firms", "cordis", "uk-rd/participations.csv")});
    EXPECT_EQ(reports[0].rows_kept, 27326U);
    EXPECT_EQ(reports[0].records, 4079U);
    EXPECT_EQ(world.count("select count(*) from staging.firm_record where postcode is not null"),
              4079);
}

TEST(RealData, PlacesOfBothGazetteersLieInTheUnitedKingdom) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto reports =
        read(world, {real(world, "places", "os-open-names", "uk/os_populated_places.csv.gz"),
                     real(world, "places", "geonames", "uk/geonames_cities1000_GB.csv")});
    EXPECT_EQ(reports[0].rows_kept, 42214U);
    EXPECT_EQ(reports[1].rows_kept, 4301U);
    EXPECT_EQ(world.text("select kind || ' ' || round(lon_deg, 2) || ' ' || round(lat_deg, 2) from "
                         "staging.place_record where name = 'Sheffield' and source_id = 1 and "
                         "kind = 'city'"),
              "city -1.47 53.38");
}

TEST(RealData, AreasOfFourLevelsAreReadAndMended) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    const auto level = [&](const std::string& path, const std::string& name,
                           const std::string& layer) {
        Source source = real(world, "areas", "ons-areas", path);
        source.columns["level"] = "'" + name + "'";
        source.reader.layer = layer;
        return source;
    };
    Source authorities = level("uk/ons_uk_topo.json", "combined_authority", "cauth");
    authorities.where = "\"end\" is null";
    const auto reports =
        read(world, {level("uk/lad_2021_uk_buc.geojson", "lower_tier", ""),
                     level("uk/itl3_2021/*.shp", "itl3", ""),
                     level("uk/nuts1_2018_uk_buc.geojson", "region", ""), authorities});
    EXPECT_EQ(reports[0].rows_kept, 374U);
    EXPECT_EQ(reports[1].rows_kept, 179U);
    EXPECT_EQ(reports[2].rows_kept, 12U);
    EXPECT_EQ(reports[3].rows_kept + reports[3].rows_outside, 20U);
    EXPECT_EQ(world.text("select name from staging.area_record where code = 'E08000019'"),
              "Sheffield");
}

TEST(RealData, ListsOfNamesAreAssets) {
    SKIP_WITHOUT_REAL_DATA();
    World world;
    Source universities = real(world, "assets", "names", "uk/universities.txt");
    universities.columns["kind"] = "'university'";
    const auto reports = read(world, {universities});
    EXPECT_EQ(reports[0].rows_kept, 282U);
    EXPECT_EQ(world.count("select count(*) from staging.asset_record where kind = 'university'"),
              282);
}

} // namespace
} // namespace icmap::ingest::test
