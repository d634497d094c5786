// What is told of several clusters and areas beside one another, and of an area year by year.
#include "serve/test_atlas.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace icmap::serve {
namespace {
using nlohmann::json;

std::set<std::string> institutions_of(const std::string& cluster) {
    std::set<std::string> keys;
    const json profile = tiny().json("/api/clusters/" + cluster);
    for (const json& node : profile["links"]["nodes"]) {
        if (node["kind"] == "institution") {
            keys.insert(node["key"]);
        }
    }
    return keys;
}

TEST(SharedPartners, AreTheInstitutionsThatTheProfilesOfBothName) {
    const std::set<std::string> first = institutions_of("0");
    const std::set<std::string> second = institutions_of("2");
    std::set<std::string> both;
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                          std::inserter(both, both.end()));
    ASSERT_FALSE(both.empty());
    const json answer = tiny().json("/api/compare/partners?cluster=0,2");
    EXPECT_EQ(answer["compared"], json({"0", "2"}));
    std::set<std::string> told;
    for (const json& partner : answer["partners"]) {
        if (partner["kind"] == "institution") {
            told.insert("institution:" + partner["key"].get<std::string>());
        }
        ASSERT_EQ(partner["of"].size(), 2U) << partner;
        EXPECT_GT(partner["of"][0]["projects"], 0);
    }
    EXPECT_EQ(told, both);
}

TEST(SharedPartners, AreFirmsTooButNeverAPartOfWhatIsCompared) {
    // Firm 74 is in no cluster; with it in a project of members of both, it is a partner of both.
    TestAtlas atlas("partners",
                    "insert into participation (project_id, organisation, is_withdrawn, firm_id, "
                    "link_method) select project_id, 'Outsider', false, 74, 'number' from project");
    const json members = atlas.json("/api/clusters/0/members?limit=1000");
    const json firm = atlas.json("/api/firms/ZZ000075");
    ASSERT_TRUE(firm["clusters"].empty());
    std::map<std::string, std::size_t> compared_of;
    const json answer = atlas.json("/api/compare/partners?cluster=0,2");
    for (const json& partner : answer["partners"]) {
        if (partner["kind"] == "firm") {
            compared_of[partner["key"]] = partner["of"].size();
        }
    }
    EXPECT_EQ(compared_of["ZZ000075"], 2U);
    for (const json& member : members["members"]) {
        EXPECT_EQ(compared_of.count(member["company_number"]), 0U) << member;
    }
}

TEST(SharedPartners, OfAreasAndOfTooFew) {
    const json answer = tiny().json("/api/compare/partners?area=E08000019,E08000018&cluster=2");
    EXPECT_EQ(answer["compared"], json({"2", "E08000019", "E08000018"})) << "clusters first";
    ASSERT_FALSE(answer["partners"].empty());
    for (const json& partner : answer["partners"]) {
        EXPECT_GE(partner["of"].size(), 2U) << partner;
    }
    EXPECT_EQ(tiny().json("/api/compare/partners?cluster=0", 400)["parameter"], "cluster");
    EXPECT_EQ(tiny().json("/api/compare/partners?cluster=0,none", 400)["value"], "none");
    EXPECT_EQ(tiny().json("/api/compare/partners?area=none,E08000018", 400)["parameter"], "area");
}

TEST(SharedPartners, AreNoFirmsUnderOfficialDisclosure) {
    TestAtlas official("official-partners",
                       "update run set value = 'official' where parameter = 'disclosure';"
                       "insert into participation (project_id, organisation, is_withdrawn, "
                       "firm_id, link_method) select project_id, 'Outsider', false, 74, 'number' "
                       "from project");
    const json answer = official.json("/api/compare/partners?cluster=0,2");
    for (const json& partner : answer["partners"]) {
        EXPECT_EQ(partner["kind"], "institution");
    }
    EXPECT_TRUE(official.json("/api/areas/E08000019/years")["years"].empty());
}

TEST(AreaYears, EndWithTheFirmsThatThereAre) {
    const json answer = tiny().json("/api/areas/E08000019/years");
    const json& years = answer["years"];
    ASSERT_GT(years.size(), 5U);
    EXPECT_EQ(years.back()["enterprises"], tiny().json("/api/areas/E08000019")["totals"]["firms"]);
    for (std::size_t i = 1; i < years.size(); ++i) {
        EXPECT_EQ(years[i]["year"].get<int>(), years[i - 1]["year"].get<int>() + 1);
    }
    EXPECT_EQ(tiny().json("/api/areas/nowhere/years", 404)["status"], 404);
}

TEST(AreaYears, ShareMoneyOutOverTheSitesOfAFirm) {
    TestAtlas atlas("area-years",
                    "update participation set award_gbp = 0 where award_gbp is not null;"
                    "update participation set award_gbp = 900 where project_id = 0 and firm_id = "
                    "(select min(firm_id) from participation where project_id = 0);"
                    "update project set start_date = '2020-05-01' where project_id = 0");
    double all = 0.0;
    for (const char* region : {"E12000003", "E12000004"}) {
        const json answer = atlas.json(std::string("/api/areas/") + region + "/years");
        for (const json& year : answer["years"]) {
            if (year["year"] == 2020 && !year["public_funding_gbp"].is_null()) {
                all += year["public_funding_gbp"].get<double>();
            }
        }
    }
    EXPECT_DOUBLE_EQ(all, 900.0) << "the regions hold every site, each once";
}

} // namespace
} // namespace icmap::serve
