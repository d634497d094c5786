#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Utf8, TakesTextOfEveryLength) {
    for (const char* text : {"", "Rotherham", "Ynys M\xC3\xB4n", "\xE2\x82\xAC 5",
                             "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
}

TEST(Utf8, RefusesWhatIsWrittenTooLongSurrogatesAndWhatIsCutShort) {
    for (const char* text : {"\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80",
                             "\xF4\x90\x80\x80", "\xFF", "\x80", "M\xF4n", "\xC3", "\xE2\x82"}) {
        EXPECT_FALSE(is_utf8(text)) << text;
    }
}

} // namespace
} // namespace icmap
