#include "publish/published_schema.hpp"

#include "publish/test_world.hpp"

#include "geo/geometry.hpp"

#include <array>
#include <fmt/format.h>

namespace icmap::publish {
namespace {

class PublishedSchema : public ExportWorld {};

TEST_F(PublishedSchema, LeavesACellEmptyInThePublishedSchemaWhereAFigureIsNotAvailable) {
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(
        connection_->integer("select count(*) from " + table + " t where t::varchar like '%: c,%'")
            .value(),
        0);
    EXPECT_EQ(cell(table, "\"UKRI_Funding\"", 0), "");
    EXPECT_EQ(cell(table, "\"Percentage_IUK_or_UKRI_Engagement\"", 0), "") << "the same in a share";
    EXPECT_NE(cell(table, "\"Employment\"", 0), "");
    EXPECT_NE(cell(table, "\"Percentage_Innovation_Active\"", 0), "");
}

TEST_F(PublishedSchema, PrintsCInThePublishedSchemaForWhatIsWithheldOnly) {
    make_official("update cluster_sum set largest = 1e9 where cluster_id = 0 and measure = "
                  "'employment' and year is null");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(cell(table, "\"Employment\"", 0), "c") << "one enterprise has most of it";
    EXPECT_EQ(cell(table, "\"UKRI_Funding\"", 0), "") << "not available is not withheld";
    EXPECT_GT(
        connection_->integer("select count(*) from " + table + " t where t::varchar like '%: c,%'")
            .value(),
        0);
}

TEST_F(PublishedSchema, PrintsCInNoColumnInWhichThePublishedFileHasNone) {
    make_official(
        "delete from cluster_measure where measure like '%_share' or measure like '%_funding_gbp';"
        "insert into cluster_measure (cluster_id, measure, value) select cluster_id, "
        "unnest(['rdi_active_share', 'ukri_engagement_share', 'patent_share']), 2 / 14 from "
        "cluster;"
        "insert into cluster_measure (cluster_id, measure, value) select cluster_id, "
        "unnest(['innovate_uk_funding_gbp', 'ukri_funding_gbp']), 5000 from cluster");
    // Withheld they are: two of fourteen enterprises, and sums that nothing is known of.
    const std::string suppressed = cell(csv({}), "suppressed", 2);
    for (const char* figure : {"rdi_active_share", "ukri_engagement_share", "patent_share",
                               "innovate_uk_funding_gbp", "ukri_funding_gbp"}) {
        EXPECT_NE(suppressed.find(figure), std::string::npos) << suppressed;
    }
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    for (const char* column : {"Percentage_Innovation_Active", "Percentage_IUK_or_UKRI_Engagement",
                               "Percentage_with_Patent", "IUK_Funding", "UKRI_Funding"}) {
        EXPECT_EQ(cell(table, store::identifier(column), 2), "") << column;
    }
}

TEST_F(PublishedSchema, HasTheSectorTypesAndNamesOfThePublishedFileOnly) {
    remake("update sector set name = 'Creative Industries', industrial_strategy_parent = 'Creative "
           "Industries' where sector_id = 0;"
           "update sector set type = 'technology', name = 'Supply chain logistics', "
           "industrial_strategy_parent = 'Clean Energy "
           "Industries' where sector_id = 1;"
           "update sector set type = 'user' where sector_id in (2, 3);"
           "update sector set name = 'Space' where sector_id = 2;"
           "update firm_sector set reason = 'SIC 72110' where sector_id = 2;"
           "update firm_sector set reason = 'list' where sector_id = 3;");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(text("select count(*) from " + table +
                   " where \"Sector_Type\" not in ('Dsit_Emerging', 'Industrial_Strategy', "
                   "'Innovate UK', 'RTIC', 'SIC')"),
              "0");
    const auto of = [&](int sector, const std::string& column) {
        return text("select any_value(p." + column +
                    ") from (select *, row_number() over () - 1 "
                    "as cluster_id from " +
                    table +
                    ") p join cluster c using (cluster_id) where "
                    "c.sector_id = " +
                    std::to_string(sector));
    };
    EXPECT_EQ(of(0, "\"Sector\""), "Creative");
    EXPECT_EQ(of(0, "\"Industrial_Strategy_Parent_Sector\""), "Creative");
    EXPECT_EQ(of(1, "\"Industrial_Strategy_Parent_Sector\""), "Clean Energy");
    EXPECT_EQ(of(1, "\"Sector\""), "Supply Chain Logistics");
    EXPECT_EQ(of(2, "\"Sector\""), "Space") << "one's own is named as one named it";
    EXPECT_EQ(of(1, "\"Sector_Type\""), "RTIC");
    EXPECT_EQ(of(2, "\"Sector_Type\""), "SIC") << "all by codes";
    EXPECT_EQ(of(3, "\"Sector_Type\""), "RTIC") << "by a list";
}

TEST_F(PublishedSchema, TellsOfCollaborationByInnovateUkProjectsAlone) {
    const auto flag = [this](const std::string& table, int cluster) {
        return cell(table, "\"Collaboration_in_IUK_Data\"", cluster);
    };
    // Members share projects; whose they are is not known.
    const std::string insert =
        "delete from cluster_measure where measure in ('is_collaborating', 'joint_projects');"
        "insert into cluster_measure (cluster_id, measure, value, missing_reason) select "
        "cluster_id, "
        "unnest(['is_collaborating', 'joint_projects']), 1, null from cluster;";
    remake(insert);
    EXPECT_EQ(flag(csv({.schema = ExportSchema::dsit_v2}), 0), "UNAVAILABLE");
    const std::string innovate_uk =
        insert + "insert into cluster_measure (cluster_id, measure, value, missing_reason) select "
                 "cluster_id, 'innovate_uk_joint_projects', case cluster_id when 0 then 2 when 1 "
                 "then 0 end, case when cluster_id > 1 then 'no project' end from cluster";
    for (const bool is_official : {false, true}) {
        is_official ? make_official(innovate_uk) : remake(innovate_uk);
        const std::string table = csv({.schema = ExportSchema::dsit_v2});
        EXPECT_EQ(flag(table, 0), "TRUE") << is_official;
        EXPECT_EQ(flag(table, 1), "FALSE");
        EXPECT_EQ(flag(table, 2), "UNAVAILABLE");
    }
}

TEST_F(PublishedSchema, HoldsOnePolygonForAnOutlineThatWaterParts) {
    // Two squares of a thousandth of a degree, one as far east of the other.
    const auto square = [](double west) {
        return geo::Geometry::box({west, 53.3, west + 0.001, 53.301});
    };
    const std::array<geo::Geometry, 2> squares{square(-2.7), square(-2.698)};
    std::string hex;
    for (const char byte : geo::Geometry::collect(squares).wkb()) {
        hex += fmt::format("{:02X}", static_cast<unsigned char>(byte));
    }
    remake("update cluster set geometry = unhex('" + hex + "') where cluster_id = 0");
    const auto outline =
        geo::Geometry::from_wkt(cell(csv({.schema = ExportSchema::dsit_v2}), "\"Geometry\"", 0));
    ASSERT_TRUE(outline);
    EXPECT_EQ(outline->part_count(), 1U);
    EXPECT_TRUE(outline->is_valid());
    EXPECT_EQ(text("select count(*) from " + csv({.schema = ExportSchema::dsit_v2}) +
                   " where not starts_with(\"Geometry\", 'POLYGON')"),
              "0");
    // The strip is 50 m wide and some 66 m long; a square is some 66 m by 111 m.
    const double square_area = squares[0].area_m2();
    EXPECT_GT(outline->area_m2(), 2.2 * square_area);
    EXPECT_LT(outline->area_m2(), 2.6 * square_area);
    EXPECT_TRUE(outline->covers(squares[0].centroid()));
    EXPECT_TRUE(outline->covers(squares[1].centroid()));
}

TEST_F(PublishedSchema, MakesAColumnOfThePublishedSchemaNumbersUnlessAFigureOfItIsWithheld) {
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

TEST_F(PublishedSchema, DoesNotMakeNoughtOfAFewJobs) {
    remake(
        "update cluster_measure set value = case cluster_id when 0 then 4 when 1 then 0.25 when 2 "
        "then 0 when 3 then 5 else 1004 end where measure = 'employment'");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    const std::array<const char*, 5> printed{"4", "1", "0", "10", "1000"};
    for (int cluster = 0; cluster < 5; ++cluster) {
        EXPECT_EQ(cell(table, "\"Employment\"", cluster),
                  printed.at(static_cast<std::size_t>(cluster)));
    }
}

} // namespace
} // namespace icmap::publish
