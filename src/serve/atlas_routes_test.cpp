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

} // namespace
} // namespace icmap::serve
