#include "serve/test_atlas.hpp"

#include <map>

namespace icmap::serve {
namespace {
using nlohmann::json;

TEST(AtlasRoute, OpensWithTheProjectsOwnSectors) {
    TestAtlas own("own-sectors", "update sector set type = 'user' where slug = 'quantum'");
    const json atlas = own.json("/api/atlas");
    EXPECT_EQ(atlas["default_sector"], "quantum");
    EXPECT_EQ(atlas["sector_types"][0], "user");
}

TEST(MeasuresRoute, SaysWhatACoverageIsAShareOf) {
    const json answer = tiny().json("/api/measures");
    std::map<std::string, std::string> coverage_of;
    for (const json& measure : answer["measures"]) {
        coverage_of[measure["measure"]] = measure["coverage_of"];
    }
    EXPECT_EQ(coverage_of["employment"], "enterprises");
    EXPECT_EQ(coverage_of["public_funding_gbp"], "awards");
    EXPECT_EQ(coverage_of["private_investment_gbp"], "deals");
}

/// Whatever a page tells of a cluster has its definition.
TEST(MeasuresRoute, DefinesWhatIsToldBesideMeasures) {
    const json answer = tiny().json("/api/measures");
    std::map<std::string, json> told;
    for (const json& term : answer["terms"]) {
        EXPECT_FALSE(term["definition"].get<std::string>().empty()) << term;
        EXPECT_FALSE(term["method"].get<std::string>().empty()) << term;
        EXPECT_TRUE(told.emplace(term["term"], term).second) << "twice: " << term;
    }
    const json profile = tiny().json("/api/clusters/0");
    for (const char* field : {"enterprise_count", "site_count", "area_km2", "extent_km"}) {
        EXPECT_TRUE(told.contains(field)) << field;
        EXPECT_EQ(tiny().get(std::string("/api/export/clusters/0/") + field + ".csv").status, 200);
    }
    for (const auto& [list, items] : profile["items"].items()) {
        // "place" is told as the authorities are.
        EXPECT_TRUE(list == "place" || told.contains("list." + list)) << list;
    }
}

} // namespace
} // namespace icmap::serve
