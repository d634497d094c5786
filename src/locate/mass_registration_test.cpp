#include "locate/test_world.hpp"

namespace icmap::locate {
namespace {

TEST(MassRegistration, IsAFormationAgentsPostcodeButNotAnIncubatorNorAnOldAccountants) {
    World world;
    // Firms of one postcode: so many in all, so many young, jobs that every fourth one reports.
    auto address = [&world, record = 0](const char* postcode, int firms, int young,
                                        int jobs) mutable {
        world.run(fmt::format(
            "insert into staging.firm_record by name select 1 as source_id, {0} + i as record, "
            "'N' || ({0} + i) as company_number, 'Firm ' || i as name, '{1}' as postcode, "
            "case when i < {3} then date '2023-06-01' else date '2012-06-01' end as incorporated, "
            "case when i % 4 = 3 then {4} end as employees from range({2}) t(i)",
            record, postcode, firms, young, jobs));
        record += firms;
    };
    address("A1 1AA", 60, 30, 1);  // half of them young
    address("A1 1AB", 60, 29, 1);  // not half
    address("A1 1AC", 60, 40, 12); // young, but people work there
    address("A1 1AD", 49, 40, 1);  // too few to tell
    address("A1 1AE", 400, 18, 1); // many, but old; a quarter of all firms is young
    world.locate();
    EXPECT_EQ(world.text("select string_agg(postcode, ' ') from mass_registration_address"),
              "A1 1AA");
    EXPECT_EQ(world.text("select reason from mass_registration_address"),
              "60 active firms, 50 % of them incorporated in the two years to 2024-11-01 (of all "
              "firms 25 %); the 15 that report jobs have 1.00 each on average, fewer than the 5 "
              "of any workplace");
}

TEST(MassRegistration, IsNoYoungAddressInARegisterOfYoungFirms) {
    World world;
    world.run("insert into staging.firm_record by name select 1 as source_id, i as record, "
              "'N' || i as company_number, 'Firm ' || i as name, "
              "case when i < 80 then 'A1 1AA' else 'A1 1A' || chr(66 + (i % 24)::integer) end as "
              "postcode, case when i % 3 > 0 then date '2023-06-01' else date '2012-06-01' end as "
              "incorporated from range(300) t(i)");
    EXPECT_EQ(world.locate().mass_registration_addresses, 0U);
}

TEST(MassRegistration, IsFlaggedButNotALargeWorkplace) {
    World world;
    world.postcode(1, "A1 1AA", "-1.0, 53.0");
    world.postcode(2, "A1 1AB", "-1.1, 53.0");
    world.postcode(3, "A1 1AC", "-1.2, 53.0");
    // 20 firms with one job each and a giant's head office; 20 firms with 12 jobs; 5 firms.
    world.run("insert into staging.firm_record by name select 1 as source_id, i as record, "
              "'M' || i as company_number, 'Firm ' || i as name, 'A1 1AA' as postcode, "
              "case when i = 0 then 40 when i % 2 = 0 then 1 end as employees from range(20) t(i)");
    world.run("insert into staging.firm_record by name select 1 as source_id, 100 + i as record, "
              "'W' || i as company_number, 'Works ' || i as name, 'A1 1AB' as postcode, "
              "12 as employees from range(20) t(i)");
    world.run("insert into staging.firm_record by name select 1 as source_id, 200 + i as record, "
              "'F' || i as company_number, 'Few ' || i as name, 'A1 1AC' as postcode "
              "from range(5) t(i)");
    LocateOptions options;
    options.mass_registration_firms = 20;
    options.mass_registration_job_cap = 30;
    const LocateReport report = world.locate(options);
    EXPECT_EQ(world.text("select string_agg(postcode, ' ') from mass_registration_address"),
              "A1 1AA");
    EXPECT_EQ(world.text("select reason from mass_registration_address"),
              "20 active firms; the 10 that report jobs have 3.90 each on average, fewer than the "
              "5 of any workplace");
    EXPECT_EQ(world.integer("select employees_known from mass_registration_address"), 49);
    EXPECT_EQ(report.sites_at_mass_registration, 20U);
    EXPECT_EQ(report.sites_in_density, 25U);
}

TEST(MassRegistration, GivesAReasonThatIsTrueAsPrintedWhereTheFiguresAreNearlyEqual) {
    World world;
    // 799 jobs in 160 firms: 4.99375 each.
    world.run("insert into staging.firm_record by name select 1 as source_id, i as record, "
              "'M' || i as company_number, 'Firm ' || i as name, 'A1 1AA' as postcode, "
              "case when i = 0 then 4 else 5 end as employees from range(160) t(i)");
    LocateOptions options;
    options.mass_registration_firms = 160;
    world.locate(options);
    EXPECT_EQ(world.text("select reason from mass_registration_address"),
              "160 active firms; the 160 that report jobs have 4.99 each on average, fewer than "
              "the 5 of any workplace");
}

TEST(MassRegistration, CountsByPostcodeWhateverTheDirectoryOrTheFirmsCoordinatesSay) {
    World world;
    world.postcode(1, "A1 1AA", "-1.0, 53.0");
    // 20 firms each: a known postcode, half of them with coordinates of their own; two that only
    // their sector is known of, together; one of another district; and two by ten firms each.
    for (const char* postcode : {"A1 1AA", "A1 1ZZ", "A1 1ZY", "Z9 9ZZ"}) {
        world.run(fmt::format(
            "insert into staging.firm_record by name select 1 as source_id, i as record, "
            "'{0}' || i as company_number, 'Firm ' || i as name, '{0}' as postcode, "
            "case when '{0}' = 'A1 1AA' and i % 2 = 0 then -1.5 end as lon_deg, "
            "case when '{0}' = 'A1 1AA' and i % 2 = 0 then 53.5 end as lat_deg from range(20) t(i)",
            postcode));
    }
    world.run("insert into staging.firm_record by name select 1 as source_id, i as record, 'T' || "
              "i as company_number, 'Firm ' || i as name, 'A1 1X' || chr(65 + (i % 2)::integer) as "
              "postcode from range(20) t(i)");
    LocateOptions options;
    options.mass_registration_firms = 20;
    world.locate(options);
    EXPECT_EQ(world.text("select string_agg(postcode || ' ' || active_firms, ', ' order by "
                         "postcode) from mass_registration_address"),
              "A1 1AA 20, A1 1ZY 20, A1 1ZZ 20, Z9 9ZZ 20");
}

TEST(MassRegistration, StaysInDensityWhereAsked) {
    World world;
    world.postcode(1, "A1 1AA", "-1.0, 53.0");
    world.firm(1, "1", "One", "'A1 1AA' as postcode");
    LocateOptions options;
    options.mass_registration_firms = 1;
    options.mass_registration_in_density = true;
    const LocateReport report = world.locate(options);
    EXPECT_EQ(report.mass_registration_addresses, 1U);
    EXPECT_EQ(report.sites_in_density, 1U);
}

} // namespace
} // namespace icmap::locate
