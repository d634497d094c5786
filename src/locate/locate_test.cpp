#include "locate/locate.hpp"

#include "locate/test_world.hpp"

namespace icmap::locate {
namespace {

TEST(Locate, FallsBackFromUnitToSectorToDistrictAndKeepsThePrecision) {
    World world;
    world.postcode(1, "S1 1AA", "-1.47, 53.38");
    world.postcode(2, "S1 1AB", "-1.45, 53.40");
    world.postcode(3, "S1 2AA", "-1.43, 53.36");
    world.postcode(4, "S1 1ZZ", "-9.0, 50.0", true); // terminated: no part in the means
    world.postcode(5, "S2 9ZZ", "-1.44, 53.37", true);
    world.postcode(6, "S1 1AC", "null, null");
    world.firm(1, "1", "Unit", "'S1 1AB' as postcode");
    world.firm(2, "2", "Sector", "'S1 1QQ' as postcode");
    world.firm(3, "3", "District", "'S1 7QQ' as postcode");
    world.firm(4, "4", "Nowhere", "'ZZ9 9ZZ' as postcode");
    world.firm(5, "5", "Terminated", "'S1 1ZZ' as postcode");
    world.firm(6, "6", "No postcode");
    world.firm(7, "7", "Own", "'S1 1AA' as postcode, -2.0 as lon_deg, 54.0 as lat_deg");
    world.firm(8, "8", "No coordinate", "'S1 1AC' as postcode");
    world.firm(9, "9", "Dead sector", "'S2 9AA' as postcode");
    const LocateReport report = world.locate();
    EXPECT_EQ(world.text("select string_agg(precision, ' ' order by site_id) from site"),
              "unit sector district none unit none coordinate sector sector");
    EXPECT_NEAR(world.real("select lon_deg from site where site_id = 1"), -1.46, 1e-9);
    EXPECT_NEAR(world.real("select lat_deg from site where site_id = 1"), 53.39, 1e-9);
    EXPECT_NEAR(world.real("select lat_deg from site where site_id = 2"), 53.38, 1e-7);
    EXPECT_NEAR(world.real("select lon_deg from site where site_id = 6"), -2.0, 1e-12);
    EXPECT_NEAR(world.real("select lon_deg from site where site_id = 8"), -1.44, 1e-9);
    EXPECT_EQ(world.integer("select count(*) from site where lon_deg is null and x_m is null"), 2);
    EXPECT_EQ(report.sites_by_precision[1].count, 2U);
    EXPECT_EQ(report.postcodes, 5U);
    EXPECT_EQ(report.warnings, 5U);
    EXPECT_EQ(world.integer("select count(*) from reject where code = 'postcode_unknown' and "
                            "severity = 'warning' and file = 'file1.csv'"),
              5);
    EXPECT_EQ(report.sites_in_density, 3U);
}

TEST(Locate, GivesTheOrdnanceSurveysMetres) {
    World world;
    // Caister Water Tower, the worked example of the survey's guide, by OSTN15.
    world.firm(1, "1", "Caister", "1.716073972 as lon_deg, 52.658007833 as lat_deg");
    world.locate();
    EXPECT_NEAR(world.real("select x_m from site"), 651409.804, 0.01);
    EXPECT_NEAR(world.real("select y_m from site"), 313177.450, 0.01);
}

TEST(Locate, TellsActiveFirmsFromThoseThatAreGoneOrNotYetThere) {
    World world;
    world.firm(1, "1", "Lives", "date '2001-01-01' as incorporated, 'Active' as status");
    world.firm(2, "2", "In liquidation", "'Liquidation' as status");
    world.firm(3, "3", "Gone", "date '2024-10-31' as dissolved");
    world.firm(4, "4", "Goes later", "date '2024-11-02' as dissolved");
    world.firm(5, "5", "Comes later", "date '2024-11-02' as incorporated");
    world.firm(6, "6", "Says so", "'Dissolved' as status");
    world.locate();
    EXPECT_EQ(world.text("select string_agg(is_active::integer, '' order by firm_id) from firm"),
              "110100");
}

TEST(Locate, NumbersFirmsByCompanyNumberAndSitesAfterThem) {
    World world;
    world.firm(1, "B", "Second", "'S1 1AA' as postcode");
    world.firm(2, "A", "First", "'S1 1AA' as postcode");
    world.run("insert into staging.site_record values (3, 1, 'B', 'laboratory', 'S1 1AB', 5, null, "
              "null), (3, 2, 'B', 'trading', 'S1 1AA', null, null, null), (3, 3, 'A', null, 'S1 "
              "1AB', null, null, null), (3, 4, 'Z', null, 'S1 1AB', null, null, null), "
              "(3, 5, 'B', 'trading', 'S1 1AB', null, null, null)");
    const LocateReport report = world.locate();
    EXPECT_EQ(world.text("select string_agg(name, ' ' order by firm_id) from firm"),
              "First Second");
    EXPECT_EQ(world.text("select string_agg(firm_id || ':' || kind || ':' || postcode, ' ' order "
                         "by site_id) from site"),
              "0:registered_office:S1 1AA 1:registered_office:S1 1AA 0:trading:S1 1AB "
              "1:laboratory:S1 1AB");
    EXPECT_EQ(report.sites_merged, 2U);
    EXPECT_EQ(world.text("select value from reject where code = 'company_not_on_register'"), "Z");
}

TEST(Locate, TakesTheNewestFiguresKnownAtTheDate) {
    World world;
    world.firm(1, "1", "A", "99 as employees");
    world.firm(2, "2", "B", "7 as employees, 1000.0 as turnover_gbp");
    world.run("insert into staging.account_record values "
              "(3, 1, '1', date '2022-12-31', 10, 8, null), "
              "(3, 2, '1', date '2023-12-31', 12, 10, 5000.0), "
              "(3, 3, '1', date '2024-12-31', 50, 12, 9000.0), " // after as_of
              "(3, 4, '1', date '2023-12-31', 13, null, null), " // amended
              "(3, 5, '9', date '2023-12-31', 13, null, null)");
    const LocateReport report = world.locate();
    EXPECT_EQ(world.integer("select employees from firm where firm_id = 0"), 13);
    EXPECT_EQ(world.integer("select employees_year from firm where firm_id = 0"), 2023);
    EXPECT_EQ(world.real("select turnover_gbp from firm where firm_id = 0"), 5000.0);
    EXPECT_EQ(world.integer("select employees from firm where firm_id = 1"), 7);
    EXPECT_EQ(world.text("select string_agg(year(period_end) || ':' || employees, ' ' order by "
                         "period_end) from account"),
              "2021:8 2022:10 2023:13");
    EXPECT_EQ(report.accounts, 3U);
}

TEST(Locate, TakesThePriorYearsEmployeesWhereTheFilingOfThatYearGivesNone) {
    World world;
    world.firm(1, "1", "A", "99 as employees");
    world.run("insert into staging.account_record values "
              "(3, 1, '1', date '2022-12-31', null, null, 4000.0), "
              "(3, 2, '1', date '2023-12-31', 12, 10, 5000.0)");
    const LocateReport report = world.locate();
    EXPECT_EQ(world.text("select string_agg(year(period_end) || ':' || employees || ':' || "
                         "turnover_gbp, ' ' order by period_end) from account"),
              "2022:10:4000.0 2023:12:5000.0");
    EXPECT_EQ(report.accounts, 2U);
}

TEST(Locate, TellsTheDayBeforeLeapDaysOnceAndOfOneDayTheLatestFigureThatIsGiven) {
    World world;
    world.firm(1, "1", "A", "99 as employees");
    world.firm(2, "2", "B", "7 as employees");
    world.run("insert into staging.account_record values "
              "(3, 1, '2', date '2022-06-30', null, null, null), "
              "(3, 2, '1', date '2024-02-29', 30, 20, null), "
              "(3, 3, '1', date '2024-02-28', 29, 19, 1.0), "
              "(3, 4, '1', date '2024-02-29', 31, null, 2.0), " // amended: no word of last year
              "(3, 5, '1', date '2023-02-28', null, null, 3.0)");
    world.locate();
    EXPECT_EQ(world.text("select string_agg(concat_ws(':', firm_id, period_end, employees, "
                         "turnover_gbp), ' ' order by period_end) from account"),
              "0:2023-02-28:20:3.0 0:2024-02-28:29:1.0 0:2024-02-29:31:2.0");
    EXPECT_EQ(world.text("select concat_ws(':', employees, employees_year, turnover_gbp, "
                         "turnover_year) from firm where firm_id = 0"),
              "31:2024:2.0:2024");
    EXPECT_EQ(world.integer("select employees from firm where firm_id = 1"), 7);
}

TEST(Locate, GivesEverySiteItsAreaOfEachLevel) {
    World world;
    // Two authorities side by side, a region over both, a combined authority over the left one.
    //   +----+----+
    //   | L1 | L2 |  .  <- just off the coast, and far off
    //   +----+----+
    world.area(1, "L1", "lower_tier", -2.0, 53.0, 0.1);
    world.area(2, "L2", "lower_tier", -1.9, 53.0, 0.1);
    world.area(3, "R", "region", -2.05, 52.95, 0.25);
    world.area(4, "C", "combined_authority", -2.0, 53.0, 0.1);
    world.firm(1, "1", "Left", "-1.95 as lon_deg, 53.05 as lat_deg");
    world.firm(2, "2", "Right, near C", "-1.899 as lon_deg, 53.05 as lat_deg");
    world.firm(3, "3", "In the sea", "-1.79 as lon_deg, 53.05 as lat_deg");
    world.firm(4, "4", "Far away", "-1.0 as lon_deg, 53.05 as lat_deg");
    const LocateReport report = world.locate();
    const auto areas = [&](int site) {
        return world.text(fmt::format("select string_agg(a.code, ' ' order by a.level) from "
                                      "site_area s join area a using (area_id) where site_id = {}",
                                      site));
    };
    EXPECT_EQ(areas(0), "C L1 R");
    EXPECT_EQ(areas(1), "L2 R"); // 70 m from C, but on land that C does not cover
    EXPECT_EQ(areas(3), "");
    EXPECT_EQ(report.areas_by_level.size(), 3U);
    EXPECT_NEAR(world.real("select label_lon_deg from area where code = 'L1'"), -1.95, 0.01);
}

TEST(Locate, GivesASiteOffTheCoastToTheNearestAreaWithinTheTolerance) {
    World world;
    world.area(1, "L1", "lower_tier", -2.0, 53.0, 0.1);
    world.firm(1, "1", "On a pier", "-1.889 as lon_deg, 53.05 as lat_deg"); // 740 m
    world.firm(2, "2", "On a ship", "-1.865 as lon_deg, 53.05 as lat_deg"); // 2.3 km
    const LocateReport report = world.locate();
    EXPECT_EQ(world.text("select string_agg(site_id::varchar, ' ') from site_area"), "0");
    EXPECT_EQ(report.positions_off_coast, 1U);
}

TEST(Locate, GivesAreasTheNextWiderOneThatTheProjectHasABoundaryOf) {
    World world;
    world.area(1, "E06", "lower_tier", -2.0, 53.0, 0.1);
    world.area(2, "E07", "lower_tier", -1.9, 53.0, 0.1);
    world.area(3, "E08", "lower_tier", -1.8, 53.0, 0.1);
    world.area(4, "E47", "combined_authority", -2.0, 53.0, 0.2);
    world.area(5, "E12", "region", -2.0, 53.0, 0.4);
    world.area(6, "E13", "region", -1.0, 53.0, 0.4);
    world.area(7, "E92", "country", -2.0, 53.0, 2.0);
    world.run("update staging.area_record set parent_code = 'E13' where code = 'E08'");
    // No boundary of an upper tier (E10); E47 lies in two regions, mostly in E12.
    world.run(
        "insert into staging.area_lookup_record values "
        "(3, 1, ['E06', 'E06', 'E10', 'E47', 'E12', 'E92']), (3, 2, ['E07', 'E10', 'E12', "
        "'E92']), (3, 3, ['E08', 'E47', 'E13', 'E92']), (3, 4, ['E09', 'E47', 'E12', 'E92'])");
    world.locate();
    EXPECT_EQ(world.text("select string_agg(code || '<' || coalesce(parent_code, '-'), ' ' order "
                         "by code) from area"),
              "E06<E47 E07<E12 E08<E13 E12<E92 E13<E92 E47<E12 E92<-");
}

TEST(Locate, GivesAreasOfWhichNothingIsToldTheNextWiderOneThatHoldsThem) {
    World world;
    world.area(1, "C", "combined_authority", -2.0, 53.0, 0.2);
    world.area(2, "R1", "region", -2.0, 53.0, 0.4);
    world.area(3, "R2", "region", -1.6, 53.0, 0.4);
    world.area(4, "K", "country", -2.0, 53.0, 0.8);
    world.area(5, "I1", "itl3", -2.005, 53.1, 0.1); // borders are drawn a little differently
    world.area(6, "I2", "itl3", -1.85, 53.05, 0.1); // half of it in the combined authority
    world.area(7, "I3", "itl3", -1.65, 53.25, 0.1); // half of it in each region
    world.area(8, "I4", "itl3", 0.0, 54.0, 0.1);    // in none
    world.area(9, "I5", "itl3", -1.8, 53.3, 0.1);   // told, and not by where it lies
    world.run("update staging.area_record set parent_code = 'R2' where code = 'I5'");
    world.locate();
    EXPECT_EQ(world.text("select string_agg(code || '<' || coalesce(parent_code, '-'), ' ' order "
                         "by code) from area"),
              "C<R1 I1<C I2<R1 I3<K I4<- I5<R2 K<- R1<K R2<K");
}

TEST(Locate, MendsAPolygonThatCrossesItselfAndSaysSo) {
    World world;
    const auto bow_tie =
        geo::Geometry::from_wkt("POLYGON((-2 53,-1 54,-1 53,-2 54,-2 53))").value();
    std::string hex;
    for (const char c : bow_tie.wkb()) {
        hex += fmt::format("{:02X}", static_cast<unsigned char>(c));
    }
    world.run("insert into staging.area_record values (3, 7, 'B', 'Bow tie', 'region', null, "
              "unhex('" +
              hex + "')), (3, 8, 'X', 'Nonsense', 'region', null, 'abc'::blob)");
    world.firm(1, "1", "In the left wing", "-1.9 as lon_deg, 53.5 as lat_deg");
    world.locate();
    EXPECT_EQ(world.integer("select count(*) from site_area"), 1);
    EXPECT_EQ(world.text("select string_agg(code || ':' || value || ':' || record, ' ' order by "
                         "record) from reject"),
              "geometry_mended:B:7 geometry_unusable:X:8");
    EXPECT_EQ(world.integer("select count(*) from area"), 1);
}

TEST(Locate, MovesInstitutionsOfTheRegisterToTheAssets) {
    World world;
    world.postcode(1, "S10 2TN", "-1.49, 53.38");
    world.postcode(2, "S1 1WB", "-1.46, 53.38");
    world.run("insert into staging.asset_record by name select 3 as source_id, 1 as record, "
              "'The University of Sheffield' as name, 'university' as kind union all by name "
              "select 3 as source_id, 2 as record, 'University of Sheffield' as name, "
              "'research_organisation' as kind union all by name select 3 as source_id, 3 as "
              "record, 'TWI  LIMITED' as name, 'research_organisation' as kind");
    world.firm(1, "RC1", "UNIVERSITY OF SHEFFIELD", "'S10 2TN' as postcode");
    world.firm(2, "2", "UNIVERSITY OF SHEFFIELD STUDENTS'' UNION", "'S10 2TN' as postcode");
    world.firm(3, "3", "TWI LIMITED", "'S1 1WB' as postcode");
    world.firm(4, "4", "SHEFFIELD UNIVERSITY ENTERPRISES LIMITED");
    world.run("insert into staging.participation_record by name select 3 as source_id, i as "
              "record, 'P' || i as project_reference, 'EU' as funder, 'Sheffield Hallam "
              "University' as organisation, case when i = 1 then 'S10 2TN' else 'S1 1WB' end as "
              "postcode, false as is_withdrawn from range(1, 4) t(i)");
    const LocateReport report = world.locate();
    EXPECT_EQ(world.text("select string_agg(name, '; ' order by firm_id) from firm"),
              "UNIVERSITY OF SHEFFIELD STUDENTS' UNION; SHEFFIELD UNIVERSITY ENTERPRISES LIMITED");
    EXPECT_EQ(report.firms_as_institutions, 2U);
    EXPECT_EQ(world.text("select string_agg(name || '|' || kind || '|' || postcode || '|' || "
                         "precision, '; ' order by asset_id) from asset"),
              "Sheffield Hallam University|university|S1 1WB|unit; "
              "TWI  LIMITED|research_organisation|S1 1WB|unit; "
              "The University of Sheffield|university|S10 2TN|unit");
    EXPECT_EQ(world.integer("select count(*) from asset where x_m is not null"), 3);
}

TEST(Locate, TellsTheSameTownOfTwoSourcesOnce) {
    World world;
    // Source 1 knows extents, source 3 populations.
    world.run("insert into staging.place_record values "
              "(1, 1, 'Sheffield', 'city', null, 22048, 'Sheffield', -1.47, 53.38), "
              "(1, 2, 'Abertawe', 'city', null, 18645, 'Swansea', -3.94, 51.62), "
              "(1, 3, 'Newark-on-Trent', 'town', null, 6000, null, -0.81, 53.07), "
              "(1, 4, 'Milton', 'village', null, 900, null, -1.30, 51.63), "
              "(1, 5, 'Milton', 'village', null, 900, null, -5.0, 56.0), "
              "(1, 6, 'Tinsley', 'suburb', null, 2000, 'Sheffield', -1.40, 53.41), "
              "(3, 1, 'Sheffield', 'city', 685368, null, null, -1.4659, 53.3830), "
              "(3, 2, 'Swansea', 'city', 300352, null, null, -3.9432, 51.6208), "
              "(3, 3, 'Newark on Trent', 'town', 43363, null, null, -0.8100, 53.0667), "
              "(3, 4, 'Belfast', 'city', 274770, null, null, -5.93, 54.6)");
    const LocateReport report = world.locate();
    EXPECT_EQ(report.places, 7U);
    EXPECT_EQ(report.places_merged, 3U);
    EXPECT_EQ(world.text("select string_agg(name || ':' || coalesce(population, 0), ' ' order by "
                         "place_id) from place"),
              "Sheffield:685368 Swansea:300352 Newark-on-Trent:43363 Milton:0 Milton:0 Tinsley:0 "
              "Belfast:274770");
    EXPECT_EQ(world.text("select string_agg(name, ' ' order by importance desc, place_id) from "
                         "place"),
              "Sheffield Swansea Belfast Newark-on-Trent Tinsley Milton Milton");
    EXPECT_EQ(world.integer("select count(*) from place where importance > 1 or importance <= 0"),
              0);
}

TEST(Locate, DissolvesTheCoastline) {
    World world;
    for (int i = 0; i < 2; ++i) {
        std::string hex;
        for (const char c :
             geo::Geometry::box({-2.0 + 0.5 * i, 53.0, -1.0 + 0.5 * i, 54.0}).wkb()) {
            hex += fmt::format("{:02X}", static_cast<unsigned char>(c));
        }
        world.run(fmt::format("insert into staging.coastline_record values (3, {}, unhex('{}'))", i,
                              hex));
    }
    world.locate();
    std::string wkb;
    ASSERT_TRUE(world.connection.read("select geometry from land", [&](const store::Chunk& chunk) {
        ASSERT_EQ(chunk.size(), 1U);
        wkb = chunk.text(0, 0);
    }));
    EXPECT_NEAR(geo::Geometry::from_wkb(wkb).value().area_m2(), 1.5, 1e-9); // square degrees
}

TEST(Locate, TakesTheFirstOfACompanyNumberInTwoSources) {
    World world;
    world.firm(1, "1", "First");
    world.run("insert into staging.firm_record by name select 2 as source_id, 1 as record, '1' as "
              "company_number, 'Second' as name union all by name select 2 as source_id, 2 as "
              "record, '2' as company_number, 'Other' as name");
    world.locate();
    EXPECT_EQ(world.text("select string_agg(name, ' ' order by firm_id) from firm"), "First Other");
}

TEST(Locate, CopesWithAnEmptyWorld) {
    World world;
    const LocateReport report = world.locate();
    EXPECT_EQ(report.sites, 0U);
    EXPECT_EQ(world.integer("select count(*) from land"), 0);
}

} // namespace
} // namespace icmap::locate
