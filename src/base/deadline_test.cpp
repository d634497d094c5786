#include "base/deadline.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Deadline, NeverPassesUnlessOneIsSet) {
    EXPECT_FALSE(Deadline().has_passed());
    EXPECT_TRUE(Deadline().check());
    EXPECT_TRUE(Deadline(std::chrono::hours(1)).check());
}

TEST(Deadline, StopsWhatComesAfterIt) {
    const Deadline past(std::chrono::milliseconds(0));
    EXPECT_TRUE(past.has_passed());
    const Result<void> checked = past.check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, ErrorKind::stopped);
}

} // namespace
} // namespace icmap
