// What is told of a place: an area, a drawing, a surrounding, clusters made anew.
#include "serve/test_atlas.hpp"

namespace icmap::serve {
namespace {
using nlohmann::json;

TEST(AreaRoute, MeasuresOverlapBySitesNotByArea) {
    const json area = tiny().json("/api/areas/E08000018");
    EXPECT_EQ(area["area"]["name"], "Rotherham");
    EXPECT_EQ(area["parents"].size(), 2U);
    for (const json& touched : area["clusters"]) {
        const double sites = touched["cluster"]["site_count"];
        EXPECT_DOUBLE_EQ(touched["share_of_sites"], touched["sites_inside"].get<double>() / sites);
    }
    EXPECT_EQ(tiny().json("/api/areas?level=region")["areas"].size(), 2U);
    EXPECT_EQ(tiny().json("/api/areas?level=galaxy", 400)["parameter"], "level");
    EXPECT_EQ(tiny().json("/api/areas/E99", 404)["status"], 404);
}

TEST(AreaRoute, TellsWhatElseAnAreaIsCalledAndTheSitesOfThoseInside) {
    const json area = tiny().json("/api/areas/E47000002");
    ASSERT_EQ(area["area"]["other_names"].size(), 1U);
    EXPECT_EQ(area["area"]["other_names"][0]["name"], "Sheffield City Region");
    EXPECT_EQ(area["area"]["other_names"][0]["kind"], "former");
    EXPECT_EQ(area["area"]["other_names"][0]["day"], "2021-09-17");
    EXPECT_FALSE(area["area"]["other_names"][0]["source"].get<std::string>().empty());
    EXPECT_TRUE(tiny().json("/api/areas/E08000018")["area"]["other_names"].empty());
    ASSERT_EQ(area["children"].size(), 4U);
    for (const json& child : area["children"]) {
        const json alone = tiny().json("/api/areas/" + child["code"].get<std::string>());
        EXPECT_EQ(child["sites"], alone["area"]["sites"]) << child;
    }
}

TEST(AreaRoute, TellsAreasOfTwoLevelsApartThatShareACode) {
    TestAtlas atlas(
        "shared_code",
        "insert into area select 90, code, name, 'upper_tier', 'E47000002', label_lon_deg, "
        "label_lat_deg, geometry from area where code = 'E08000018';"
        "update area set parent_code = code where code = 'E08000018' "
        "and level = 'lower_tier'");
    const json lower = atlas.json("/api/areas/lower_tier:E08000018");
    EXPECT_EQ(lower["area"]["code"], "lower_tier:E08000018");
    ASSERT_EQ(lower["parents"].size(), 3U);
    EXPECT_EQ(lower["parents"][0]["code"], "upper_tier:E08000018");
    EXPECT_TRUE(lower["children"].empty()) << "not its own child";
    const json upper = atlas.json("/api/areas/upper_tier%3AE08000018");
    EXPECT_EQ(upper["area"]["level"], "upper_tier");
    EXPECT_EQ(upper["children"][0]["code"], "lower_tier:E08000018");
    EXPECT_EQ(atlas.json("/api/areas/lower_tier:E08000016")["area"]["code"], "E08000016");
}

TEST(SelectionRoute, AnswersAPolygonOfAnAreaAsTheAreaItself) {
    const json drawn =
        tiny().post_json("/api/selection", R"({"polygon": {"type": "Polygon", "coordinates":
        [[[-1.8, 53.7], [-1.29, 53.7], [-1.29, 53.95], [-1.8, 53.95], [-1.8, 53.7]]]}})");
    const json area = tiny().json("/api/areas/E08000035");
    EXPECT_EQ(drawn["totals"]["sites"], area["totals"]["sites"]);
    EXPECT_EQ(drawn["totals"]["firms"], area["totals"]["firms"]);
    EXPECT_EQ(drawn["totals"]["employees"], area["totals"]["employees"]);
    EXPECT_EQ(drawn["clusters"], area["clusters"]);
    EXPECT_EQ(drawn["sectors"], area["sectors"]);
}

TEST(SelectionRoute, FindsEverythingInACircleRoundTheCountry) {
    const json all = tiny().post_json(
        "/api/selection", R"({"circle": {"lon": -1.4, "lat": 53.5, "radius_m": 400000}})");
    EXPECT_EQ(all["clusters"].size(), 6U);
    for (const json& touched : all["clusters"]) {
        EXPECT_EQ(touched["share_of_sites"], 1.0);
    }
    for (const json& sector : all["sectors"]) {
        EXPECT_NEAR(sector["location_quotient"].get<double>(), 1.0, 1e-12) << sector;
    }
}

TEST(SelectionRoute, ListsAsManyClustersAsAskedForAndCountsAll) {
    const std::string circle = R"("circle": {"lon": -1.4, "lat": 53.5, "radius_m": 400000})";
    const std::string unknown = "{" + circle + R"(, "sector_type": ["frontiers"]})";
    EXPECT_EQ(tiny().post_json("/api/selection", unknown, 400)["parameter"], "sector_type");
    const json all = tiny().post_json("/api/selection", "{" + circle + "}");
    const json two = tiny().post_json("/api/selection", "{" + circle + R"(, "limit": 2})");
    EXPECT_EQ(all["number_matched"], 6);
    EXPECT_EQ(two["number_matched"], 6);
    EXPECT_EQ(two["cluster_ids"], (json{0, 1, 2, 3, 4, 5}));
    ASSERT_EQ(two["clusters"].size(), 2U);
    EXPECT_EQ(two["clusters"][0], all["clusters"][0]);
    EXPECT_EQ(two["clusters"][1], all["clusters"][1]);
    EXPECT_EQ(tiny().post("/api/selection", "{" + circle + R"(, "limit": 0})").status, 400);
    EXPECT_EQ(tiny().post("/api/selection", "{" + circle + R"(, "limit": 1001})").status, 400);
    const json area = tiny().json("/api/areas/E08000035?limit=1");
    EXPECT_EQ(area["clusters"].size(), 1U);
    EXPECT_EQ(area["number_matched"], area["cluster_ids"].size());
}

TEST(SelectionRoute, RefusesWhatItCannotDraw) {
    for (const char* body :
         {"", "[]", "{", "{}", R"({"circle": {"lon": 200, "lat": 0, "radius_m": 10}})",
          R"({"circle": {"lon": 0, "lat": 53, "radius_m": -1}})",
          R"({"circle": {"lon": 0, "lat": 53}})",
          R"({"circle": {"lon": 0, "lat": 53, "radius_m": 10}, "polygon": {}})",
          R"({"polygon": {"type": "Point"}})",
          R"({"polygon": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}})",
          R"({"polygon": {"type": "Polygon", "coordinates": [[["a", 0], [1, 1], [0, 1]]]}})",
          R"({"polygon": {"type": "Polygon", "coordinates": [[[[[[[[[[[1]]]]]]]]]]]}})",
          R"({"circel": {"lon": 0, "lat": 53, "radius_m": 10}})"}) {
        const Response response = tiny().post("/api/selection", body);
        EXPECT_EQ(response.status, 400) << body << '\n' << response.text();
    }
    EXPECT_EQ(tiny().post_json("/api/selection", R"({"circel": {}})", 400)["remedy"],
              "Did you mean circle?");
}

TEST(NearRoute, KnowsInsideFromNearby) {
    const json near = tiny().json("/api/near?lon=-1.405&lat=53.408");
    ASSERT_FALSE(near["inside"].empty());
    EXPECT_EQ(near["inside"][0]["slug"], "advanced-manufacturing-sheffield-and-rotherham")
        << "most enterprises first";
    EXPECT_FALSE(near["nearby"].empty());
    EXPECT_EQ(near["areas"].size(), 3U);
    EXPECT_EQ(near["institutions"][0]["kind"], "research_organisation");
    const std::string postcode = tiny().json("/api/firms/ZZ000001")["sites"][0]["postcode"];
    std::string squeezed = postcode;
    std::erase(squeezed, ' ');
    EXPECT_EQ(tiny().json("/api/near?postcode=" + squeezed)["place"]["postcode"], postcode);
    EXPECT_EQ(tiny().json("/api/near?postcode=ZZ9+9ZZ", 404)["parameter"], "postcode");
    EXPECT_EQ(tiny().json("/api/near?lon=1", 400)["parameter"], "lat");
    EXPECT_EQ(tiny().json("/api/near", 400)["status"], 400);
}

TEST(ReclusterRoute, ReproducesThePublishedClusterAndFollowsItsSliders) {
    const json answer = tiny().post_json(
        "/api/recluster",
        R"({"sector": "life-sciences", "eps_m": 1000, "min_points": 5, "min_enterprises": 5})");
    EXPECT_EQ(answer["sites"].get<int>(),
              answer["clustered_sites"].get<int>() + answer["noise_sites"].get<int>());
    EXPECT_EQ(tiny().post_json("/api/recluster",
                               R"({"sector": "life-sciences", "method": "hdbscan"})")["sites"],
              answer["sites"]);
    ASSERT_GE(answer["clusters"]["features"].size(), 2U);
    EXPECT_EQ(answer["clusters"]["features"][0]["properties"]["position"], 1);
    EXPECT_EQ(
        tiny()
            .post_json("/api/recluster",
                       R"({"sector": "life-sciences", "min_points": 900})")["clusters"]["features"]
            .size(),
        0U);
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({"sector": "none"})", 404)["status"], 404);
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({"sector": "quantum", "eps_m": 0})",
                               400)["parameter"],
              "eps_m");
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({"sector": "quantum", "min_points": 2.5})",
                               400)["parameter"],
              "min_points");
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({})", 400)["parameter"], "sector");
}

} // namespace
} // namespace icmap::serve
