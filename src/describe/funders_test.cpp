#include "describe/funders.hpp"

#include "base/embedded.hpp"

#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

const Funders& standard() {
    static const Funders kFunders =
        Funders::parse(base::find_text(reference::texts(), "funders.toml").value()).value();
    return kFunders;
}

TEST(Funders, AreThoseThatGatewayToResearchNames) {
    for (const char* name :
         {"AHRC", "BBSRC", "EPSRC", "ESRC", "MRC", "NERC", "STFC", "NC3Rs", "UKRI", "UKRI FLF",
          "ISCF", "SPF", "ISPF", "GCRF", "Newton Fund", "Horizon Europe Guarantee", "COVID"}) {
        EXPECT_EQ(standard().purse(name), "ukri") << name;
    }
    EXPECT_EQ(standard().purse("Innovate UK"), "innovate_uk");
    EXPECT_EQ(standard().purse("EU"), "eu");
}

TEST(Funders, AreKnownByTheirLongNamesHoweverTyped) {
    for (const char* name :
         {"Engineering and Physical Sciences Research Council", "Medical Research Council (MRC)",
          "THE ARTS & HUMANITIES RESEARCH COUNCIL", "Natural Environment Research Council - NERC",
          "UKRI - EPSRC", "STFC (part of UKRI)", " epsrc ", "Research England",
          "UK Research and Innovation", "UKRI Metascience Unit",
          "National Centre for the Replacement, Refinement and Reduction of Animals in Research"}) {
        EXPECT_EQ(standard().purse(name), "ukri") << name;
    }
}

TEST(Funders, OfInnovateUkAreNotUkrisToo) {
    for (const char* name :
         {"INNOVATE UK", "Innovate UK (part of UKRI)", "UKRI / Innovate UK", "UKRI Innovate UK",
          "Innovate UK Smart", "Technology Strategy Board"}) {
        EXPECT_EQ(standard().purse(name), "innovate_uk") << name;
    }
}

TEST(Funders, OfOtherNamesHaveNoPurse) {
    for (const char* name : {"", "Wellcome Trust", "Welsh Government", "Research Council of Norway",
                             "Medical Research Council (South Africa)", "Welsh Government - COVID",
                             "UKRIDGE Foundation", "European Space Agency"}) {
        EXPECT_EQ(standard().purse(name), "") << name;
    }
}

TEST(Funders, TableWithoutAPurseIsAnErrorThatNamesTheLine) {
    const auto funders = Funders::parse("\n[[purse]]\nnames = [\"EPSRC\"]\n");
    ASSERT_FALSE(funders);
    EXPECT_EQ(funders.error().line, 2U);
    EXPECT_EQ(funders.error().field, "purse");
}

} // namespace
} // namespace icmap::describe
