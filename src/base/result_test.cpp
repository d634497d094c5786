#include "base/result.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Error, NamesPlaceFieldValueAndRemedy) {
    Error error;
    error.what = "The postcode has no coordinate";
    error.file = "firms.csv";
    error.line = 7;
    error.field = "postcode";
    error.value = "ZZ1 1ZZ";
    error.remedy = "Add it to the postcode file";
    EXPECT_EQ(error.message(), "firms.csv:7: The postcode has no coordinate (field \"postcode\", "
                               "value \"ZZ1 1ZZ\"). Add it to the postcode file.");
}

TEST(Error, LeavesOutWhatIsNotKnown) {
    Error error;
    error.what = "No such file";
    error.file = "firms.csv";
    EXPECT_EQ(error.message(), "firms.csv: No such file.");
}

Result<int> half(int n) {
    if (n % 2 != 0) {
        return input_error("odd");
    }
    return n / 2;
}

Result<int> quarter(int n) {
    ICMAP_ASSIGN(const int once, half(n));
    ICMAP_TRY(half(once));
    return half(once);
}

TEST(Result, TheMacrosPassTheFirstErrorOn) {
    EXPECT_EQ(quarter(8), 2);
    EXPECT_EQ(quarter(6).error().what, "odd");
}

TEST(Error, EachKindHasItsExitCode) {
    EXPECT_EQ(exit_code(ErrorKind::input), 1);
    EXPECT_EQ(exit_code(ErrorKind::usage), 2);
    EXPECT_EQ(exit_code(ErrorKind::internal), 3);
}

} // namespace
} // namespace icmap
