#include "base/progress.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap {
namespace {

TEST(Grouped, PutsACommaEveryThreeDigits) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(5600000), "5,600,000");
}

TEST(Progress, GoesOnWhereNothingCanBeWritten) {
    const int kept = ::dup(STDERR_FILENO);
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    ::dup2(full, STDERR_FILENO);
    for (const auto style : {ProgressStyle::plain, ProgressStyle::json}) {
        const auto progress = make_progress(style);
        EXPECT_NO_THROW(progress->begin("link"));
        EXPECT_NO_THROW(progress->note("a note"));
        EXPECT_NO_THROW(progress->end({"link", 12, 0.5, "12 rows"}));
    }
    ::dup2(kept, STDERR_FILENO);
    ::close(full);
    ::close(kept);
}

} // namespace
} // namespace icmap
