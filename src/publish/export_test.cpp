#include "publish/export.hpp"

#include "geo/geometry.hpp"
#include "publish/table.hpp"
#include "store/atlas_file.hpp"
#include "worlds/small_disk.hpp"
#include "worlds/tiny_atlas.hpp"

#include <array>
#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap::publish {
namespace {
namespace fs = std::filesystem;

class Export : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() /
                  ("icmap_export_" + std::to_string(::getpid()) + "_" +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_);
        ASSERT_TRUE(worlds::make_tiny_atlas(folder_ / "tiny.atlas"));
        database_.emplace(store::open_atlas(folder_ / "tiny.atlas").value());
        connection_.emplace(database_->connect().value());
    }
    void TearDown() override { fs::remove_all(folder_); }

    /// The same atlas under official disclosure, with what a test needs changed.
    void make_official(const std::string& statements = "") {
        connection_.reset();
        database_.reset();
        ASSERT_TRUE(worlds::make_tiny_atlas(
            folder_ / "official.atlas",
            ("update run set value = 'official' where parameter = 'disclosure';" + statements)
                .c_str()));
        database_.emplace(store::open_atlas(folder_ / "official.atlas").value());
        connection_.emplace(database_->connect().value());
    }
    /// Exports as CSV and reads it back as a table of texts.
    std::string csv(ExportRequest request) {
        request.format = ExportFormat::csv;
        const fs::path file = folder_ / "read_back.csv";
        const auto report = export_layer(*connection_, request, file);
        EXPECT_TRUE(report) << report.error().message();
        return "read_csv(" + store::sql_literal(file.string()) + ", all_varchar = true)";
    }
    std::string cell(const std::string& table, const std::string& column, int cluster) {
        return connection_
            ->text("select coalesce(" + column + ", '') from " + table + " limit 1 offset " +
                   std::to_string(cluster))
            .value();
    }

    fs::path folder_;
    std::optional<store::Database> database_;
    std::optional<store::Connection> connection_;
};

TEST_F(Export, GeoParquetIsReadBackByDuckDbWithItsMetadata) {
    const fs::path file = folder_ / "clusters.parquet";
    const auto report = export_layer(*connection_, {.format = ExportFormat::parquet}, file).value();
    auto other = store::Database::open(":memory:", {}).value();
    auto reader = other.connect().value();
    const std::string name = store::sql_literal(file.string());
    EXPECT_EQ(static_cast<std::uint64_t>(
                  reader.integer("select count(*) from read_parquet(" + name + ")").value()),
              report.rows);
    const auto geo = reader
                         .text("select decode(value) from parquet_kv_metadata(" + name +
                               ") where decode(key) = 'geo'")
                         .value();
    EXPECT_NE(geo.find(R"("primary_column":"geometry")"), std::string::npos);
    EXPECT_NE(geo.find(R"("encoding":"WKB")"), std::string::npos);
    ASSERT_TRUE(reader.read(
        "select geometry from read_parquet(" + name + ")", [](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                const auto outline = geo::Geometry::from_wkb(chunk.text(0, row));
                ASSERT_TRUE(outline);
                EXPECT_EQ(outline->kind(), geo::GeometryKind::polygons);
            }
        }));
}

TEST_F(Export, HoldsOnlyTheClustersAskedFor) {
    const auto report =
        export_layer(*connection_,
                     {.format = ExportFormat::csv, .cluster_ids = std::vector<std::uint32_t>{0, 2}},
                     folder_ / "two.csv");
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->rows, 2U);
}

TEST_F(Export, KeepsTheOrderAndTheFiguresAskedFor) {
    const std::string jobs = cell(csv({}), "employment", 0);
    const std::string table = csv(
        {.cluster_ids = std::vector<std::uint32_t>{4, 0, 2},
         .measures = std::vector<std::string>{"patent_share", "employment", "patent_share", "x"}});
    for (const auto& [row, id] : {std::pair(0, "4"), std::pair(1, "0"), std::pair(2, "2")}) {
        EXPECT_EQ(cell(table, "cluster_id", row), id);
    }
    const auto columns = connection_->describe("select * from " + table).value();
    std::string names;
    for (const store::ColumnInfo& column : columns) {
        names += column.name + ' ';
    }
    EXPECT_NE(
        names.find("extent_km patent_share employment employment_coverage suppressed top_investors "
                   "stage_mix nearest_institutions data_source data_licence "),
        std::string::npos)
        << names;
    EXPECT_EQ(cell(table, "employment", 1), jobs);
}

TEST_F(Export, SaysInEveryRowOfACsvWhoseDataItIs) {
    for (const auto layer : {ExportLayer::clusters, ExportLayer::firms, ExportLayer::members,
                             ExportLayer::assets, ExportLayer::areas, ExportLayer::rejects,
                             ExportLayer::sectors, ExportLayer::mass_registration}) {
        const std::string table = csv({.layer = layer});
        EXPECT_EQ(connection_
                      ->integer("select count(*) from " + table +
                                " where data_source not like 'Example data, made up: %' or "
                                "data_source is null or data_licence not like '%OGL-UK-3.0%' or "
                                "data_licence is null")
                      .value(),
                  0)
            << layer_name(layer);
    }
    EXPECT_FALSE(
        connection_->describe("select data_source from " + csv({.schema = ExportSchema::dsit_v2})))
        << "its 25 columns are fixed";
}

TEST_F(Export, ReadsNoMorePointsThanAreChosenAndNoneForFilesWithoutGeometry) {
    const auto points = [this](const ExportRequest& request) {
        const auto report = export_layer(*connection_, request, folder_ / "some.file");
        EXPECT_TRUE(report) << report.error().message();
        return connection_->integer("select count(*) from export_point").value();
    };
    ExportRequest one{.layer = ExportLayer::firms, .site_ids = std::vector<std::uint32_t>{3}};
    ExportRequest cluster{.layer = ExportLayer::members,
                          .cluster_ids = std::vector<std::uint32_t>{5}};
    EXPECT_EQ(points(one), 1);
    EXPECT_EQ(points(cluster), 10);
    for (const auto format : {ExportFormat::csv, ExportFormat::xlsx, ExportFormat::ods}) {
        one.format = cluster.format = format;
        EXPECT_EQ(points(one), 0);
        EXPECT_EQ(points(cluster), 0);
    }
    static_cast<void>(csv({.cluster_ids = std::vector<std::uint32_t>{1, 2}}));
    EXPECT_EQ(connection_->integer("select count(*) from export_figures").value(), 2);
}

TEST_F(Export, StopsOnceItsTimeIsUpAndLeavesNothing) {
    for (const auto format : {ExportFormat::csv, ExportFormat::gpkg, ExportFormat::xlsx}) {
        const auto report = export_layer(
            *connection_, {.format = format, .deadline = Deadline(std::chrono::milliseconds(0))},
            folder_ / "late.file");
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().kind, ErrorKind::stopped);
        EXPECT_FALSE(fs::exists(folder_ / "late.file"));
    }
    for (const auto& entry : fs::directory_iterator(folder_)) {
        EXPECT_EQ(entry.path().filename().string().find(".icmap-export"), std::string::npos);
    }
}

TEST_F(Export, SaysInEveryFormatThatTheDiskIsFullAndLeavesNoHalfFile) {
    for (const auto format :
         {ExportFormat::csv, ExportFormat::geojson, ExportFormat::gpkg, ExportFormat::fgb,
          ExportFormat::parquet, ExportFormat::xlsx, ExportFormat::ods}) {
        for (const rlim_t bytes : {100U, 3000U}) {
            const auto report = [&] {
                const worlds::SmallDisk disk(bytes);
                return export_layer(*connection_, {.layer = ExportLayer::firms, .format = format},
                                    folder_ / "firms.file");
            }();
            EXPECT_FALSE(report) << static_cast<int>(format) << ' ' << bytes;
            EXPECT_FALSE(fs::exists(folder_ / "firms.file")) << static_cast<int>(format);
        }
        EXPECT_TRUE(export_layer(*connection_, {.layer = ExportLayer::firms, .format = format},
                                 folder_ / "firms.file"))
            << static_cast<int>(format);
        fs::remove(folder_ / "firms.file");
    }
}

TEST_F(Export, CountsASiteOfSeveralClustersOnceAnArea) {
    const fs::path file = folder_ / "areas.csv";
    ASSERT_TRUE(export_layer(*connection_,
                             {.layer = ExportLayer::areas, .format = ExportFormat::csv}, file));
    const std::string table = "read_csv(" + store::sql_literal(file.string()) + ")";
    // Some site must be in several clusters, or nothing is tried.
    ASSERT_GT(connection_
                  ->integer("select count(*) - count(distinct site_id) from cluster_member join "
                            "site_area using (site_id) where level = 'lower_tier'")
                  .value(),
              0);
    EXPECT_GT(connection_->integer("select sum(clustered_sites) from " + table).value(), 0);
    EXPECT_EQ(
        connection_->integer("select count(*) from " + table + " where clustered_sites > sites")
            .value(),
        0);
    EXPECT_EQ(connection_->integer("select sum(clustered_sites) from " + table).value(),
              connection_
                  ->integer("select count(*) from (select distinct area_id, site_id from "
                            "cluster_member join site_area using (site_id))")
                  .value());
}

TEST_F(Export, LeavesACellEmptyInThePublishedSchemaWhereAFigureIsNotAvailable) {
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(
        connection_->integer("select count(*) from " + table + " t where t::varchar like '%: c,%'")
            .value(),
        0);
    EXPECT_EQ(cell(table, "\"UKRI_Funding\"", 0), "");
    EXPECT_EQ(cell(table, "\"Percentage_IUK_or_UKRI_Engagement\"", 0), "") << "the same in a share";
    EXPECT_NE(cell(table, "\"Employment\"", 0), "");
    EXPECT_NE(cell(table, "\"Percentage_Innovation_Active\"", 0), "");
    EXPECT_EQ(cell(table, "\"Collaboration_in_IUK_Data\"", 0), "UNAVAILABLE");
}

TEST_F(Export, PrintsCInThePublishedSchemaForWhatIsWithheldOnly) {
    make_official("update cluster_sum set largest = 1e9 where cluster_id = 0 and measure = "
                  "'employment' and year is null");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(cell(table, "\"Employment\"", 0), "c") << "one enterprise has most of it";
    EXPECT_EQ(cell(table, "\"UKRI_Funding\"", 0), "") << "not available is not withheld";
    EXPECT_GT(
        connection_->integer("select count(*) from " + table + " t where t::varchar like '%: c,%'")
            .value(),
        0);
    // Five of the fourteen enterprises of cluster 2 have a patent.
    EXPECT_EQ(cell(table, "\"Percentage_with_Patent\"", 2), "c");
}

TEST_F(Export, MakesAColumnOfThePublishedSchemaNumbersUnlessAFigureOfItIsWithheld) {
    const auto type = [&](const std::string& column) {
        const fs::path file = folder_ / "published.parquet";
        EXPECT_TRUE(export_layer(*connection_,
                                 {.format = ExportFormat::parquet, .schema = ExportSchema::dsit_v2},
                                 file));
        return connection_
            ->text("select typeof(\"" + column + "\") from read_parquet(" +
                   store::sql_literal(file.string()) + ") limit 1")
            .value();
    };
    for (const char* column : {"Employment", "IUK_Funding", "UKRI_Funding",
                               "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2019-20"}) {
        EXPECT_EQ(type(column), "BIGINT") << column;
    }
    EXPECT_EQ(type("Percentage_of_business_locations_in_sector"), "DOUBLE");
    make_official("update cluster_sum set largest = 1e9 where cluster_id = 0 and measure = "
                  "'employment' and year is null");
    EXPECT_EQ(type("Employment"), "VARCHAR");
    EXPECT_EQ(type("IUK_Funding"), "BIGINT") << "not available is not withheld";
}

TEST_F(Export, DoesNotMakeNoughtOfAFewJobs) {
    connection_.reset();
    database_.reset();
    ASSERT_TRUE(worlds::make_tiny_atlas(
        folder_ / "few.atlas",
        "update cluster_measure set value = case cluster_id when 0 then 4 when 1 then 0.25 when 2 "
        "then 0 when 3 then 5 else 1004 end where measure = 'employment'"));
    database_.emplace(store::open_atlas(folder_ / "few.atlas").value());
    connection_.emplace(database_->connect().value());
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    const std::array<const char*, 5> printed{"4", "1", "0", "10", "1000"};
    for (int cluster = 0; cluster < 5; ++cluster) {
        EXPECT_EQ(cell(table, "\"Employment\"", cluster),
                  printed.at(static_cast<std::size_t>(cluster)));
    }
}

TEST_F(Export, WithholdsOfficiallyWhatWouldRoundToNought) {
    make_official(
        "update cluster_measure set value = case cluster_id when 0 then 4 else 0 end where measure "
        "= 'employment';"
        "update cluster_sum set contributors = 10, largest = 0.5, second = 0.5 where measure = "
        "'employment' and year is null");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(cell(table, "\"Employment\"", 0), "c");
    EXPECT_NE(cell(csv({}), "suppressed", 0).find("employment"), std::string::npos);
}

TEST_F(Export, WithholdsUnderOfficialDisclosureASumOfAFewOrOfOne) {
    make_official(
        "update cluster_measure set value = 1004, coverage = 0.2345 where measure = 'employment';"
        "update cluster_sum set contributors = 10, largest = 300, second = 200 where measure = "
        "'employment' and year is null;"
        "update cluster_sum set contributors = 9 where cluster_id = 1 and measure = 'employment' "
        "and year is null;"
        "update cluster_sum set largest = 503 where cluster_id = 2 and measure = 'employment' and "
        "year is null;"
        "update cluster_sum set largest = 490, second = 480 where cluster_id = 3 and measure = "
        "'employment' and year is null;"
        "delete from cluster_sum where cluster_id = 4");
    const std::string table = csv({});
    const auto is_named = [&](int cluster) {
        return (';' + cell(table, "suppressed", cluster)).find("employment") != std::string::npos;
    };
    EXPECT_EQ(cell(table, "employment", 0), "1000") << "to the nearest ten";
    EXPECT_EQ(cell(table, "employment_coverage", 0), "0.23");
    EXPECT_FALSE(is_named(0));
    for (const int cluster : {1, 2, 3, 4}) {
        EXPECT_EQ(cell(table, "employment", cluster), "") << cluster;
        EXPECT_TRUE(is_named(cluster)) << cluster;
        EXPECT_EQ(cell(table, "employment_coverage", cluster), "") << cluster;
    }
}

TEST_F(Export, PublishesNoClusterOfFewerThanTenEnterprisesOfficially) {
    make_official("update cluster set enterprise_count = 9 where cluster_id = 5");
    EXPECT_EQ(connection_->integer("select count(*) from " + csv({})).value(), 5);
}

TEST_F(Export, RefusesLayersOfSingleFirmsUnderOfficialDisclosure) {
    make_official();
    for (const auto layer : {ExportLayer::firms, ExportLayer::members, ExportLayer::rejects,
                             ExportLayer::mass_registration}) {
        const auto refused = export_layer(
            *connection_, {.layer = layer, .format = ExportFormat::csv}, folder_ / "firms.csv");
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().message().find("official disclosure"), std::string::npos);
        EXPECT_FALSE(fs::exists(folder_ / "firms.csv"));
    }
    const std::string areas = csv({.layer = ExportLayer::areas});
    EXPECT_EQ(connection_
                  ->integer("select count(*) from " + areas +
                            " where sites::integer < 10 or clustered_sites::integer < 10")
                  .value(),
              0);
    EXPECT_GT(connection_->integer("select count(*) from " + areas + " where suppressed = 'true'")
                  .value(),
              0);
}

TEST_F(Export, ReplacesAnOlderFileAndLeavesNothingElseBehind) {
    const fs::path file = folder_ / "clusters.gpkg";
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(export_layer(*connection_, {}, file));
    }
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        files += entry.path().filename().string().find("clusters") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(files, 1);
}

TEST_F(Export, WritesTheRejectsOfTheBuildOneRowEach) {
    const auto held = connection_->integer("select count(*) from reject").value();
    ASSERT_GT(held, 0);
    const fs::path file = folder_ / "rejects.csv";
    const auto report = export_layer(
        *connection_, {.layer = ExportLayer::rejects, .format = ExportFormat::csv}, file);
    ASSERT_TRUE(report) << report.error().message();
    const std::string table =
        "read_csv(" + store::sql_literal(file.string()) + ", all_varchar = true)";
    EXPECT_EQ(connection_->integer("select count(*) from " + table).value(), held);
    EXPECT_EQ(connection_
                  ->integer("select count(*) from " + table +
                            " where file is null or code is null or message is null")
                  .value(),
              0);
    const fs::path sheet = folder_ / "rejects.xlsx";
    EXPECT_TRUE(export_layer(*connection_,
                             {.layer = ExportLayer::rejects, .format = ExportFormat::xlsx}, sheet));
    const auto refused =
        export_layer(*connection_, {.layer = ExportLayer::rejects, .format = ExportFormat::fgb},
                     folder_ / "rejects.fgb");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
}

TEST_F(Export, TellsWhatTheRowsOfASourceWereMergedInto) {
    const std::string table = csv({.layer = ExportLayer::sources});
    EXPECT_EQ(connection_->integer("select count(*) from " + table).value(),
              connection_->integer("select count(*) from source").value());
    EXPECT_EQ(connection_
                  ->text("select string_agg(kind || ': ' || rows_kept || ' -> ' || records) from " +
                         table + " where records <> rows_kept")
                  .value(),
              "places: 9 -> 8");
    const std::string about = about_text(*connection_).value();
    EXPECT_NE(about.find("9 rows merged into 8\n"), std::string::npos) << about;
}

TEST_F(Export, WritesEachSectorWithItsSpreadUnlessTooFewEnterprisesMakeItUp) {
    EXPECT_EQ(cell(csv({.layer = ExportLayer::sectors}), "hoover", 1), "0.25");
    make_official("delete from firm_sector where sector_id = 1 and firm_id not in (select firm_id "
                  "from firm_sector where sector_id = 1 order by firm_id limit 9)");
    const std::string table = csv({.layer = ExportLayer::sectors});
    EXPECT_EQ(cell(table, "hoover", 1), "");
    EXPECT_EQ(cell(table, "suppressed", 1), "true");
    EXPECT_EQ(cell(table, "suppressed", 0), "false");
}

TEST_F(Export, AFolderThatIsNoneIsAnErrorThatNamesTheFile) {
    const auto report =
        export_layer(*connection_, {.format = ExportFormat::csv}, "/dev/null/clusters.csv");
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().file, "/dev/null/clusters.csv");
    EXPECT_EQ(report.error().kind, ErrorKind::input);
}

TEST_F(Export, StopsAtAGeometryThatCannotBeRead) {
    const Table table{"shapes", "select 1 as id, 'no geometry'::blob as geometry", true};
    for (const ExportFormat format : {ExportFormat::gpkg, ExportFormat::geojson}) {
        const auto rows = write_with_gdal(*connection_, table, {.format = format}, "",
                                          folder_ / "shapes.geojson");
        ASSERT_FALSE(rows);
        EXPECT_NE(rows.error().message().find("The geometry of row 1 of shapes cannot be read"),
                  std::string::npos)
            << rows.error().message();
    }
}

TEST_F(Export, RefusesMoreRowsThanASheetHolds) {
    const Table most{"rows", "select range as n from range(1048576)", false};
    for (const ExportFormat format : {ExportFormat::xlsx, ExportFormat::ods}) {
        const auto rows =
            write_with_gdal(*connection_, most, {.format = format}, "", folder_ / "rows.xlsx");
        ASSERT_FALSE(rows);
        EXPECT_NE(rows.error().message().find("1,048,576 rows and a header do not fit a sheet"),
                  std::string::npos)
            << rows.error().message();
        EXPECT_NE(rows.error().remedy.find("csv"), std::string::npos);
    }
}

TEST(ExportNames, AreThoseOfTheCommandLine) {
    EXPECT_EQ(parse_layer("institutions"), ExportLayer::assets);
    EXPECT_EQ(parse_layer("assets"), ExportLayer::assets) << "as the table is called";
    EXPECT_EQ(layer_name(ExportLayer::assets), "institutions");
    EXPECT_EQ(format_of("a/b.parquet"), ExportFormat::parquet);
    EXPECT_EQ(format_of("a/b.json"), ExportFormat::geojson);
    EXPECT_EQ(parse_schema("dsit-v2"), ExportSchema::dsit_v2);
    EXPECT_EQ(format_of("a/b").error().kind, ErrorKind::usage);
}

} // namespace
} // namespace icmap::publish
