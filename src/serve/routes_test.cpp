// What is told of the atlas and of all its clusters.
#include "serve/test_atlas.hpp"

#include <algorithm>

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
    EXPECT_EQ(atlas["has"]["stability"], false) << "no cluster has it";
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

TEST(ClustersRoute, RefusesBracketsThatAreMissingOrTooMuch) {
    for (const char* query :
         {"sector[]=quantum", "limit[x]=5", "min=5", "min[site_count]=27&min[site_count]=1"}) {
        const json problem = tiny().json(std::string("/api/clusters?") + query, 400);
        EXPECT_FALSE(problem["remedy"].get<std::string>().empty()) << query;
    }
    EXPECT_EQ(tiny().json("/api/clusters?min=5", 400)["remedy"], "Send min[enterprise_count]=100");
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
    EXPECT_EQ(tiny().json("/api/measures/leverage/histogram")["missing"], 6);
    EXPECT_EQ(tiny().json("/api/measures/shoe_size/histogram", 404)["status"], 404);
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
    const auto told = tiny().json("/api/methods");
    EXPECT_FALSE(told["parameters"].empty());
    std::vector<std::string> story;
    for (const auto& page : told["pages"]) {
        story.push_back(page["slug"]);
    }
    EXPECT_EQ(story,
              (std::vector<std::string>{"location", "location-projection", "linkage", "rdi-active",
                                        "sectors", "clustering", "outlines", "names", "measures",
                                        "types", "areas", "disclosure"}))
        << "a new page has its place in kStory";
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
        EXPECT_EQ(count.get<int>() % 5, 0) << "grids of 24 and 25 columns would tell of one site";
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

TEST(OfficialDisclosure, TellsNoDensityOfFewFirmsHoweverManySitesTheyHave) {
    TestAtlas official("official-density",
                       "update run set value = 'official' where parameter = 'disclosure';"
                       "update site set firm_id = (select min(firm_id) from firm_sector)");
    const json density = official.json("/api/sectors/advanced-manufacturing/density?columns=4");
    EXPECT_EQ(density["largest"], 0);
    TestAtlas open("open-density",
                   "update site set firm_id = (select min(firm_id) from firm_sector)");
    EXPECT_GT(open.json("/api/sectors/advanced-manufacturing/density?columns=4")["largest"], 0);
}

TEST(OfficialDisclosure, LeavesOutSectorsOfWhichTooFewSitesCount) {
    TestAtlas official("official-sites",
                       "update run set value = 'official' where parameter = 'disclosure';"
                       "update site set in_density = false");
    EXPECT_TRUE(official.json("/api/areas/E12000003")["sectors"].empty())
        << "a quotient of nought would be told of sectors that are there";
}

} // namespace
} // namespace icmap::serve
