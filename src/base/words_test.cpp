#include "base/words.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Words, OneThingIsSingularNoneAndManyArePlural) {
    EXPECT_EQ(counted(1, "row"), "1 row");
    EXPECT_EQ(counted(0, "row"), "0 rows");
    EXPECT_EQ(counted(75740, "row"), "75,740 rows");
    EXPECT_EQ(counted(2, "taxonomy", "taxonomies"), "2 taxonomies");
}

} // namespace
} // namespace icmap
