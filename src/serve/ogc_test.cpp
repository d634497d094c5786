#include "serve/datetime.hpp"
#include "serve/test_atlas.hpp"

#include <set>

namespace icmap::serve {
namespace {
using nlohmann::json;

std::string link(const json& answer, const std::string& relation) {
    for (const json& one : answer["links"]) {
        if (one["rel"] == relation) {
            return one["href"];
        }
    }
    return {};
}

/// The part of an address that the application sees.
std::string local(const std::string& address) {
    return address.substr(address.find("/ogc"));
}

TEST(Ogc, LinksFromTheLandingPageToEverything) {
    const json landing = tiny().json("/ogc");
    for (const char* relation : {"self", "service-desc", "conformance", "data"}) {
        const std::string address = link(landing, relation);
        EXPECT_EQ(address.find("http://map.example:8080/"), 0U) << relation;
        EXPECT_EQ(tiny().get(local(address)).status, 200) << relation;
    }
    EXPECT_EQ(tiny().json("/ogc/collections")["collections"].size(), 5U);
    EXPECT_EQ(tiny().get("/ogc/api").header("Content-Type"),
              "application/vnd.oai.openapi+json;version=3.0");
}

TEST(OgcItems, WalksThroughAllPagesOnce) {
    std::set<std::string> seen;
    std::string address = "/ogc/collections/members/items?limit=25&sector=advanced-manufacturing";
    std::size_t matched = 0;
    for (int pages = 0; !address.empty() && pages < 20; ++pages) {
        const json page = tiny().json(address);
        matched = page["numberMatched"];
        EXPECT_EQ(page["features"].size(), page["numberReturned"].get<std::size_t>());
        for (const json& feature : page["features"]) {
            EXPECT_TRUE(seen.insert(feature["id"]).second) << feature["id"];
            EXPECT_EQ(feature["properties"]["sector"], "advanced-manufacturing");
        }
        address = link(page, "next");
        address = address.empty() ? address : local(address);
    }
    EXPECT_EQ(seen.size(), matched);
    EXPECT_EQ(matched, 39U);
    const json second = tiny().json("/ogc/collections/members/items?limit=25&offset=25");
    EXPECT_EQ(local(link(second, "prev")), "/ogc/collections/members/items?limit=25");
}

TEST(OgcItems, KeepWhatMeetsTheBox) {
    EXPECT_EQ(
        tiny().json("/ogc/collections/clusters/items?bbox=-1.7,53.7,-1.4,53.9")["numberMatched"],
        1);
    EXPECT_EQ(
        tiny().json("/ogc/collections/areas/items?bbox=-1.5,53.38,-1.49,53.39")["numberMatched"],
        3);
    EXPECT_EQ(tiny().json(
                  "/ogc/collections/institutions/items?bbox=-1.6,53.7,-1.4,53.9")["numberMatched"],
              3)
        << "two inside, and one without a place";
    EXPECT_EQ(
        tiny().json("/ogc/collections/institutions/items?bbox=170,50,-1.5,54")["numberMatched"], 3);
    EXPECT_EQ(
        tiny().json("/ogc/collections/institutions/items?bbox=170,50,-179,54")["numberMatched"], 1);
    EXPECT_EQ(
        tiny().json("/ogc/collections/published-clusters/items?bbox=0,0,1,1")["numberMatched"], 0);
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items?bbox=1,2", 400)["parameter"], "bbox");
}

TEST(OgcItems, ReadBoxesOfSixNumbersAndBoxesAcrossTheAntimeridian) {
    const auto clusters = [](const std::string& box) {
        return tiny().json("/ogc/collections/clusters/items?bbox=" + box)["numberMatched"];
    };
    EXPECT_EQ(clusters("-1.7,53.7,-100,-1.4,53.9,8000"), 1) << "heights do not matter";
    EXPECT_EQ(clusters("-1.7,53.7,-1.4,53.9"), 1);
    EXPECT_EQ(clusters("170,53.7,-1.4,53.9"), 1) << "from New Zealand eastwards to Leeds";
    EXPECT_EQ(clusters("-1.7,53.7,-179,53.9"), 1) << "from Leeds eastwards to Samoa";
    EXPECT_EQ(clusters("170,53.7,-170,53.9"), 0);
    EXPECT_EQ(clusters("-180,-90,180,90"), 6);
    for (const char* wrong :
         {"1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "nan,53,1,54", "-inf,53,1,54", "a,b,c,d", "",
          "-181,53,1,54", "0,54,1,53", "0,53,1,91", "1e400,53,1,54", ",,,", "0,53,1,54,"}) {
        EXPECT_EQ(tiny().json(std::string("/ogc/collections/clusters/items?bbox=") + wrong,
                              400)["parameter"],
                  "bbox")
            << wrong;
    }
}

TEST(OgcCollections, SayWhichDaysTheirFeaturesAreOfWhereDatetimeChoosesAmongThem) {
    const json members = tiny().json("/ogc/collections/members")["extent"]["temporal"];
    const json first = members["interval"][0][0];
    EXPECT_TRUE(members["interval"][0][1].is_null()) << "firms live on";
    const auto counted = [](const std::string& span) {
        return tiny().json("/ogc/collections/members/items?datetime=" + span)["numberMatched"];
    };
    EXPECT_EQ(counted(first.get<std::string>() + "/.."), counted("../.."));
    EXPECT_GT(counted("../" + first.get<std::string>()), 0) << "the oldest firm";
    EXPECT_FALSE(tiny().json("/ogc/collections/clusters")["extent"].contains("temporal"));
}

TEST(OgcRoutes, TakeTheEncodingThatClientsNameAndRefuseOthers) {
    for (const char* path :
         {"/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/clusters",
          "/ogc/collections/clusters/items", "/ogc/collections/clusters/items/0",
          "/ogc/tileMatrixSets", "/ogc/collections/clusters/tiles"}) {
        EXPECT_EQ(tiny().get(std::string(path) + "?f=json").status, 200) << path;
        EXPECT_EQ(tiny().json(std::string(path) + "?f=html", 400)["parameter"], "f") << path;
    }
    const std::string page = "/ogc/collections/members/items?f=geojson&limit=5";
    EXPECT_NE(local(link(tiny().json(page), "next")).find("f=geojson"), std::string::npos);
}

TEST(OgcItems, TakeALimitAboveTheMostForTheMost) {
    const json all = tiny().json("/ogc/collections/members/items?limit=50000");
    EXPECT_EQ(all["numberReturned"], all["numberMatched"]);
    for (const char* wrong : {"0", "-1", "1.5", "many", "", "99999999999999999999"}) {
        EXPECT_EQ(tiny().json(std::string("/ogc/collections/members/items?limit=") + wrong,
                              400)["parameter"],
                  "limit")
            << wrong;
    }
    EXPECT_EQ(tiny().json("/ogc/collections/members/items?offset=5000")["numberReturned"], 0);
}

TEST(OgcItems, RefuseAParameterThatIsGivenTwice) {
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items?limit=1&limit=2", 400)["parameter"],
              "limit");
    EXPECT_EQ(
        tiny().json("/ogc/collections/clusters/items?sector=quantum&sector=x", 400)["parameter"],
        "sector");
    EXPECT_EQ(tiny().get("/api/clusters?sector=quantum&sector=life-sciences").status, 200)
        << "a list may come in parts";
}

TEST(OgcItems, FilterByProperties) {
    EXPECT_EQ(
        tiny().json(
            "/ogc/collections/clusters/items?type=specialised&sector=quantum")["numberMatched"],
        1);
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items?is_rdi_active=false")["numberMatched"],
              1);
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items?site_count=27")["numberMatched"], 1);
    for (const char* wrong : {"site_count=many", "site_count=", "site_count=1.5", "area_km2=nan",
                              "area_km2=1e999", "is_rdi_active=yes", "site_count=1%20or%201"}) {
        const json problem =
            tiny().json(std::string("/ogc/collections/clusters/items?") + wrong, 400);
        EXPECT_EQ(problem["parameter"], std::string(wrong).substr(0, std::string(wrong).find('=')));
    }
    EXPECT_EQ(
        tiny().json("/ogc/collections/members/items?incorporated=2023-02-29", 400)["parameter"],
        "incorporated");
    EXPECT_EQ(tiny().json(
                  "/ogc/collections/clusters/items?name=O%27Neill%22%20or%201=1")["numberMatched"],
              0);
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items?tpye=specialised", 400)["remedy"],
              "Did you mean type?");
    const json cluster = tiny().json("/ogc/collections/clusters/items/0");
    EXPECT_EQ(cluster["properties"]["location_quotient"], 2.31);
    EXPECT_EQ(cluster["geometry"]["type"], "Polygon");
    EXPECT_EQ(tiny().json("/ogc/collections/clusters/items/99", 404)["status"], 404);
    EXPECT_EQ(tiny().json("/ogc/collections/nothing/items", 404)["status"], 404);
}

TEST(OgcItems, FilterMembersByTheTimeTheyLived) {
    const auto alive = [](const std::string& time) {
        return tiny()
            .json("/ogc/collections/members/items?datetime=" + time)["numberMatched"]
            .get<int>();
    };
    EXPECT_LT(alive("1990-01-01T00:00:00Z"), alive("2024-01-01"));
    EXPECT_EQ(alive("../.."), alive("../2024-11-01"));
    EXPECT_EQ(tiny().json("/ogc/collections/members/items?datetime=yesterday", 400)["parameter"],
              "datetime");
}

TEST(Datetime, TakesInstantsAndIntervalsOfRfc3339) {
    EXPECT_TRUE(parse_datetime("2024-02-29"));
    EXPECT_TRUE(parse_datetime("2024-11-01T12:30:00.5+01:00"));
    EXPECT_EQ(parse_datetime("../2024-01-01")->last, "2024-01-01");
    EXPECT_EQ(parse_datetime("2024-01-01/")->first, "2024-01-01");
    for (const char* wrong :
         {"", "..", "2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01T25:00:00Z",
          "2024-01-01T10:00:00", "2024-01-02/2024-01-01", "2024-01-01T10:00:00.Z", "a/b",
          "2024-01-01/2024-01-02/2024-01-03"}) {
        EXPECT_FALSE(parse_datetime(wrong)) << wrong;
    }
}

} // namespace
} // namespace icmap::serve
