#include "base/embedded.hpp"
#include "serve/fold.hpp"
#include "serve/postcodes.hpp"
#include "serve/search_index.hpp"
#include "serve/sector_aliases.hpp"
#include "serve/test_atlas.hpp"

#include <algorithm>
#include <set>

namespace icmap::serve {
namespace {

TEST(Fold, DropsCaseAccentsAndMarks) {
    EXPECT_EQ(fold("  Müller & Søn's, Ltd. "), "muller and sons ltd");
    EXPECT_EQ(fold("Ynys Môn"), "ynys mon");
    EXPECT_EQ(fold("\xFF\xFE"), "");
    EXPECT_EQ(fold("---"), "");
}

SearchIndex index_of(std::initializer_list<const char*> names) {
    SearchIndex::Builder builder;
    std::uint32_t item = 0;
    for (const char* name : names) {
        builder.add(item++, 0.5, name);
    }
    return std::move(builder).finish();
}

std::vector<std::uint32_t> items(const std::vector<Match>& matches) {
    std::vector<std::uint32_t> all;
    for (const Match& match : matches) {
        all.push_back(match.item);
    }
    return all;
}

TEST(SearchIndex, PutsTheWholeNameBeforeItsLongerRelatives) {
    const SearchIndex index = index_of({"Sheffield Forge Masters", "Sheffield", "North Sheffield"});
    EXPECT_EQ(items(index.find("sheffield", 3)), (std::vector<std::uint32_t>{1, 2, 0}));
}

TEST(SearchIndex, FindsByBeginningsInAnyOrder) {
    const SearchIndex index =
        index_of({"Advanced Manufacturing", "Manufacturing Advice", "Mining"});
    EXPECT_EQ(items(index.find("manu adv", 3)).size(), 2U);
    EXPECT_EQ(items(index.find("advanc manuf", 1)), (std::vector<std::uint32_t>{0}));
}

TEST(SearchIndex, ForgivesWrongSwappedAndMissingLetters) {
    const SearchIndex index = index_of({"Rotherham", "Doncaster", "Chesterfield", "Barnsley"});
    for (const auto& [typed, wanted] :
         {std::pair("rothreham", 0U), std::pair("dncaster", 1U), std::pair("chestrefeild", 2U),
          std::pair("barnsly", 3U), std::pair("barnzley", 3U)}) {
        const auto found = items(index.find(typed, 1));
        ASSERT_EQ(found.size(), 1U) << typed;
        EXPECT_EQ(found[0], wanted) << typed;
    }
    EXPECT_TRUE(index.find("manchester", 3).empty());
}

TEST(SearchIndex, LeavesOutOneWordBeforeItGivesUp) {
    const SearchIndex index = index_of({"University of Sheffield"});
    EXPECT_EQ(index.find("sheffield university press", 1).size(), 1U);
    EXPECT_TRUE(index.find("zebra crossing", 1).empty());
}

TEST(SearchIndex, AnswersNothingToNothing) {
    EXPECT_TRUE(index_of({}).find("x", 5).empty());
    EXPECT_TRUE(index_of({"a"}).find("", 5).empty());
    EXPECT_TRUE(index_of({"a"}).find("!!!", 5).empty());
    EXPECT_TRUE(index_of({"a"}).find("a", 0).empty());
}

TEST(Postcodes, AreReadInAnySpelling) {
    EXPECT_EQ(Postcodes::normalise(" s10 2tn"), "S102TN");
    EXPECT_EQ(Postcodes::normalise("sheffield"), "");
    EXPECT_EQ(Postcodes::normalise("10 downing"), "");
    EXPECT_EQ(Postcodes::normalise(""), "");
}

std::string first_hit(const std::string& query) {
    const auto hits = tiny().json("/api/search?q=" + query)["hits"];
    return hits.empty()
               ? ""
               : hits[0]["kind"].get<std::string>() + ' ' + hits[0]["label"].get<std::string>();
}

TEST(SectorAliases, AreOfSectorsThatThereAreAndOfOneSpellingEach) {
    const auto aliases = sector_aliases().value();
    std::string definitions;
    for (const base::EmbeddedText& text : reference::texts()) {
        definitions += text.path.starts_with("sectors/") ? text.text : "";
    }
    EXPECT_GT(aliases.size(), 50U);
    for (const auto& [slug, words] : aliases) {
        EXPECT_NE(definitions.find("slug = \"" + slug + '"'), std::string::npos) << slug;
        EXPECT_FALSE(words.empty()) << slug;
        std::set<std::string> folded;
        for (const std::string& word : words) {
            EXPECT_FALSE(fold(word).empty()) << slug;
            EXPECT_TRUE(folded.insert(fold(word)).second) << slug << ' ' << word;
        }
    }
}

TEST(SearchRoute, KnowsEverydayWordsForSectorsAndAuthoritiesByTheirCouncils) {
    EXPECT_EQ(first_hit("qubits"), "sector Quantum technologies");
    EXPECT_EQ(first_hit("QUANTUM+COMPUTNG"), "sector Quantum technologies");
    EXPECT_EQ(first_hit("graphene"), "sector Advanced materials");
    EXPECT_EQ(first_hit("biotech"), "sector Life sciences");
    EXPECT_EQ(first_hit("sheffield+city+council"), "area Sheffield");
    EXPECT_EQ(first_hit("Sheffeild+council"), "area Sheffield");
    const auto hits = tiny().json("/api/search?q=quantum+qubits&limit=50")["hits"];
    EXPECT_EQ(std::count_if(hits.begin(), hits.end(),
                            [](const auto& hit) { return hit["key"] == "quantum"; }),
              1)
        << "a sector of several names is one";
}

TEST(SearchRoute, CallsAnAreaWhatPeopleCallItsLevel) {
    const auto hits = tiny().json("/api/search?kind=area&q=sheffield")["hits"];
    ASSERT_FALSE(hits.empty());
    EXPECT_EQ(hits[0]["detail"], "local authority");
    for (const auto& level : tiny().json("/api/atlas")["area_levels"]) {
        if (level["level"] == "lower_tier") {
            EXPECT_EQ(level["label"], "Local authority");
        }
    }
}

TEST(SearchRoute, FindsAnAreaByTheNameItHadAndSaysSo) {
    for (const char* query : {"sheffield+city+region", "Sheffeild+City+Regoin"}) {
        const auto hits = tiny().json(std::string("/api/search?q=") + query)["hits"];
        ASSERT_FALSE(hits.empty()) << query;
        EXPECT_EQ(hits[0]["label"], "South Yorkshire") << query;
        EXPECT_EQ(hits[0]["detail"], "combined authority, Sheffield City Region until 2021");
        EXPECT_EQ(std::count_if(hits.begin(), hits.end(),
                                [](const auto& hit) { return hit["key"] == "E47000002"; }),
                  1)
            << "an area of several names is one";
    }
    EXPECT_EQ(first_hit("sheffield"), "place Sheffield") << "the former name does not come before";
}

TEST(SearchRoute, TakesTheBeginningOfAPostcodeForOne) {
    const std::string whole = tiny().json("/api/firms/ZZ000007")["sites"][0]["postcode"];
    const std::string district = whole.substr(0, whole.find(' '));
    EXPECT_EQ(first_hit(district + whole.substr(whole.find(' ') + 1, 1)).substr(0, 9), "postcode ");
    const auto hits = tiny().json("/api/search?kind=postcode&q=" + district)["hits"];
    EXPECT_FALSE(hits.empty());
    for (const auto& hit : hits) {
        EXPECT_TRUE(hit["label"].get<std::string>().starts_with(district + ' ')) << hit;
    }
}

TEST(SearchIndex, GivesTheBestOfWhatAnyWordLeftOutLeaves) {
    const SearchIndex index = index_of({"Quantum technologies", "Sheffield", "Leeds"});
    const auto found = index.find("quantum sheffield", 5);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].item, 1U) << "the whole name before half a name";
    EXPECT_EQ(found[1].item, 0U);
}

TEST(SearchRoute, FindsClustersByTheirPlaceAloneAfterThePlaceItself) {
    const auto hits = tiny().json("/api/search?q=sheffield&limit=10")["hits"];
    const auto is_cluster = [](const auto& hit) { return hit["kind"] == "cluster"; };
    const auto found = std::find_if(hits.begin(), hits.end(), is_cluster);
    ASSERT_NE(found, hits.end());
    EXPECT_FALSE(is_cluster(hits[0]));
    for (auto hit = hits.begin(); hit != found; ++hit) {
        EXPECT_EQ((*hit)["label"], "Sheffield") << "before clusters only what is called so";
    }
}

TEST(SearchRoute, RanksPlacesAreasClustersAndFirms) {
    EXPECT_EQ(first_hit("leds"), "place Leeds") << "a typing error";
    EXPECT_EQ(first_hit("university%20of%20leeds"), "institution University of Leeds");
    EXPECT_EQ(first_hit("south%20yorks"), "area South Yorkshire");
    EXPECT_EQ(first_hit("quantum"), "sector Quantum technologies");
    const auto firm = tiny().json("/api/firms/ZZ000007");
    std::string name = firm["name"];
    std::replace(name.begin(), name.end(), ' ', '+');
    const auto hits = tiny().json("/api/search?kind=firm&q=" + name)["hits"];
    ASSERT_FALSE(hits.empty());
    EXPECT_EQ(hits[0]["key"], "ZZ000007");
    const std::string postcode = firm["sites"][0]["postcode"];
    EXPECT_EQ(first_hit(postcode.substr(0, postcode.find(' ')) + "%20" +
                        postcode.substr(postcode.find(' ') + 1)),
              "postcode " + postcode);
    EXPECT_EQ(tiny().json("/api/search", 400)["parameter"], "q");
    EXPECT_EQ(tiny().json("/api/search?q=x&kind=dog", 400)["parameter"], "kind");
}

} // namespace
} // namespace icmap::serve
