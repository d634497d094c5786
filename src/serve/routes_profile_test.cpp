// What is told of one cluster, its members, a firm and an institution.
#include "serve/test_atlas.hpp"

#include <map>
#include <set>

namespace icmap::serve {
namespace {
using nlohmann::json;

TEST(ProfileRoute, TellsRelatedSectorsWithTheirStrengthInTheFirstAuthority) {
    const json items = tiny().json("/api/clusters/0")["items"]["adjacent_sector"];
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0]["ref"], "advanced-materials");
    EXPECT_EQ(items[0]["value"], 0.81);
    EXPECT_EQ(items[0]["note"], "1.3 times its usual share in Sheffield");
    EXPECT_EQ(items[1]["note"], "0.6 times its usual share in Sheffield: not strong there");
    TestAtlas official("adjacent-official",
                       "update run set value = 'official' where parameter = 'disclosure'");
    EXPECT_TRUE(official.json("/api/clusters/0")["items"]["adjacent_sector"][0]["note"].is_null())
        << "quotients of exact counts";
}

/// The sentence of a cluster in which the largest firm has a share of so many known jobs.
std::string sentence_with(const char* share, const char* jobs) {
    TestAtlas atlas("largest-firm",
                    (std::string("insert into cluster_measure by name select 0 as cluster_id, "
                                 "'largest_firm_employment_share' as measure, ") +
                     share +
                     " as value;"
                     "update cluster_measure set value = " +
                     jobs + " where measure = 'employment' and cluster_id = 0")
                        .c_str());
    return atlas.json("/api/clusters/0")["summary"];
}

TEST(ClusterRoute, SaysInItsSentenceWhereOneFirmHasMostOfTheJobs) {
    EXPECT_NE(sentence_with("0.629", "900").find("900 known jobs, 62 % of them at one enterprise."),
              std::string::npos);
    EXPECT_NE(sentence_with("0.999", "900").find("900 known jobs, nearly all of them at one"),
              std::string::npos);
    for (const auto& [share, jobs] :
         {std::pair("0.5", "900"), std::pair("0.9", "49"), std::pair("null", "900")}) {
        EXPECT_EQ(sentence_with(share, jobs).find("at one enterprise"), std::string::npos)
            << share << ' ' << jobs;
    }
}

TEST(ClusterRoute, SaysAllInItsSentenceOfAllAlone) {
    const auto sentence = [](const char* share) -> std::string {
        return TestAtlas("all-active", (std::string("update cluster_measure set value = ") + share +
                                        " where measure = 'rdi_active_share' and cluster_id = 0")
                                           .c_str())
            .json("/api/clusters/0")["summary"];
    };
    EXPECT_NE(sentence("1").find("; all show R&D activity"), std::string::npos);
    EXPECT_NE(sentence("0.996").find("; nearly all show R&D activity"), std::string::npos);
    EXPECT_NE(sentence("0.994").find("; 99 % show R&D activity"), std::string::npos);
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

json figure_of(const json& profile, const std::string& measure) {
    for (const json& figure : profile["figures"]) {
        if (figure["measure"] == measure) {
            return figure;
        }
    }
    ADD_FAILURE() << "no figure " << measure;
    return {};
}

TEST(ClusterRoute, RanksEnterprisesAndSaysHowManyShareARank) {
    const json largest = figure_of(tiny().json("/api/clusters/0"), "enterprise_count");
    EXPECT_EQ(largest["value"], 25);
    EXPECT_EQ(largest["rank"], 1);
    EXPECT_EQ(largest["ranked_of"], 2);
    EXPECT_EQ(largest["ranked_alike"], 1);
    EXPECT_TRUE(figure_of(tiny().json("/api/clusters/0"), "extent_km")["rank"].is_null())
        << "longer is neither better nor worse";
    TestAtlas alike("alike", "update cluster set enterprise_count = 25 where sector_id = 0;"
                             "update cluster_measure set rank = 1 where measure = 'patent_share'");
    const json tied = alike.json("/api/clusters/0");
    EXPECT_TRUE(figure_of(tied, "enterprise_count")["rank"].is_null()) << "all share the value";
    EXPECT_EQ(figure_of(tied, "patent_share")["ranked_alike"], 2);
}

TEST(ClusterRoute, TellsHowExactlySitesArePlaced) {
    // Firm 0 has a site that is known to the district only, in the box around the cluster.
    TestAtlas atlas("precision",
                    "insert into site select 9000, 0, 'trading', 'S1', 'district', label_lon_deg, "
                    "label_lat_deg, 0, 0, false, false from cluster where cluster_id = 0");
    const json precision = atlas.json("/api/clusters/0")["precision"];
    ASSERT_EQ(precision.size(), 2U) << precision;
    EXPECT_EQ(precision[0]["precision"], "unit");
    EXPECT_DOUBLE_EQ(precision[0]["share"], 27.0 / 28.0);
    EXPECT_EQ(precision[1]["precision"], "district");
    EXPECT_EQ(tiny().json("/api/clusters/0")["precision"].size(), 1U);
}

TEST(ClusterRoute, TellsHowManyWereActiveInYearsThatTheSourcesReachBackFor) {
    // All evidence is of projects from February 2014 to June 2015, and counts for three years.
    TestAtlas atlas("course", "update run set value = '3' where parameter = "
                              "'evidence.window_years';"
                              "update project set start_date = '2014-02-01', end_date = "
                              "'2015-06-30'; delete from evidence where kind <> "
                              "'public_rd_project'");
    std::map<int, json> share;
    const json profile = atlas.json("/api/clusters/0");
    for (const json& year : profile["years"]) {
        share[year["year"]] = year["rdi_active_share"];
    }
    EXPECT_TRUE(share[2016].is_null()) << "2013 is not in the sources";
    EXPECT_GT(share[2017], 0.2);
    EXPECT_LE(share[2017], 1.0);
    EXPECT_EQ(share[2018], 0.0) << "over for more than three years";
    const std::string csv = content(atlas.get("/api/export/clusters/0/rdi_active_share.csv"));
    EXPECT_NE(csv.find(",year,"), std::string::npos) << csv;
}

TEST(ClusterRoute, CountsNothingByYearUnderOfficialDisclosure) {
    TestAtlas official("official-course",
                       "update run set value = 'official' where parameter = 'disclosure'");
    const json profile = official.json("/api/clusters/0");
    for (const json& year : profile["years"]) {
        for (const char* series : {"rdi_active_share", "projects", "patents", "deals"}) {
            EXPECT_TRUE(year[series].is_null()) << year;
        }
    }
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

} // namespace
} // namespace icmap::serve
