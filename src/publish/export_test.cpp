#include "publish/export.hpp"

#include "geo/geometry.hpp"
#include "publish/table.hpp"
#include "publish/test_world.hpp"

namespace icmap::publish {
namespace {

class Export : public ExportWorld {};

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
    for (const auto layer :
         {ExportLayer::clusters, ExportLayer::firms, ExportLayer::members, ExportLayer::assets,
          ExportLayer::areas, ExportLayer::rejects, ExportLayer::sectors, ExportLayer::area_sectors,
          ExportLayer::mass_registration}) {
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

TEST_F(Export, SaysOnceThatItIsExampleDataAndEachLicenceOnce) {
    remake("update run set value = 'Example data: a synthetic United Kingdom' where parameter = "
           "'project_name';"
           "update source set licence = case source_id when 0 then 'Example data, made up' when 1 "
           "then 'Example data, made up; outlines in the public domain' else 'OGL-UK-3.0' end");
    const Provenance told = provenance(*connection_).value();
    EXPECT_TRUE(
        told.source.starts_with("Example data, made up: a synthetic United Kingdom, as of "))
        << told.source;
    EXPECT_EQ(told.licence, "Example data, made up; outlines in the public domain; OGL-UK-3.0");
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
