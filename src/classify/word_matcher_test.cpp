#include "classify/word_matcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::classify {
namespace {

std::vector<std::string> words_found(const WordMatcher& matcher, std::string_view text) {
    WordMatcher::Scratch scratch;
    std::vector<std::string> words;
    for (const TermHit& hit : matcher.find(text, scratch)) {
        words.emplace_back(hit.words);
    }
    return words;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WordMatcher, MatchesWholeWordsWithoutCase) {
    WordMatcher matcher;
    matcher.add("ai");
    EXPECT_THAT(words_found(matcher, "ACME AI LTD"), ElementsAre("ai"));
    EXPECT_THAT(words_found(matcher, "FACULTY.AI"), ElementsAre("ai"));
    EXPECT_THAT(words_found(matcher, "AIRCON SERVICES"), IsEmpty());
    EXPECT_THAT(words_found(matcher, "MAIL"), IsEmpty());
    EXPECT_THAT(words_found(matcher, "A I SMITH"), IsEmpty());
}

TEST(WordMatcher, MatchesPhrasesAcrossPunctuation) {
    WordMatcher matcher;
    matcher.add("li ion");
    matcher.add("e-commerce");
    EXPECT_THAT(words_found(matcher, "Li-ion cells for E Commerce"),
                ElementsAre("li ion", "e commerce"));
    EXPECT_THAT(words_found(matcher, "li charged ion"), IsEmpty());
}

TEST(WordMatcher, AStarMatchesTheRestOfAWordOnly) {
    WordMatcher matcher;
    matcher.add("quantum comput*");
    EXPECT_THAT(words_found(matcher, "quantum computers"), ElementsAre("quantum computers"));
    EXPECT_THAT(words_found(matcher, "quantum comput"), ElementsAre("quantum comput"));
    EXPECT_THAT(words_found(matcher, "quantum com puters"), IsEmpty());
}

TEST(WordMatcher, FindsOverlappingPhrasesAndGivesEachOnce) {
    WordMatcher matcher;
    const auto fuel = matcher.add("hydrogen fuel*");
    const auto cell = matcher.add("fuel cell*");
    EXPECT_EQ(matcher.add("fuel cell*"), cell);
    WordMatcher::Scratch scratch;
    const auto hits = matcher.find("Hydrogen fuel cells and more fuel cells", scratch);
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].term, fuel);
    EXPECT_EQ(hits[1].term, cell);
    EXPECT_EQ(hits[1].words, "fuel cells");
}

TEST(WordMatcher, DropsApostrophesAndKeepsForeignLettersInsideWords) {
    WordMatcher matcher;
    matcher.add("its");
    matcher.add("caf");
    EXPECT_THAT(words_found(matcher, "it's"), ElementsAre("its"));
    EXPECT_THAT(words_found(matcher, "café"), IsEmpty());
}

TEST(WordMatcher, RefusesPhrasesThatCannotMatch) {
    EXPECT_TRUE(WordMatcher::is_phrase("5g"));
    EXPECT_TRUE(WordMatcher::is_phrase("photonic*"));
    EXPECT_FALSE(WordMatcher::is_phrase(""));
    EXPECT_FALSE(WordMatcher::is_phrase("..."));
    EXPECT_FALSE(WordMatcher::is_phrase("*tonic"));
    EXPECT_FALSE(WordMatcher::is_phrase("ph*tonic"));
    EXPECT_FALSE(WordMatcher::is_phrase("ai*"));
    EXPECT_FALSE(WordMatcher::is_phrase("quantum *"));
    EXPECT_FALSE(WordMatcher::is_phrase("café"));
}

TEST(WordMatcher, AgreesWithASearchOfPaddedText) {
    const std::vector<std::string> phrases{"a b", "b a", "a", "b b a", "a a"};
    WordMatcher matcher;
    for (const std::string& phrase : phrases) {
        matcher.add(phrase);
    }
    WordMatcher::Scratch scratch;
    for (unsigned bits = 0; bits < 256; ++bits) {
        std::string text = " ";
        for (unsigned i = 0; i < 8; ++i) {
            text += (bits >> i & 1U) != 0 ? "a " : "b ";
        }
        std::vector<std::uint32_t> expected;
        for (std::uint32_t p = 0; p < phrases.size(); ++p) {
            if (text.find(" " + phrases[p] + " ") != std::string::npos) {
                expected.push_back(p);
            }
        }
        std::vector<std::uint32_t> found;
        for (const TermHit& hit : matcher.find(text, scratch)) {
            found.push_back(hit.term);
        }
        EXPECT_EQ(found, expected) << text;
    }
}

} // namespace
} // namespace icmap::classify
