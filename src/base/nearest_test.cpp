#include "base/nearest.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace icmap {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("postcode", "postcdoe"), 1U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
}

TEST(NearestWord, FindsTheColumnThatWasMeant) {
    const std::vector<std::string> columns{"CompanyName", "RegAddress.PostCode", "URI"};
    EXPECT_EQ(nearest_word("company_name", columns), "CompanyName");
    EXPECT_EQ(nearest_word("RegAdress.Postcode", columns), "RegAddress.PostCode");
}

TEST(NearestWord, SaysNothingWhenNothingIsNear) {
    const std::vector<std::string> columns{"lat", "long"};
    EXPECT_FALSE(nearest_word("CompanyNumber", columns));
    EXPECT_FALSE(nearest_word("x", {}));
}

} // namespace
} // namespace icmap
