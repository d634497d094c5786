#include "names/slug.hpp"

#include <gtest/gtest.h>

namespace icmap::names {
namespace {

TEST(Slug, JoinsTheWordsOfANameWithSingleHyphens) {
    EXPECT_EQ(slugify("AI & machine learning"), "ai-machine-learning");
    EXPECT_EQ(slugify("  King's Lynn / (West) "), "kings-lynn-west");
    EXPECT_EQ(slugify("already-a-slug-2"), "already-a-slug-2");
}

TEST(Slug, IsEmptyWhereNoLetterOrDigitIsLeft) {
    EXPECT_EQ(slugify(" – & "), "");
}

} // namespace
} // namespace icmap::names
