#include "serve/test_atlas.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace icmap::serve {
namespace {
using nlohmann::json;

std::vector<std::string> slugs(const json& answer) {
    std::vector<std::string> all;
    for (const json& cluster : answer["clusters"]) {
        all.push_back(cluster["slug"]);
    }
    return all;
}

TEST(AtlasRoute, TellsWhatTheAtlasHolds) {
    const json atlas = tiny().json("/api/atlas");
    EXPECT_EQ(atlas["name"], "Tiny atlas");
    EXPECT_EQ(atlas["is_example"], true);
    EXPECT_EQ(atlas["counts"]["firms"], 120);
    EXPECT_EQ(atlas["has"]["firms"], true);
    EXPECT_EQ(atlas["has"]["stability"], false) << "stability is null for every cluster";
    EXPECT_EQ(atlas["default_sector"], "advanced-manufacturing");
    EXPECT_EQ(atlas["years"]["first"], 2015);
    EXPECT_EQ(atlas["year_coverage"][0]["series"], "employees");
    EXPECT_EQ(atlas["year_coverage"][0]["first"], 2019);
    EXPECT_EQ(atlas["year_coverage"][0]["last_is_part"], false);
    EXPECT_EQ(atlas["year_coverage"][1]["last_is_part"], true);
    EXPECT_EQ(atlas["evidence_sources"],
              json::parse(R"([{"kind": "deals", "titles": ["Example deals"]},
                {"kind": "projects", "titles": ["Example participations", "Example research projects"]}])"))
        << "patents are in no source of this atlas";
}

TEST(SectorsRoute, PutsParentsBeforeTheirChildren) {
    const json sectors = tiny().json("/api/sectors")["sectors"];
    ASSERT_EQ(sectors.size(), 5U);
    EXPECT_EQ(sectors[1]["slug"], "advanced-materials");
    EXPECT_EQ(sectors[1]["parent"], "advanced-manufacturing");
    EXPECT_EQ(sectors[1]["depth"], 1);
    EXPECT_EQ(sectors[0]["clusters"], 2);
}

TEST(DensityRoute, CountsEachDensitySiteOnce) {
    const json density = tiny().json("/api/sectors/advanced-manufacturing/density?columns=10");
    int sum = 0;
    for (const json& count : density["counts"]) {
        sum += count.get<int>();
    }
    EXPECT_EQ(density["counts"].size(),
              density["columns"].get<std::size_t>() * density["rows"].get<std::size_t>());
    EXPECT_EQ(sum, tiny().json("/api/sectors")["sectors"][0]["sites"]);
}

TEST(ClustersRoute, FiltersAndSorts) {
    EXPECT_EQ(tiny().json("/api/clusters")["number_matched"], 6);
    EXPECT_EQ(tiny().json("/api/clusters?sector=life-sciences,quantum")["number_matched"], 3);
    EXPECT_EQ(tiny().json("/api/clusters?type=specialised")["number_matched"], 3);
    EXPECT_EQ(tiny().json("/api/clusters?frontier=true")["number_matched"], 2);
    EXPECT_EQ(tiny().json("/api/clusters?rdi_active=false")["number_matched"], 1);
    EXPECT_EQ(tiny().json("/api/clusters?area=E08000018")["number_matched"], 2);
    EXPECT_EQ(tiny().json("/api/clusters?q=leeds")["number_matched"], 1);
    EXPECT_EQ(tiny().json("/api/clusters?bbox=-1.7,53.7,-1.4,53.9")["number_matched"], 1);
    EXPECT_EQ(tiny().json("/api/clusters?bbox=170,-10,-170,80")["number_matched"], 0);
    EXPECT_EQ(
        tiny().json(
            "/api/clusters?min[location_quotient]=2&max[location_quotient]=5")["number_matched"],
        2);
    EXPECT_EQ(tiny().json("/api/clusters?min%5Bsite_count%5D=27")["number_matched"], 1);
    EXPECT_EQ(slugs(tiny().json("/api/clusters?sort=-location_quotient&limit=2")),
              (std::vector<std::string>{"quantum-sheffield", "advanced-materials-sheffield"}));
    EXPECT_EQ(slugs(tiny().json("/api/clusters?sort=location_quotient&limit=1&offset=5")),
              (std::vector<std::string>{"quantum-sheffield"}));
}

TEST(ClustersRoute, PutsMissingFiguresLastEitherWay) {
    for (const char* sort : {"private_investment_gbp", "-private_investment_gbp"}) {
        const json answer = tiny().json(std::string("/api/clusters?sort=") + sort);
        EXPECT_TRUE(answer["clusters"].back()["measures"]["private_investment_gbp"].is_null())
            << sort;
        EXPECT_FALSE(answer["clusters"].front()["measures"]["private_investment_gbp"].is_null())
            << sort;
    }
}

TEST(ClustersRoute, NamesWhatIsWrongWithAParameter) {
    const json unknown = tiny().json("/api/clusters?sectr=quantum", 400);
    EXPECT_EQ(unknown["parameter"], "sectr");
    EXPECT_EQ(unknown["remedy"], "Did you mean sector?");
    EXPECT_EQ(tiny().json("/api/clusters?sector=quantm", 400)["remedy"], "Did you mean quantum?");
    EXPECT_EQ(tiny().json("/api/clusters?min[location_quotent]=2", 400)["remedy"],
              "Did you mean location_quotient?");
    for (const char* query : {"limit=-1", "limit=many", "bbox=1,2,3", "bbox=a,b,c,d",
                              "bbox=0,60,1,50", "type=big", "frontier=yes", "area=E99",
                              "sort=shoe_size", "columns=shoe_size", "min[employment]=lots"}) {
        const Response response = tiny().get(std::string("/api/clusters?") + query);
        EXPECT_EQ(response.status, 400) << query;
        EXPECT_EQ(response.header("Content-Type"), "application/problem+json") << query;
        EXPECT_FALSE(json::parse(response.text())["remedy"].get<std::string>().empty()) << query;
    }
}

TEST(HistogramRoute, CountsEveryClusterThatHasTheFigure) {
    const json histogram = tiny().json("/api/measures/location_quotient/histogram?bins=4");
    int sum = 0;
    for (const json& bin : histogram["bins"]) {
        sum += bin["count"].get<int>();
    }
    EXPECT_EQ(sum, 6);
    EXPECT_EQ(tiny().json("/api/measures/stability/histogram")["missing"], 6);
    EXPECT_EQ(tiny().json("/api/measures/shoe_size/histogram", 404)["status"], 404);
}

TEST(ClusterRoute, TellsFiguresWithIntervalRankAndReason) {
    const json profile =
        tiny().json("/api/clusters/advanced-manufacturing-sheffield-and-rotherham");
    EXPECT_EQ(profile["cluster_id"], 0);
    EXPECT_EQ(profile["geometry"]["type"], "Polygon");
    EXPECT_EQ(profile["authorities"].size(), 2U);
    EXPECT_NE(profile["summary"].get<std::string>().find("2.3 times"), std::string::npos);
    bool has_quotient = false;
    for (const json& figure : profile["figures"]) {
        if (figure["measure"] == "location_quotient") {
            has_quotient = true;
            EXPECT_EQ(figure["low"], 1.84);
            EXPECT_EQ(figure["rank"], 1);
            EXPECT_EQ(figure["ranked_of"], 2);
        }
        EXPECT_EQ(figure["value"].is_null(), figure["missing_reason"].is_string()) << figure;
    }
    EXPECT_TRUE(has_quotient);
    EXPECT_EQ(profile["next"], "advanced-manufacturing-doncaster");
    EXPECT_TRUE(profile["previous"].is_null());
    EXPECT_EQ(tiny().json("/api/clusters/0")["slug"], profile["slug"]) << "by id as by slug";
    EXPECT_EQ(tiny().json("/api/clusters/nowhere", 404)["status"], 404);
}

TEST(ClusterRoute, JoinsEveryEdgeToNodesThatAreThere) {
    const json links = tiny().json("/api/clusters/advanced-materials-sheffield")["links"];
    std::set<std::string> keys;
    for (const json& node : links["nodes"]) {
        keys.insert(node["key"]);
    }
    ASSERT_FALSE(links["edges"].empty());
    for (const json& edge : links["edges"]) {
        EXPECT_TRUE(keys.contains(edge["from"])) << edge;
        EXPECT_TRUE(keys.contains(edge["to"])) << edge;
    }
}

TEST(ClusterRoute, RefersToListedFirmsAndSectorsByTheirPublicKeys) {
    TestAtlas atlas(
        "lists",
        "insert into cluster_item (cluster_id, list, position, label, value, unit, ref_id) values "
        "(2, 'open_project_firm', 1, 'A firm', 1, 'projects', 8), "
        "(2, 'other_sector', 1, 'A sector', 1, 'enterprises', 3)");
    const json items = atlas.json("/api/clusters/2")["items"];
    const json firm = items["open_project_firm"][0]["ref"];
    EXPECT_EQ(atlas.get("/api/firms/" + firm.get<std::string>()).status, 200) << firm;
    EXPECT_EQ(items["other_sector"][0]["ref"], "quantum");
}

TEST(MembersRoute, PagesAndSorts) {
    const std::string path = "/api/clusters/0/members";
    const json first = tiny().json(path + "?limit=10&sort=name");
    EXPECT_EQ(first["number_matched"], 27);
    EXPECT_EQ(first["number_returned"], 10);
    const json rest = tiny().json(path + "?limit=100&offset=10&sort=name");
    EXPECT_EQ(rest["number_returned"], 17);
    EXPECT_LE(first["members"][9]["name"], rest["members"][0]["name"]);
    const json by_size = tiny().json(path + "?sort=-employees&limit=100");
    EXPECT_TRUE(by_size["members"].back()["employees"].is_null()) << "missing last";
    EXPECT_EQ(tiny().json(path + "?sort=colour", 400)["parameter"], "sort");
}

TEST(FirmRoute, SaysWhyAFirmIsOnTheMap) {
    const json firm = tiny().json("/api/firms/zz000001");
    EXPECT_EQ(firm["company_number"], "ZZ000001");
    EXPECT_EQ(firm["sites"].size(), 2U);
    EXPECT_FALSE(firm["sectors"][0]["reason"].get<std::string>().empty());
    EXPECT_FALSE(firm["evidence"].empty());
    EXPECT_EQ(firm["evidence"][0]["label"].get<std::string>().find('_'), std::string::npos)
        << "in words";
    EXPECT_FALSE(firm["clusters"].empty());
    EXPECT_EQ(tiny().json("/api/firms/00000000", 404)["status"], 404);
}

TEST(InstitutionRoute, ListsTheClustersItWorksWith) {
    const json institution = tiny().json("/api/institutions/0");
    EXPECT_EQ(institution["name"], "University of Sheffield");
    ASSERT_FALSE(institution["clusters"].empty());
    for (const json& joint : institution["clusters"]) {
        EXPECT_LE(joint["projects"], institution["projects"]) << "each project once: " << joint;
        EXPECT_LE(joint["award_gbp"], institution["award_gbp"]) << joint;
    }
    EXPECT_EQ(tiny().json("/api/institutions/99", 404)["status"], 404);
    EXPECT_EQ(tiny().json("/api/institutions/x", 404)["status"], 404);
}

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

TEST(ExportRoute, WritesExactlyTheFilteredClusters) {
    const Response csv = tiny().get("/api/export/clusters.csv?sector=quantum");
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.header("Content-Disposition"),
              "attachment; filename=\"example-data-clusters.csv\"");
    const std::string clusters = content(csv);
    EXPECT_EQ(std::count(clusters.begin(), clusters.end(), '\n'), 2);
    const std::string figures =
        content(tiny().get("/api/export/clusters.csv?sort=name&columns=patent_share,employment"));
    EXPECT_NE(figures.find(",patent_share,employment,employment_coverage,suppressed,"),
              std::string::npos)
        << figures;
    EXPECT_EQ(tiny().json("/api/export/clusters.geojson?type=specialised")["features"].size(), 3U);
    EXPECT_EQ(tiny().get("/api/export/clusters.docx").status, 404);
    const std::string members =
        content(tiny().get("/api/export/members.csv?cluster=quantum-sheffield"));
    EXPECT_EQ(std::count(members.begin(), members.end(), '\n'), 11);
    EXPECT_NE(members.find(",-1.4"), std::string::npos) << "a western longitude";
    EXPECT_EQ(members.find("'-"), std::string::npos) << "a number is no formula";
    EXPECT_EQ(tiny().json("/api/export/members.geojson?cluster=5")["features"].size(), 10U);
    EXPECT_EQ(tiny().get("/api/export/members.csv").status, 400);
}

TEST(SourcesRoute, GivesLineAndMessageOfTheFirstRejectedRow) {
    TestAtlas atlas("rejects", "insert into reject values "
                               "(6, 'd.csv', 9, 8, 'f', 'c', 'v', 'error', 'a later row'), "
                               "(6, 'd.csv', null, null, 'f', 'c', 'v', 'error', 'a row nowhere'), "
                               "(6, 'd.csv', 3, 2, 'f', 'c', 'v', 'error', 'the first row')");
    const json rejects = atlas.json("/api/sources")["rejects"];
    const auto found = std::find_if(rejects.begin(), rejects.end(),
                                    [](const json& reject) { return reject["source_id"] == 6; });
    ASSERT_NE(found, rejects.end());
    EXPECT_EQ((*found)["rows"], 3);
    EXPECT_EQ((*found)["example_line"], 3);
    EXPECT_EQ((*found)["message"], "the first row");
}

TEST(SourcesRoute, AccountsForEveryRow) {
    const json sources = tiny().json("/api/sources")["sources"];
    EXPECT_FALSE(sources.empty());
    for (const json& source : sources) {
        EXPECT_EQ(source["rows_read"].get<int>(),
                  source["rows_kept"].get<int>() + source["rows_rejected"].get<int>());
        EXPECT_EQ(source["records"].get<int>(),
                  source["rows_kept"].get<int>() - (source["kind"] == "places" ? 1 : 0));
    }
    EXPECT_FALSE(tiny().json("/api/methods")["parameters"].empty());
    EXPECT_FALSE(tiny().json("/api/measures")["measures"].empty());
    EXPECT_EQ(tiny().json("/api/timeline?sector=quantum")["clusters"][0]["enterprises"].size(),
              10U);
}

TEST(OfficialDisclosure, WithholdsSingleFirmsEverywhere) {
    TestAtlas official(
        "official",
        "update run set value = 'official' where parameter = 'disclosure';"
        "insert into cluster_item (cluster_id, list, position, label, value, unit, ref_id) values "
        "(2, 'open_project_firm', 1, 'Airegear Limited', 1, 'projects', 8), "
        "(2, 'top_partner', 1, 'Airegear Limited', 1, 'projects', null)");
    EXPECT_EQ(official.json("/api/atlas")["has"]["firms"], false);
    for (const char* path :
         {"/api/firms/ZZ000001", "/api/clusters/0/members", "/api/export/members.csv?cluster=0",
          "/ogc/collections/members", "/ogc/collections/members/items", "/tiles/firms.json",
          "/tiles/firms/6/31/20.mvt"}) {
        EXPECT_EQ(official.get(path).status, 403) << path;
    }
    const std::string profile =
        official.get("/api/clusters/advanced-materials-sheffield").body->c_str();
    EXPECT_EQ(profile.find("ZZ0000"), std::string::npos) << "no company number";
    for (const char* list : {"top_firm", "open_project_firm", "top_partner"}) {
        EXPECT_FALSE(json::parse(profile)["items"].contains(list)) << list;
    }
    const json figures = json::parse(profile)["figures"];
    EXPECT_FALSE(figures.empty());
    for (const json& figure : figures) {
        EXPECT_EQ(figure["suppressed"].get<bool>(),
                  figure["missing_reason"].is_string() &&
                      figure["missing_reason"].get<std::string>().starts_with("withheld: "))
            << figure;
        if (figure["measure"] == "patent_share") {
            EXPECT_EQ(figure["value"], nullptr);
        }
    }
    EXPECT_EQ(official.json("/api/search?q=forge&kind=firm")["hits"].size(), 0U);
    // Two circles that differ by one firm would tell of it, however many are in each.
    for (const char* radius : {"8900", "9000"}) {
        official.post_json("/api/selection",
                           std::string(R"({"circle": {"lon": -1.4, "lat": 53.4, "radius_m": )") +
                               radius + "}}",
                           403);
        for (const char* file : {"clusters.csv", "clusters.geojson", "firms.csv"}) {
            official.json(std::string("/api/export/") + file + "?circle=-1.4,53.4," + radius, 403);
        }
    }
    EXPECT_EQ(official.post_json("/api/recluster", R"({"sector": "quantum"})", 403)["status"], 403);
    const json atlas = official.json("/api/atlas");
    EXPECT_EQ(atlas["has"]["recluster"], false);
    for (const json& bound : atlas["bounds"]) {
        const double steps = bound.get<double>() * 20.0;
        EXPECT_NEAR(steps, std::round(steps), 1e-9) << "not a site's own place";
    }
    const json counts =
        official.json("/api/sectors/advanced-manufacturing/density?columns=4")["counts"];
    EXPECT_FALSE(counts.empty());
    for (const json& count : counts) {
        EXPECT_TRUE(count == 0 || count >= 10) << count;
    }
    const json area = official.json("/api/areas/E12000003");
    EXPECT_FALSE(area["sectors"].empty());
    EXPECT_LT(area["sectors"].size(), tiny().json("/api/areas/E12000003")["sectors"].size());
    for (const json& sector : area["sectors"]) {
        EXPECT_GE(sector["firms"], 10) << sector;
        EXPECT_EQ(sector["firms"].get<int>() % 5, 0) << sector;
        EXPECT_EQ(sector["sites"].get<int>() % 5, 0) << sector;
    }
    for (const char* count : {"sites", "firms", "rdi_active_firms"}) {
        EXPECT_EQ(area["totals"][count].get<int>() % 5, 0) << count;
    }
    EXPECT_EQ(area["area"]["sites"].get<int>() % 5, 0);
    for (const json& touched : area["clusters"]) {
        EXPECT_EQ(touched["sites_inside"].get<int>() % 5, 0) << touched;
    }
}

} // namespace
} // namespace icmap::serve
