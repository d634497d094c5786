#include "link/match_names.hpp"

#include "link/candidates.hpp"
#include "link/edit_distance.hpp"
#include "link/name_evidence.hpp"
#include "link/name_index.hpp"
#include "link/near_words.hpp"
#include "names/organisation_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace icmap::link {
namespace {

/// A register of a few firms among many, and what is asked of it.
struct Town {
    Register registered;
    Mentions mentions;

    Town() {
        // A thousand other firms, so that words have frequencies: each with a word of its own.
        for (int i = 0; i < 1000; ++i) {
            firm(fmt::format("Filler{}x Engineering Ltd",
                             std::string(static_cast<std::size_t>(i % 7) + 1,
                                         static_cast<char>('A' + i % 26)) +
                                 std::to_string(i)),
                 fmt::format("ZZ{} 1AA", i % 90));
        }
    }
    std::uint32_t firm(const std::string& name, const std::string& postcode,
                       const std::string& former = "", std::int32_t born = kNoDay) {
        const names::NameRules& rules = names::NameRules::standard();
        const std::uint32_t id = registered.firms++;
        const auto add = [&](const std::string& text, bool is_former) {
            registered.names.add(rules.key(text));
            registered.entity.push_back(id);
            registered.is_former.push_back(is_former ? 1 : 0);
            registered.form.push_back(names::legal_form_of(text));
        };
        add(name, false);
        if (!former.empty()) {
            add(former, true);
        }
        registered.first_place.push_back(registered.postcodes.size());
        const std::uint32_t place = registered.places.add(postcode);
        if (place != kNoPlace) {
            registered.postcodes.push_back(place);
            registered.places.count(place);
        }
        registered.born_day.push_back(born);
        registered.gone_day.push_back(kNoDay);
        return id;
    }
    Match ask(const std::string& name, const std::string& postcode, std::int32_t day = kNoDay,
              std::size_t* candidates = nullptr, MatchOptions options = {}) {
        const names::NameRules& rules = names::NameRules::standard();
        Mentions one;
        one.keys.add(rules.key(name));
        one.has_form.push_back(rules.has_legal_form(name) ? 1 : 0);
        one.form.push_back(names::legal_form_of(name));
        one.postcode.push_back(registered.places.add(postcode));
        one.first_day.push_back(day);
        one.last_day.push_back(day);
        Register all = registered;
        all.first_place.push_back(all.postcodes.size());
        options.on_register = 0.7;
        const Matches matches = match_names(all, one, options, standard_weight);
        if (candidates != nullptr) {
            *candidates = matches.candidates.size();
        }
        return matches.links[0];
    }
};

/// Whether a name of the entity is compared with a mention that gives no postcode.
bool is_compared(const Town& town, const std::string& mention, std::uint32_t entity) {
    Register all = town.registered;
    all.first_place.push_back(all.postcodes.size());
    Mentions one;
    one.keys.add(names::NameRules::standard().key(mention));
    one.postcode.push_back(kNoPlace);
    const NameIndex index = index_names(all, one, {}, standard_weight);
    CandidateSearch search(index);
    const auto found = search.find(0, kNoPlace);
    return std::any_of(found.begin(), found.end(),
                       [&](std::uint32_t name) { return all.entity[name] == entity; });
}

/// So many names with ANALYTICS that the word leads nowhere.
Town town_of_analysts() {
    Town town;
    for (std::uint32_t i = 0; i < kMostNamesOfWord + 100; ++i) {
        town.firm(fmt::format("Analyst{} Analytics Ltd", i), "ZZ1 1AA");
    }
    return town;
}

TEST(CandidateSearch, TellsNamesOfOneRareWordApartByTheCommonWordBesideIt) {
    Town town = town_of_analysts();
    for (int i = 0; i < 60; ++i) {
        town.firm(fmt::format("Dufeall Trade{} Ltd", i), "ZZ1 1AA");
    }
    const auto meant = town.firm("Dufeall Analytics Ltd", "ZZ1 1AA");
    EXPECT_TRUE(is_compared(town, "Dufeall Analytics Marketiing", meant));
}

TEST(CandidateSearch, TakesTheWordThatIsThereBeforeManyThatAreLikeIt) {
    Town town = town_of_analysts();
    for (const char letter : std::string("ABCDFGHIJKLMNOPQRSTUVWXYZ")) {
        town.firm(fmt::format("N{}toll Ltd", letter), "ZZ1 1AA");
        town.firm(fmt::format("Ne{}oll Ltd", letter == 'T' ? 'E' : letter), "ZZ1 1AA");
    }
    town.firm("Netoll Hats Ltd", "ZZ1 1AA");
    town.firm("Netoll Caps Ltd", "ZZ1 1AA");
    const auto meant = town.firm("Netoll Analytics Ltd", "ZZ1 1AA");
    EXPECT_TRUE(is_compared(town, "Netoll Analytics Global", meant));
}

TEST(MatchNames, LinksAnEqualNameAtTheSamePostcode) {
    Town town;
    const auto beta = town.firm("Beta Technology Limited", "DN4 5HZ");
    const Match match = town.ask("BETA TECHNOLOGIES LTD.", "DN4 5HZ");
    EXPECT_EQ(match.entity, beta);
    EXPECT_EQ(match.method, MatchMethod::name_and_postcode);
    EXPECT_GT(match.score, 0.99);
}

TEST(MatchNames, LinksTheOnlyBearerOfARareNameFromAnotherAddressInTown) {
    Town town;
    const auto power = town.firm("ITM POWER (TRADING) LIMITED", "S9 1DZ");
    const Match match = town.ask("Itm Power (Trading) Limited", "S4 7QQ");
    EXPECT_EQ(match.entity, power);
    EXPECT_EQ(match.method, MatchMethod::name);
}

TEST(MatchNames, MakesACommonNameElsewhereACandidateNotALink) {
    Town town;
    for (int i = 0; i < 40; ++i) {
        town.firm(fmt::format("Alpha{} Solutions Ltd", i), "AB1 1AA");
        town.firm(fmt::format("Northern Thing{} Ltd", i), "AB1 1AB");
    }
    town.firm("Northern Solutions Ltd", "S1 1AA");
    std::size_t candidates = 0;
    const Match match = town.ask("Northern Solutions", "EX1 1AA", kNoDay, &candidates);
    EXPECT_EQ(match.method, MatchMethod::none);
    EXPECT_EQ(candidates, 1U);
}

TEST(MatchNames, TellsTwoFirmsOfOneNameApartByTheirPostcodes) {
    Town town;
    const auto north = town.firm("Quorndon Optics Limited", "S1 1AA");
    const auto south = town.firm("Quorndon Optics LLP", "EX4 4QQ");
    EXPECT_EQ(town.ask("Quorndon Optics", "EX4 4QQ").entity, south);
    EXPECT_EQ(town.ask("Quorndon Optics", "S1 1AA").entity, north);
    std::size_t candidates = 0;
    EXPECT_EQ(town.ask("Quorndon Optics", "", kNoDay, &candidates).method, MatchMethod::none);
    EXPECT_EQ(candidates, 2U);
}

TEST(MatchNames, ForgivesMisspellingsShortenedAndJoinedWords) {
    Town town;
    const auto masters = town.firm("Sheffield Forge Masters Engineering Limited", "S9 2RW");
    for (const char* name :
         {"Sheffeild Forge Masters Engineering Ltd", "Sheffield Forgemasters Engineering",
          "Sheffield Forge Masters", "Forge Masters Engineering Sheffield (UK) Ltd"}) {
        const Match match = town.ask(name, "S9 2RW");
        EXPECT_EQ(match.entity, masters) << name;
        EXPECT_EQ(match.method, MatchMethod::fuzzy) << name;
    }
}

TEST(MatchNames, DoesNotTakeTheNeighbourInTheSameBuilding) {
    Town town;
    town.firm("Kirkstall Engineering Limited", "S3 7QB");
    EXPECT_EQ(town.ask("Plasflow Engineering Limited", "S3 7QB").method, MatchMethod::none);
    town.firm("Unit 2 Engineering Limited", "S3 7QC");
    EXPECT_EQ(town.ask("Unit 3 Engineering Limited", "S3 7QC").method, MatchMethod::none);
}

TEST(MatchNames, KnowsFormerNames) {
    Town town;
    const auto firm = town.firm("Vulcan Widgets Limited", "S1 1AA", "Old Hammer Works Limited");
    const Match match = town.ask("Old Hammer Works Ltd", "S1 1AA");
    EXPECT_EQ(match.entity, firm);
    EXPECT_EQ(match.method, MatchMethod::name_and_postcode);
}

TEST(MatchNames, DoubtsAFirmThatDidNotExistYet) {
    Town town;
    const auto old_firm = town.firm("Quorndon Optics Limited", "S1 1AA", "", 0);
    town.firm("Quorndon Optics (2020) Limited", "S1 1AA", "", 18300);
    const auto reborn = town.firm("Perlemax Limited", "S3 7HQ", "", 18300);
    EXPECT_EQ(town.ask("Quorndon Optics Limited", "S1 1AA", 15000).entity, old_firm);
    const double then = town.ask("Perlemax Limited", "S3 7RD", 15000).score;
    const Match now = town.ask("Perlemax Limited", "S3 7RD", 19000);
    EXPECT_EQ(now.entity, reborn);
    EXPECT_LT(then, now.score);
}

TEST(MatchNames, DoesNotTakeAnotherCompanyOfTheGroupForTheOneThatIsNamed) {
    Town town;
    const auto holdings = town.firm("Quorndon Optics Holdings PLC", "S1 1AA");
    std::size_t candidates = 0;
    MatchOptions options;
    options.candidate_threshold = 0.05;
    EXPECT_EQ(town.ask("Quorndon Optics Limited", "S1 1AA", kNoDay, &candidates, options).method,
              MatchMethod::none);
    EXPECT_EQ(candidates, 1U) << "but somebody may look at it";
    // Who leaves out the legal form does not say which company of the group.
    const Match group = town.ask("Quorndon Optics", "S1 1AA");
    EXPECT_EQ(group.entity, holdings);
    EXPECT_LT(group.score, 0.95);
    const auto itself = town.firm("Quorndon Optics Limited", "S1 1AA");
    const Match match = town.ask("Quorndon Optics Limited", "S1 1AA");
    EXPECT_EQ(match.entity, itself);
    EXPECT_GT(match.score, 0.99);
}

TEST(MatchNames, IsLessSureOfANameTheFartherItIsAway) {
    Town town;
    town.firm("Perlemax Limited", "S3 7HQ");
    MatchOptions any;
    any.threshold = 0.01;
    double last = 1.0;
    for (const char* postcode : {"S3 7HQ", "S3 7AA", "S3 8AA", "S10 1AA", "EX1 1AA"}) {
        const Match match = town.ask("Perlemax Limited", postcode, kNoDay, nullptr, any);
        EXPECT_LT(match.score, last) << postcode;
        last = match.score;
    }
    EXPECT_GT(last, 0.9) << "the law allows the name once";
    EXPECT_LT(last, 0.99);
    const Match no_form = town.ask("Perlemax", "EX1 1AA", kNoDay, nullptr, any);
    EXPECT_LT(no_form.score, last);
    const Match other_form = town.ask("Perlemax LLP", "EX1 1AA", kNoDay, nullptr, any);
    EXPECT_LT(other_form.score, last);
    EXPECT_GT(other_form.score, 0.0);
}

TEST(MatchNames, WantsEqualNamesWhereFuzzyMatchingIsOff) {
    Town town;
    const auto beta = town.firm("Beta Technology Limited", "DN4 5HZ");
    MatchOptions options;
    options.fuzzy = false;
    EXPECT_EQ(town.ask("Beta Technolgy Ltd", "DN4 5HZ", kNoDay, nullptr, options).method,
              MatchMethod::none);
    EXPECT_EQ(town.ask("Beta Technology Ltd", "DN4 5HZ", kNoDay, nullptr, options).entity, beta);
}

TEST(MatchNames, CopesWithNoNamesAtAll) {
    const Matches matches = match_names({}, {}, {}, standard_weight);
    EXPECT_TRUE(matches.links.empty());
}

TEST(EditDistance, CountsInsertedLostReplacedAndSwappedLetters) {
    EXPECT_EQ(edit_distance("ENGINEERING", "ENGINEERING", 2), 0);
    EXPECT_EQ(edit_distance("ENGINERING", "ENGINEERING", 2), 1);
    EXPECT_EQ(edit_distance("ENIGNEERING", "ENGINEERING", 2), 1);
    EXPECT_EQ(edit_distance("ENGINAERING", "ENGINEERING", 2), 1);
    EXPECT_EQ(edit_distance("ENIGNERING", "ENGINEERING", 2), 2);
    EXPECT_EQ(edit_distance("STEEL", "GLASS", 2), 3);
    EXPECT_EQ(edit_distance("", "AB", 2), 2);
    EXPECT_EQ(edit_distance(std::string(40, 'A'), std::string(41, 'A'), 2), 3);
}

TEST(NearWords, FindWhatBruteForceFinds) {
    WordTable table;
    std::vector<std::uint32_t> asked;
    std::uint64_t state = 7;
    const auto draw = [&](std::uint64_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33U) % n;
    };
    for (int i = 0; i < 3000; ++i) {
        std::string word;
        for (std::uint64_t length = 4 + draw(5); word.size() < length;) {
            word += static_cast<char>('A' + draw(3));
        }
        const std::uint32_t id = table.add(word);
        if (i % 10 == 0 && std::find(asked.begin(), asked.end(), id) == asked.end()) {
            asked.push_back(id);
        }
    }
    const std::vector<std::uint8_t> known(table.size(), 1);
    const NearWords near(table, asked, known);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        for (std::uint32_t id = 0; id < table.size(); ++id) {
            const bool is_near =
                id != asked[i] && edit_distance(table.word(asked[i]), table.word(id), 1) <= 1;
            const auto found = near.of(i);
            const bool is_found =
                std::any_of(found.begin(), found.end(),
                            [id](const NearWord& one) { return one.word == id && one.edits == 1; });
            ASSERT_EQ(is_near, is_found) << table.word(asked[i]) << " " << table.word(id);
        }
    }
}

TEST(PostcodePlaces, KnowHowNearTwoPostcodesAre) {
    PostcodePlaces places;
    const auto here = places.add("S10 2TN");
    places.count(here);
    EXPECT_EQ(places.nearness(here, places.add("S10 2TN")), Nearness::unit);
    EXPECT_EQ(places.nearness(here, places.add("S10 2TA")), Nearness::sector);
    EXPECT_EQ(places.nearness(here, places.add("S10 5AA")), Nearness::district);
    EXPECT_EQ(places.nearness(here, places.add("S1 2TN")), Nearness::area);
    EXPECT_EQ(places.nearness(here, places.add("S10")), Nearness::district);
    EXPECT_EQ(places.nearness(here, places.add("SW1A 1AA")), Nearness::elsewhere);
    EXPECT_EQ(places.nearness(here, places.add("")), Nearness::unknown);
    EXPECT_EQ(places.add("75008"), kNoPlace);
    EXPECT_EQ(places.firms(here, Nearness::district), 1U);
    EXPECT_EQ(places.firms(places.add("S10 5AA"), Nearness::unit), 0U);
}

} // namespace
} // namespace icmap::link
