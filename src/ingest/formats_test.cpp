#include "ingest/catalog.hpp"
#include "ingest/test_world.hpp"
#include "ingest/validate.hpp"

#include <gmock/gmock.h>
#include <regex>
#include <zstd.h>

// Small made-up files in the layouts of the registers: tests/fixtures/ingest/.

namespace icmap::ingest::test {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

Source fixture(const World& world, const std::string& kind, const std::string& format,
               const std::string& name) {
    Source source = world.source(kind, format, name);
    source.base = fs::path(ICMAP_SOURCE_DIR) / "tests" / "fixtures" / "ingest";
    return source;
}

SourceReport only(World& world, const Source& source) {
    auto reports = world.ingest({source});
    EXPECT_TRUE(reports) << (reports ? "" : reports.error().message());
    return reports ? reports->back() : SourceReport{};
}

TEST(Catalog, EveryPresetAndKindIsReadableAndFitsTheOther) {
    ASSERT_FALSE(preset_names().empty());
    for (const std::string& name : preset_names()) {
        const auto preset = load_preset(name);
        ASSERT_TRUE(preset) << preset.error().message();
        EXPECT_FALSE(preset->title.empty()) << name;
        for (const Mapping& mapping : preset->mappings) {
            const auto kind = load_kind(mapping.kind);
            ASSERT_TRUE(kind) << name;
            for (const auto& [field, expression] : mapping.fields) {
                EXPECT_TRUE(kind->field(field) != nullptr || field == "x_m" || field == "y_m")
                    << name << " " << field;
            }
            EXPECT_TRUE(mapping.also.empty() || preset->mapping(mapping.also) != nullptr) << name;
        }
    }
}

TEST(Catalog, NoPresetLooksATextUpInALongList) {
    // From three texts on DuckDB makes a join of `in`, and rows must be put back into their order.
    const std::regex long_list("\\bin \\([^,()]*,[^,()]*,", std::regex::icase);
    for (const std::string& name : preset_names()) {
        const Preset preset = load_preset(name).value();
        for (const Mapping& mapping : preset.mappings) {
            EXPECT_FALSE(std::regex_search(mapping.where, long_list)) << name;
            for (const auto& [field, expression] : mapping.fields) {
                EXPECT_FALSE(std::regex_search(expression, long_list)) << name << ": " << field;
            }
        }
    }
    EXPECT_TRUE(std::regex_search("case when x in ('1', '2', '3') then", long_list));
}

TEST(Catalog, EveryKindFillsATableOfTheSchemaWithAllItsColumns) {
    World world;
    for (const std::string& name : kind_names()) {
        const auto kind = load_kind(name).value();
        std::string columns;
        for (const FieldRule& rule : kind.fields) {
            columns += columns.empty() ? rule.name : "," + rule.name;
        }
        EXPECT_EQ(world.text("select string_agg(column_name, ',' order by column_index) from "
                             "duckdb_columns() where database_name = 'staging' and table_name = '" +
                             kind.table + "' and column_name not in ('source_id', 'record')"),
                  columns)
            << name;
    }
}

TEST(Formats, InnovateUkHasParticipationsAndTheirProjects) {
    World world;
    const auto report =
        only(world, fixture(world, "participations", "innovate-uk", "innovate_uk.csv"));
    EXPECT_EQ(report.rows_kept, 4U);
    EXPECT_EQ(world.count("select count(*) from staging.project_record"), 2);
    EXPECT_EQ(world.text("select role || ' ' || award_gbp || ' ' || company_number || ' ' || "
                         "postcode from staging.participation_record where record = 1"),
              "lead 125000.0 01234567 S1 2HE");
    EXPECT_EQ(world.count("select count(*) from staging.participation_record where is_withdrawn"),
              1);
    EXPECT_EQ(world.text("select title || ' ' || start_date from staging.project_record where "
                         "reference = '10001'"),
              "Made-up alloys 2021-04-01");
}

TEST(Formats, GatewayToResearchIsReadFromItsCsvAndFromItsApi) {
    World world;
    only(world, fixture(world, "participations", "gtr", "gtr_projects.csv"));
    EXPECT_EQ(world.count("select count(*) from staging.project_record"), 2);
    EXPECT_EQ(world.text("select organisation || ' ' || role || ' ' || award_gbp from "
                         "staging.participation_record where project_reference = 'EP/X000001/1'"),
              "University of Nowhere lead 412345.0");
    World api;
    const auto report = only(api, fixture(api, "participations", "gtr", "gtr_api.json"));
    EXPECT_EQ(report.rows_kept, 3U);
    EXPECT_EQ(api.count("select count(*) from staging.project_record where abstract is not null"),
              2);
    EXPECT_EQ(api.count("select award_gbp::bigint from staging.participation_record where "
                        "organisation = 'Made Up Metals Ltd'"),
              70000);
}

TEST(Formats, OfficialCordisFilesHaveSemicolonsAndDecimalCommas) {
    World world;
    Source source = fixture(world, "projects", "cordis", "cordis_project.csv");
    source.participation_globs = {"cordis_organization.csv"};
    IngestOptions options;
    options.gbp_per["EUR"] = 0.5;
    const auto reports = world.ingest({source}, options);
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_kept, 1U);
    EXPECT_EQ((*reports)[1].rows_kept, 2U);
    EXPECT_EQ(world.count("select count(*) from staging.project_record"), 1);
    EXPECT_EQ(world.text("select award_amount || ' ' || award_gbp || ' ' || organisation_id from "
                         "staging.participation_record where record = 1"),
              "250000.5 125000.25 999999991");
}

TEST(Formats, DirectoriesGazetteersAndDealsHaveTheirPresets) {
    World world;
    const auto reports =
        world.ingest({fixture(world, "postcodes", "code-point-open", "code_point_open.csv"),
                      fixture(world, "places", "geonames", "geonames.txt"),
                      fixture(world, "deals", "crunchbase", "crunchbase.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    for (const SourceReport& report : *reports) {
        EXPECT_EQ(report.rows_kept, 2U) << report.path;
    }
    EXPECT_EQ(world.text("select round(lon_deg, 2) || ' ' || round(lat_deg, 2) from "
                         "staging.postcode_record where lon_deg is not null"),
              "-1.47 53.38");
    EXPECT_EQ(world.text("select kind || ' ' || population from staging.place_record where name = "
                         "'Madeup'"),
              "town 12000");
    EXPECT_EQ(world.text("select investors::varchar || ' ' || amount_gbp from staging.deal_record "
                         "where currency = 'GBP'"),
              "[Fund One, Fund Two] 500000.0");
}

TEST(Formats, AreaLookupsAreReadAsChainsWithoutBlanks) {
    World world;
    const auto report =
        only(world, fixture(world, "area-lookup", "ons-area-lookup", "la_lookup.csv"));
    EXPECT_EQ(report.rows_kept, 2U);
    EXPECT_EQ(world.text("select string_agg(codes::varchar, ' ' order by record) from "
                         "staging.area_lookup_record"),
              "[E08000016, E08000016, E08000016, E47000002, E12000003, E92000001] "
              "[S12000006, S12000006, S12000006, S92000003]");
}

TEST(Formats, ThePublishedClustersAreReadWithTheirOutlines) {
    World world;
    only(world, fixture(world, "published-clusters", "dsit-v2", "dsit_v2.csv"));
    EXPECT_EQ(
        world.text("select cluster || ' ' || site_count || ' ' || coalesce(employment::varchar, "
                   "'c') || ' ' || is_rdi_active || ' ' || (properties::json ->> 'LA1') from "
                   "staging.published_cluster_record where cluster = '2'"),
        "2 48 c true Sheffield");
    EXPECT_EQ(world.count("select count(geometry) from staging.published_cluster_record"), 2);
}

TEST(Formats, TheSameTableIsReadFromEveryContainer) {
    World world;
    const std::string text = "name,lon_deg,lat_deg\nLeeds,-1.55,53.8\nYork,-1.08,53.96\n";
    world.write("t.csv", text);
    std::string tabbed = text;
    std::replace(tabbed.begin(), tabbed.end(), ',', '\t');
    world.write("t.tsv", tabbed);
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    world.write("t.csv.zst", packed);
    world.write("t.json", R"([{"name":"Leeds","lon_deg":-1.55,"lat_deg":53.8},
                             {"name":"York","lon_deg":-1.08,"lat_deg":53.96}])");
    world.write("t.ndjson", "{\"name\":\"Leeds\",\"lon_deg\":-1.55,\"lat_deg\":53.8}\n"
                            "{\"name\":\"Yo\n"
                            "{\"name\":\"York\",\"lon_deg\":-1.08,\"lat_deg\":53.96}\n");
    ASSERT_TRUE(world.connection().run("copy (select * from read_csv('" +
                                       (world.folder() / "t.csv").string() + "')) to '" +
                                       (world.folder() / "t.parquet").string() + "'"));
    std::vector<Source> sources;
    for (const char* name : {"t.csv", "t.tsv", "t.csv.zst", "t.json", "t.ndjson", "t.parquet"}) {
        sources.push_back(world.source("places", "table", name));
    }
    const auto reports = world.ingest(sources);
    ASSERT_TRUE(reports) << reports.error().message();
    for (const SourceReport& report : *reports) {
        EXPECT_EQ(report.rows_kept, 2U) << report.path;
    }
    EXPECT_EQ((*reports)[4].rows_rejected, 1U);
    EXPECT_THAT(world.reject("bad_json"), HasSubstr("2 record"));
    EXPECT_EQ(world.count("select count(distinct (name, lon_deg, lat_deg)) from "
                          "staging.place_record"),
              2);
}

TEST(Formats, AListInJsonMayBeAnArrayATextOrANumber) {
    World world;
    world.write("f.ndjson",
                "{\"name\":\"A\",\"company_number\":\"1\",\"sic_codes\":\"62012\"}\n"
                "{\"name\":\"B\",\"company_number\":\"2\",\"sic_codes\":62012}\n"
                "{\"name\":\"C\",\"company_number\":\"3\",\"sic_codes\":[62012,\"62020\"]}\n"
                "{\"name\":\"D\",\"company_number\":\"4\",\"sic_codes\":\"62012; 62020\"}\n"
                "{\"name\":\"E\",\"company_number\":\"5\",\"sic_codes\":null}\n");
    const auto reports = world.ingest({world.source("firms", "table", "f.ndjson")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ(world.text("select string_agg(name || coalesce(array_to_string(sic_codes, '+'), ''), "
                         "' ' order by name) from staging.firm_record"),
              "A62012 B62012 C62012+62020 D62012+62020 E");
}

TEST(Formats, WorkbooksAreReadAsTextsWithTheirFirstRowAsNames) {
    World world;
    const auto report = only(world, fixture(world, "sites", "table", "sites.xlsx"));
    EXPECT_EQ(report.rows_kept, 2U);
    EXPECT_EQ(world.text("select company_number || ' ' || employees from staging.site_record where "
                         "record = 2"),
              "00000042 17");
}

TEST(Validate, TellsOfEverySourceWhateverIsWrongWithOthers) {
    World world;
    world.write("firms.csv", "CompanyName,CompanyNumber,RegAddress.PostCode\nA,1,S1 2HE\nB,2,X\n");
    world.write("p.csv", "pcds,lat,long\nS1 2HE,53.38,-1.47\n");
    const auto progress = make_progress(ProgressStyle::quiet);
    const std::vector<Source> sources{world.source("firms", "companies-house", "firms.csv"),
                                      world.source("postcodes", "onspd", "p.csv"),
                                      world.source("places", "geonames", "missing.txt")};
    const auto report = validate(sources, {}, {world.folder(), {}, {}}, *progress);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_FALSE(report->is_sound());
    const std::string text = report->text();
    EXPECT_THAT(text, HasSubstr("2 read, 2 kept, 0 rejected"));
    EXPECT_THAT(text, HasSubstr("1 × bad_postcode in postcode\n"));
    EXPECT_THAT(text, HasSubstr("firms.csv:3: \"X\" is no UK postcode"));
    EXPECT_THAT(text, HasSubstr("(field \"postcode\", value \"X\")"));
    EXPECT_THAT(text, HasSubstr("missing   "));
    EXPECT_THAT(text, HasSubstr("CANNOT BE READ"));
    EXPECT_THAT(text, HasSubstr("50.0 %   1 of 2 firms with a postcode"));
}

TEST(Validate, ShowsFiveOfAFaultWithTheirTotalAndListsAllInAFile) {
    World world;
    std::string text = "CompanyName,CompanyNumber\n";
    for (int i = 0; i < 7; ++i) {
        text += "," + std::to_string(i + 1) + "\n";
    }
    world.write("firms.csv", text + "Good,8\n");
    const auto progress = make_progress(ProgressStyle::quiet);
    const std::vector<Source> sources{world.source("firms", "companies-house", "firms.csv")};
    const fs::path list = world.folder() / "rejects.csv";
    const auto report = validate(sources, {}, {world.folder(), {}, list}, *progress);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->rows_rejected(), 7U);
    const std::string told = report->text();
    EXPECT_THAT(told, HasSubstr("firms.csv:6: "));
    EXPECT_THAT(told, Not(HasSubstr("firms.csv:7: ")));
    EXPECT_THAT(told, HasSubstr("and 2 more"));
    std::ifstream stream(list);
    std::string line;
    int lines = 0;
    while (std::getline(stream, line)) {
        ++lines;
    }
    EXPECT_EQ(lines, 8) << "a header and seven rows";
}

TEST(Validate, WarnsOfSourcesWithoutRowsAndOfDatesAfterTheDayOfTheProject) {
    World world;
    world.write("firms.csv", "CompanyName,CompanyNumber,IncorporationDate\n"
                             "A,1,01/11/2024\nB,2,02/11/2024\n");
    world.write("p.csv", "pcds,lat,long\n");
    const auto progress = make_progress(ProgressStyle::quiet);
    const std::vector<Source> sources{world.source("firms", "companies-house", "firms.csv"),
                                      world.source("postcodes", "onspd", "p.csv")};
    const auto report = validate(sources, {}, {world.folder(), "2024-11-01", {}}, *progress);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_TRUE(report->is_sound());
    EXPECT_EQ(report->warnings(), 2U);
    const std::string told = report->text();
    EXPECT_THAT(told, HasSubstr("p.csv (postcodes), has no rows, only a header"));
    EXPECT_THAT(told, HasSubstr("1 value of incorporated lies after as_of (2024-11-01)"));
    EXPECT_THAT(told, HasSubstr("source 1, record 2: 2024-11-02 of 00000002"));
    EXPECT_THAT(told, HasSubstr("2 sources read; 0 rows rejected, 2 warnings"));
}

} // namespace
} // namespace icmap::ingest::test
