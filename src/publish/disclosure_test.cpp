#include "publish/disclosure.hpp"

#include "publish/test_world.hpp"

namespace icmap::publish {
namespace {

class Disclosure : public ExportWorld {};

TEST_F(Disclosure, WithholdsOfficiallyWhatWouldRoundToNought) {
    make_official(
        "update cluster_measure set value = case cluster_id when 0 then 4 else 0 end where measure "
        "= 'employment';"
        "update cluster_sum set contributors = 10, largest = 0.5, second = 0.5 where measure = "
        "'employment' and year is null");
    const std::string table = csv({.schema = ExportSchema::dsit_v2});
    EXPECT_EQ(cell(table, "\"Employment\"", 0), "c");
    EXPECT_NE(cell(csv({}), "suppressed", 0).find("employment"), std::string::npos);
}

TEST_F(Disclosure, WithholdsUnderOfficialDisclosureASumOfAFewOrOfOne) {
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

TEST_F(Disclosure, PublishesNoClusterOfFewerThanTenEnterprisesOfficially) {
    make_official("update cluster set enterprise_count = 9 where cluster_id = 5");
    EXPECT_EQ(connection_->integer("select count(*) from " + csv({})).value(), 5);
}

TEST_F(Disclosure, RefusesLayersOfSingleFirmsUnderOfficialDisclosure) {
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

TEST_F(Disclosure, WritesEachSectorWithItsSpreadUnlessTooFewEnterprisesMakeItUp) {
    EXPECT_EQ(cell(csv({.layer = ExportLayer::sectors}), "hoover", 1), "0.25");
    make_official("delete from firm_sector where sector_id = 1 and firm_id not in (select firm_id "
                  "from firm_sector where sector_id = 1 order by firm_id limit 9)");
    const std::string table = csv({.layer = ExportLayer::sectors});
    EXPECT_EQ(cell(table, "hoover", 1), "");
    EXPECT_EQ(cell(table, "suppressed", 1), "true");
    EXPECT_EQ(cell(table, "suppressed", 0), "false");
}

TEST_F(Disclosure, WritesSectorsInAreasWithoutCountsOfAFewAndWithoutQuotientsOfExactCounts) {
    EXPECT_EQ(connection_
                  ->integer("select count(*) from " + csv({.layer = ExportLayer::area_sectors}) +
                            " where location_quotient is null or enterprises is null")
                  .value(),
              0);
    make_official();
    const std::string table = csv({.layer = ExportLayer::area_sectors});
    const auto rows = [&](const std::string& where) {
        return connection_->integer("select count(*) from " + table + " where " + where).value();
    };
    EXPECT_EQ(rows("location_quotient is not null or relatedness_density is not null"), 0);
    EXPECT_EQ(rows("enterprises::integer < 10"), 0);
    EXPECT_GT(rows("suppressed = 'true' and enterprises is null and sites is null"), 0);
    EXPECT_GT(rows("suppressed = 'false' and enterprises is not null"), 0);
}

} // namespace
} // namespace icmap::publish
