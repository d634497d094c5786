#include "serve/byte_range.hpp"
#include "serve/test_atlas.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>

namespace icmap::serve {
namespace {
using nlohmann::json;

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(ByteRange, ReadsOneRangeAndLeavesTheRest) {
    const auto part = [](std::string_view header, std::uint64_t size) {
        const ByteRange range = parse_range(header, size);
        return std::tuple(range.kind, range.first, range.last);
    };
    using Kind = ByteRange::Kind;
    EXPECT_EQ(part("bytes=0-9", 100), std::tuple(Kind::part, 0U, 9U));
    EXPECT_EQ(part("bytes=90-", 100), std::tuple(Kind::part, 90U, 99U));
    EXPECT_EQ(part("bytes=90-200", 100), std::tuple(Kind::part, 90U, 99U));
    EXPECT_EQ(part("bytes=-5", 100), std::tuple(Kind::part, 95U, 99U));
    EXPECT_EQ(part("bytes=-500", 100), std::tuple(Kind::part, 0U, 99U));
    EXPECT_EQ(parse_range("bytes=100-", 100).kind, Kind::unsatisfiable);
    EXPECT_EQ(parse_range("bytes=-0", 100).kind, Kind::unsatisfiable);
    EXPECT_EQ(parse_range("bytes=0-0", 0).kind, Kind::unsatisfiable);
    for (const char* other : {"", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "bytes=1-2,4-5",
                              "lines=1-2", "bytes=99999999999999999999-"}) {
        EXPECT_EQ(parse_range(other, 100).kind, Kind::whole) << other;
    }
}

/// An atlas served with a base map of 1,000 bytes, whose file is open and has no name any more.
TestAtlas& with_base_map() {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        ("icmap_base_" + std::to_string(::getpid()) + ".pmtiles");
    static TestAtlas atlas("base_map", "", [] {
        std::string bytes = "PMTiles\x03";
        for (int i = 8; i < 1000; ++i) {
            bytes += static_cast<char>(i % 251);
        }
        std::ofstream(path, std::ios::binary) << bytes;
        ServeOptions options;
        options.base_map = path;
        return options;
    }());
    std::filesystem::remove(path);
    return atlas;
}

TEST(BaseMap, IsServedWholeAndInRanges) {
    EXPECT_EQ(tiny().get("/tiles/base.pmtiles").status, 404);
    EXPECT_TRUE(tiny().json("/api/atlas")["base_map"].is_null());
    EXPECT_EQ(with_base_map().json("/api/atlas")["base_map"], "/tiles/base.pmtiles");
    const Response whole = with_base_map().get("/tiles/base.pmtiles");
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
    EXPECT_EQ(whole.header("Access-Control-Allow-Origin"), "*");
    const std::string all = content(whole);
    ASSERT_EQ(all.size(), 1000U);
    const Response part = with_base_map().get("/tiles/base.pmtiles", {{"range", "bytes=100-199"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.header("Content-Range"), "bytes 100-199/1000");
    EXPECT_EQ(content(part), all.substr(100, 100));
    const Response none = with_base_map().get("/tiles/base.pmtiles", {{"range", "bytes=1000-"}});
    EXPECT_EQ(none.status, 416);
    EXPECT_EQ(none.header("Content-Range"), "bytes */1000");
}

TEST(BaseMap, GivesARangeOnlyOfTheFileTheClientKnows) {
    const std::string tag(with_base_map().get("/tiles/base.pmtiles").header("ETag"));
    const auto ask = [](std::vector<Header> headers) {
        return with_base_map().get("/tiles/base.pmtiles", std::move(headers)).status;
    };
    EXPECT_EQ(ask({{"range", "bytes=0-9"}, {"if-range", tag}}), 206);
    EXPECT_EQ(ask({{"range", "bytes=0-9"}, {"if-range", "\"other\""}}), 200);
    EXPECT_EQ(ask({{"if-none-match", tag}}), 304);
    Request head;
    head.method = Method::head;
    head.target = "/tiles/base.pmtiles";
    head.headers = {{"range", "bytes=0-9"}};
    EXPECT_EQ(with_base_map().ask(head).status, 200) << "ranges are of GET alone";
}

TEST(BaseMap, MustBePmtiles) {
    ServeOptions options;
    options.base_map = tiny().path();
    const auto progress = make_progress(ProgressStyle::quiet);
    const auto opened = Application::open(tiny().path(), options, *progress);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().what.find("PMTiles"), std::string::npos);
    options.base_map = "/nowhere/at.all";
    EXPECT_FALSE(Application::open(tiny().path(), options, *progress));
}

TEST(Downloads, AreFilesThatOtherProgramsOpen) {
    const Response package = tiny().get("/api/export/clusters.gpkg?type=specialised");
    ASSERT_EQ(package.status, 200) << package.text();
    EXPECT_EQ(package.header("Content-Disposition"),
              "attachment; filename=\"example-data-clusters.gpkg\"");
    EXPECT_TRUE(content(package).starts_with("SQLite format 3"));
    const Response sheet = tiny().get("/api/export/clusters.xlsx?type=specialised");
    ASSERT_EQ(sheet.status, 200) << sheet.text();
    EXPECT_TRUE(content(sheet).starts_with("PK"));
    const Response members = tiny().get("/api/export/members.gpkg?cluster=0");
    ASSERT_EQ(members.status, 200) << members.text();
    EXPECT_TRUE(content(members).starts_with("SQLite format 3"));
    EXPECT_EQ(tiny().get("/api/export/clusters.shp").status, 404);
    EXPECT_EQ(tiny().get("/api/export/clusters.gpkg?typ=x").status, 400);
}

TEST(Downloads, HoldTheFirmsInsideAndNoOthers) {
    const auto firms = [](const std::string& query) {
        const Response response = tiny().get("/api/export/firms.geojson?" + query);
        EXPECT_EQ(response.status, 200) << query << response.text();
        return json::parse(content(response), nullptr, false)["features"];
    };
    const json area = tiny().json("/api/areas/E08000018");
    EXPECT_EQ(firms("area=E08000018").size(), area["totals"]["firms"]);
    const auto near = tiny().post_json(
        "/api/selection", R"({"circle": {"lon": -1.4, "lat": 53.4, "radius_m": 9000}})");
    EXPECT_EQ(firms("circle=-1.4,53.4,9000").size(), near["totals"]["firms"]);
    const auto box = tiny().post_json("/api/selection",
                                      R"({"polygon": {"type": "Polygon", "coordinates":
        [[[-1.6, 53.3], [-1.2, 53.3], [-1.2, 53.5], [-1.6, 53.5], [-1.6, 53.3]]]}})");
    const json inside = firms("polygon=-1.6,53.3,-1.2,53.3,-1.2,53.5,-1.6,53.5");
    ASSERT_EQ(inside.size(), box["totals"]["firms"]);
    for (const json& firm : inside) {
        EXPECT_GE(firm["geometry"]["coordinates"][0], -1.6);
        EXPECT_LE(firm["geometry"]["coordinates"][0], -1.2);
    }
    EXPECT_LT(firms("area=E08000018&sector=quantum").size(), firms("area=E08000018").size());
}

TEST(Downloads, SayWhatIsWrongWithAPlace) {
    for (const char* query :
         {"", "area=none", "area=E08000018&circle=-1,53,100", "circle=-1.4,53.4", "circle=1,2,3,4",
          "circle=", "circle=-1.4,53.4,0", "circle=-1.4,99,10", "polygon=1,2,3", "polygon=1,2,3,4",
          "polygon=a,b", "polygon=-1,53,-1,53,-1,53&circle=-1,53,9",
          "sector=none&area=E08000018"}) {
        EXPECT_EQ(tiny().get(std::string("/api/export/firms.csv?") + query).status, 400) << query;
    }
    EXPECT_EQ(tiny().get("/api/export/firms.pdf?area=E08000018").status, 404);
    EXPECT_EQ(tiny().get("/api/export/clusters.csv?circle=").status, 400) << "not all of them";
}

TEST(Downloads, KeepTheClustersThatADrawnPlaceTouches) {
    const auto near = tiny().post_json(
        "/api/selection", R"({"circle": {"lon": -1.4, "lat": 53.4, "radius_m": 9000}})");
    const std::string csv = content(tiny().get("/api/export/clusters.csv?circle=-1.4,53.4,9000"));
    EXPECT_EQ(lines(csv), near["clusters"].size() + 1);
    EXPECT_LT(lines(csv), 7U);
}

TEST(Downloads, GiveAFigureWithItsTrendAndItsSector) {
    const std::string csv = content(tiny().get("/api/export/clusters/0/enterprise_count.csv"));
    EXPECT_TRUE(csv.starts_with("measure,label,unit,kind,")) << csv;
    EXPECT_NE(csv.find("enterprise_count,Enterprises,enterprises,figure,"), std::string::npos);
    EXPECT_NE(csv.find(",year,"), std::string::npos) << csv;
    EXPECT_EQ(csv.find("part of a year"), std::string::npos) << csv;
    const std::string money = content(tiny().get("/api/export/clusters/0/public_funding_gbp.csv"));
    EXPECT_NE(money.find(",2023,225000,"), std::string::npos) << money;
    EXPECT_TRUE(std::regex_search(money, std::regex(",year,[^\n]*,2023,"))) << money;
    EXPECT_TRUE(std::regex_search(money, std::regex(",part of a year,[^\n]*,2024,"))) << money;
    EXPECT_EQ(tiny().get("/api/export/clusters/0/location_quotient.csv").status, 200);
    EXPECT_EQ(tiny().get("/api/export/clusters/0/shoe_size.csv").status, 404);
    EXPECT_EQ(tiny().get("/api/export/clusters/none/employment.csv").status, 404);
}

/// The values of a column by what stands in another, of a CSV file whose text is given.
std::map<std::string, std::string> column_of(const std::string& csv, const std::string& key,
                                             const std::string& column,
                                             const std::string& condition = "true") {
    const auto path = std::filesystem::temp_directory_path() /
                      ("icmap_figure_" + std::to_string(::getpid()) + ".csv");
    std::ofstream(path, std::ios::binary) << csv;
    auto database = store::Database::open(":memory:", {}).value();
    auto session = database.connect().value();
    std::map<std::string, std::string> values;
    EXPECT_TRUE(session.read("select " + key + ", coalesce(" + column + ", '') from read_csv(" +
                                 store::sql_literal(path.string()) +
                                 ", all_varchar = true) where " + condition,
                             [&values](const store::Chunk& chunk) {
                                 for (std::size_t i = 0; i < chunk.size(); ++i) {
                                     values.emplace(chunk.text(0, i), chunk.text(1, i));
                                 }
                             }));
    std::filesystem::remove(path);
    return values;
}

TEST(Downloads, WriteAFigureAloneAsAmongTheClusters) {
    const std::string all = content(tiny().get("/api/export/clusters.csv"));
    for (const std::string measure :
         {"location_quotient", "employment", "enterprise_count", "patent_share"}) {
        const std::string one = content(tiny().get("/api/export/clusters/0/" + measure + ".csv"));
        const auto values = column_of(all, "slug", measure);
        std::size_t compared = 0;
        for (const auto& [slug, value] : column_of(one, "cluster", "value", "kind <> 'year'")) {
            ASSERT_TRUE(values.contains(slug)) << slug;
            EXPECT_EQ(value, values.at(slug)) << measure << " of " << slug;
            ++compared;
        }
        EXPECT_GE(compared, 1U) << measure;
    }
}

TEST(CompareRoute, AnswersAsEachAreaAlone) {
    const json both = tiny().json("/api/compare/areas?area=E08000018,E08000035");
    ASSERT_EQ(both["areas"].size(), 2U);
    EXPECT_EQ(both["areas"][0], tiny().json("/api/areas/E08000018"));
    EXPECT_EQ(both["areas"][1], tiny().json("/api/areas/E08000035"));
    EXPECT_EQ(tiny().get("/api/compare/areas").status, 400);
    EXPECT_EQ(tiny().get("/api/compare/areas?area=none").status, 400);
    EXPECT_EQ(tiny().get("/api/compare/areas?area=1,2,3,4,5,6,7,8,9,10,11").status, 400);
}

TEST(FirmTiles, OfASectorHoldItsFirmsAlone) {
    const auto quantum = tiny().get("/tiles/firms/6/31/20.mvt?sector=quantum");
    const auto all = tiny().get("/tiles/firms/6/31/20.mvt");
    ASSERT_EQ(quantum.status, 200) << quantum.text();
    EXPECT_LT(quantum.text().size(), all.text().size());
    EXPECT_NE(
        std::string(tiny().get("/tiles/firms.json?sector=quantum").text()).find("&sector=quantum"),
        std::string::npos);
    EXPECT_EQ(tiny().get("/tiles/firms/6/31/20.mvt?sector=none").status, 400);
    EXPECT_EQ(tiny().get("/tiles/areas/6/31/20.mvt?sector=quantum").status, 400);
}

TEST(OgcTiles, AreTheTilesOfTheLayerWithRowBeforeColumn) {
    const auto ours = tiny().get("/tiles/clusters/6/31/20.mvt");
    const auto theirs = tiny().get("/ogc/collections/clusters/tiles/WebMercatorQuad/6/20/31");
    ASSERT_EQ(theirs.status, 200) << theirs.text();
    EXPECT_EQ(ours.text(), theirs.text());
    EXPECT_EQ(tiny().get("/ogc/collections/clusters/tiles/WorldCRS84Quad").status, 404);
    EXPECT_EQ(tiny().get("/ogc/collections/members/tiles").status, 404);
    EXPECT_EQ(tiny().get("/ogc/collections/clusters/tiles/WebMercatorQuad/6/64/31").status, 400);
    const json set = tiny().json("/ogc/tileMatrixSets/WebMercatorQuad");
    ASSERT_EQ(set["tileMatrices"].size(), 23U);
    EXPECT_NEAR(set["tileMatrices"][1]["cellSize"], 78271.516964, 1e-5);
}

TEST(ReclusterRoute, KnowsThreeMethodsAndDrawsOnlyWhatIsOnScreen) {
    for (const char* method : {"dbscan", "hdbscan", "relative"}) {
        const json answer = tiny().post_json(
            "/api/recluster",
            std::string(R"({"sector": "life-sciences", "min_points": 5, "min_enterprises": 5, )") +
                R"("method": ")" + method + "\"}");
        EXPECT_EQ(answer["request"]["method"], method);
        EXPECT_EQ(answer["cluster_count"], answer["clusters"]["features"].size());
    }
    const auto ask = [](const std::string& more) {
        return tiny().post_json(
            "/api/recluster",
            R"({"sector": "life-sciences", "min_points": 5, "min_enterprises": 5)" + more + "}");
    };
    const json all = ask("");
    ASSERT_GT(all["cluster_count"], 0);
    const json elsewhere = ask(R"(, "bbox": [-7, 49, -6, 50])");
    EXPECT_EQ(elsewhere["clusters"]["features"].size(), 0U);
    EXPECT_EQ(elsewhere["cluster_count"], all["cluster_count"]);
    EXPECT_EQ(elsewhere["clustered_sites"], all["clustered_sites"]);
    const json here = ask(R"(, "bbox": [-7, 49, 2, 60])");
    EXPECT_EQ(here["clusters"], all["clusters"]);
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({"sector": "quantum", "bbox": [1, 2, 3]})",
                               400)["parameter"],
              "bbox");
    EXPECT_EQ(tiny().post_json("/api/recluster", R"({"sector": "quantum", "method": "magic"})",
                               400)["parameter"],
              "method");
}

} // namespace
} // namespace icmap::serve
