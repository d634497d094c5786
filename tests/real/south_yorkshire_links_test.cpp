#include "ingest/ingest.hpp"
#include "link/link.hpp"
#include "locate/locate.hpp"
#include "store/steps.hpp"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

// The South Yorkshire story as far as linking, on real registers: 75,740 companies, the postcodes
// of the United Kingdom, and the participations in EU projects of organisations in the area.
namespace icmap {
namespace {
namespace fs = std::filesystem;

fs::path real_data() {
    if (const char* named = std::getenv("ICMAP_REAL_DATA")) {
        return named;
    }
    return fs::path(ICMAP_SOURCE_DIR) / ".." / "shared" / "data";
}

ingest::Source source(const std::string& kind, const std::string& format, const std::string& path) {
    ingest::Source source;
    source.kind = kind;
    source.format = format;
    source.path_globs = {path};
    source.base = real_data();
    source.project_file = "project.toml";
    source.project_line = 1;
    return source;
}

std::vector<ingest::Source> south_yorkshire() {
    ingest::Source universities = source("assets", "names", "uk/universities.txt");
    universities.columns = {{"kind", "'university'"}};
    ingest::Source research = source("assets", "names", "uk/research_technology_organisations.txt");
    research.columns = {{"kind", "'research_organisation'"}};
    ingest::Source projects = source("projects", "cordis", "south-yorkshire/grant_projects.csv");
    projects.participation_globs = {"south-yorkshire/grant_participations.csv"};
    ingest::Source authorities = source("areas", "ons-areas", "uk/lad_2021_uk_buc.geojson");
    authorities.columns = {{"level", "'lower_tier'"}};
    return {source("firms", "companies-house", "south-yorkshire/BasicCompanyData.csv.gz"),
            source("accounts", "companies-house-accounts", "south-yorkshire/employees.csv.gz"),
            source("postcodes", "nspl", "uk/postcodes.csv.gz"),
            source("places", "os-open-names", "uk/os_populated_places.csv.gz"),
            source("places", "geonames", "uk/geonames_cities1000_GB.csv"),
            authorities,
            universities,
            research,
            projects};
}

/// The story as far as linking, once for all tests of this file.
struct Story {
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    locate::LocateReport located;
    link::LinkReport linked;
    std::string failure;

    Story() {
        const auto told = tell();
        failure = told ? "" : told.error().message();
    }
    static Story& once() {
        static Story story;
        return story;
    }
    std::int64_t count(const std::string& query) { return connection.integer(query).value_or(-1); }
    std::string text(const std::string& query) { return connection.text(query).value_or("?"); }

  private:
    Result<void> tell() {
        ICMAP_TRY(connection.run("attach ':memory:' as atlas; attach ':memory:' as staging; "
                                 "use atlas; set variable as_of = '2024-11-01'"));
        ICMAP_TRY(store::create_atlas_schema(connection));
        ICMAP_TRY(store::run_step(connection, "schema/staging.sql"));
        const auto progress = make_progress(ProgressStyle::plain);
        ingest::IngestOptions options;
        ICMAP_TRY(ingest::ingest(connection, south_yorkshire(), options, *progress));
        ICMAP_ASSIGN(const auto projection, geo::Projection::create("EPSG:27700"));
        ICMAP_ASSIGN(located, locate::locate(connection, {}, projection, *progress));
        ICMAP_ASSIGN(linked, link::link(connection, {}, *progress));
        return {};
    }
};

class RealSouthYorkshire : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!fs::exists(real_data() / "README.md")) {
            GTEST_SKIP() << "no real extracts at " << real_data()
                         << "; set ICMAP_REAL_DATA to their folder";
        }
        ASSERT_EQ(Story::once().failure, "");
    }
    Story& story() { return Story::once(); }
};

TEST_F(RealSouthYorkshire, FirmsAreLocatedByTheirPostcodes) {
    EXPECT_EQ(story().located.firms + story().located.firms_as_institutions, 75740U);
    EXPECT_GT(story().located.sites_in_density, 70000U);
    EXPECT_EQ(story().text("select string_agg(postcode, ', ' order by postcode) from "
                           "mass_registration_address"),
              "DN1 2QA, DN1 3LW, DN4 5NU, DN6 8DA, DN8 5EB, S11 9PA, S11 9PS, S35 2PS, S4 7JY, "
              "S60 5DJ");
    EXPECT_EQ(story().count("select count(*) from site_area"), 75739);
}

TEST_F(RealSouthYorkshire, TheAreasParticipantsAreLinkedAsAPersonLinkedThem) {
    // Looked up by hand: every organisation of the area (in_bbox = 1) that is on the register.
    const std::vector<std::pair<const char*, const char*>> links{
        {"Itm Power (Trading) Limited", "ITM POWER (TRADING) LIMITED"},
        {"Footprint Tools Limited", "FOOTPRINT TOOLS LIMITED"},
        {"Assentian Limited", "ASSENTIAN LIMITED"},
        {"Haydn Consulting Limited", "HAYDN CONSULTING LIMITED"},
        {"The Floow Limited", "THE FLOOW LIMITED"},
        {"Perlemax Limited", "PERLEMAX LIMITED"},
        {"Advanced Manufacturing (Sheffield)limited", "ADVANCED MANUFACTURING (SHEFFIELD) LIMITED"},
        {"Magnetic Systems Technology Limited", "MAGNETIC SYSTEMS TECHNOLOGY LIMITED"},
        {"Full Scale Dynamics Limited", "FULL SCALE DYNAMICS LIMITED"},
        {"Thhink Wireless Technologies Limited", "THHINK WIRELESS TECHNOLOGIES LIMITED"},
        {"EMSc (UK) Ltd", "EMSC (UK) LIMITED"},
        {"Blastech", "BLASTECH LIMITED"},
        {"British Glass Manufacturers Confederation Limited",
         "THE BRITISH GLASS MANUFACTURERS CONFEDERATION"},
        {"Beta Technology Ltd", "BETA TECHNOLOGY LIMITED"},
        {"C.T.M. Equipment Limited", "C.T.M. EQUIPMENT LIMITED"},
        {"Hi Weldrick Limited", "H.I.WELDRICK LIMITED"},
        {"Ossila Limited", "OSSILA LTD"},
        {"Ansys Uk Limited", "ANSYS UK LIMITED"},
        {"Ceramisys Limited", "CERAMISYS LIMITED"},
        {"Kirkstall Limited", "KIRKSTALL LIMITED"},
        {"Wilson Benesch Ltd", "WILSON BENESCH LIMITED"},
        {"Magnomatics Limited", "MAGNOMATICS LIMITED"}};
    for (const auto& [organisation, firm] : links) {
        EXPECT_EQ(story().text(fmt::format("select coalesce(min(f.name), '-') from participation p "
                                           "left join firm f using (firm_id) "
                                           "where p.organisation = {}",
                                           store::sql_literal(organisation))),
                  firm);
    }
}

TEST_F(RealSouthYorkshire, OfTheAreasParticipantsHalfAreFirmsOfTheRegister) {
    const std::string in_area = fmt::format(
        "(select distinct name, postcode from read_csv({}, all_varchar = true) where in_bbox = "
        "'1')",
        store::sql_literal((real_data() / "south-yorkshire/grant_participations.csv").string()));
    const std::string query = fmt::format(
        "select p.link_method, p.organisation, p.postcode, coalesce(f.name, a.name, '-'), "
        "coalesce(s.postcode, a.postcode, '-'), coalesce(min(p.link_score), 0.0) from {} i join "
        "participation p "
        "on "
        "p.organisation = i.name and p.postcode = i.postcode left join firm f using (firm_id) left "
        "join asset a using (asset_id) left join site s on s.site_id = f.firm_id "
        "group by all order by all",
        in_area);
    std::map<std::string, int> names;
    const auto done = story().connection.read(query, [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            ++names[std::string(chunk.text(0, i))];
            fmt::print("{:18} {:.3f} {} [{}] -> {} [{}]\n", chunk.text(0, i),
                       chunk.column<double>(5)[i], chunk.text(1, i), chunk.text(2, i),
                       chunk.text(3, i), chunk.text(4, i));
        }
    });
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(names["name_and_postcode"] + names["name"] + names["fuzzy"], 39);
    EXPECT_EQ(names["institution"], 5);
}

TEST_F(RealSouthYorkshire, UniversitiesAreInstitutionsInAllTheirSpellings) {
    EXPECT_EQ(story().count("select count(*) from participation where link_method = 'institution' "
                            "and organisation = 'The University of Sheffield'"),
              474);
    EXPECT_EQ(story().text("select string_agg(distinct a.name, '; ' order by a.name) from "
                           "participation p join asset a using (asset_id) where p.organisation in "
                           "('The Chancellor Masters and Scholars of the University of Cambridge', "
                           "'Imperial College of Science Technology and Medicine', 'University of "
                           "Newcastle Upon Tyne')"),
              "Imperial College of Science, Technology and Medicine; Newcastle University; "
              "The University of Cambridge");
    EXPECT_EQ(story().text("select postcode from asset where name = 'The University of Sheffield'"),
              "S10 2TN");
}

} // namespace
} // namespace icmap
