#include "ingest/clean_value.hpp"

#include "ingest/sic_codes.hpp"
#include "ingest/test_world.hpp"

#include <fmt/format.h>

#include <gtest/gtest.h>

namespace icmap::ingest {
namespace {

std::string postcode(std::string_view text) {
    std::string out;
    return postcode_of(text, out) ? out : "";
}

std::string number_of(std::string_view text) {
    std::string out;
    return common_company_number(text, out) ? out : "?";
}

std::vector<std::string_view> codes(const std::vector<std::string_view>& texts) {
    std::vector<std::string_view> found;
    const bool has_codes = sic_list_of(texts, found);
    EXPECT_EQ(has_codes, !found.empty());
    return found;
}

TEST(CleanValue, TrimsWhiteSpaceAndNulOnly) {
    using namespace std::string_view_literals;
    EXPECT_EQ(clean_text(" \t\r\n\0 a  b \0\n"sv), "a  b");
    EXPECT_EQ(clean_text("\v a"), "\v a");
    EXPECT_EQ(clean_text(" \n "), "");
    EXPECT_EQ(clean_text("\u00a0é"), "\u00a0é");
}

TEST(CleanValue, TakesTheWaysToWriteNothingForNothing) {
    for (const char* text : {"NA", "n/a", " #N/A ", "null", "None", "-", "--", "None supplied",
                             "not available", "UNKNOWN", "*", "..", ":", ""}) {
        EXPECT_EQ(clean_token(text), "") << text;
    }
    for (const char* text : {"N", "NaN", "---", "...", "NANT", "0", "unknown 1", "-1", "N/AA"}) {
        EXPECT_EQ(clean_token(text), text);
    }
}

TEST(CleanValue, ReadsPostcodesHoweverTheyAreSpaced) {
    for (const char* text : {"S1 2HE", "s12he", "S 1 2 H E", " S1  2HE"}) {
        EXPECT_EQ(postcode(text), "S1 2HE") << text;
    }
    EXPECT_EQ(postcode("EC1A1BB"), "EC1A 1BB");
    EXPECT_EQ(postcode("W1A 0AX"), "W1A 0AX");
    EXPECT_EQ(postcode("GIR0AA"), "GIR 0AA");
    EXPECT_EQ(postcode("NPT 1AA"), "NPT 1AA");
    for (const char* text : {"", "S1", "75001", "1AA", "ABC1 2DE", "S123 1AA", "S1-2HE", "S1 2H3",
                             "11 1AA", "S 1AA", "NPX 1AA", "S1 2HEX"}) {
        EXPECT_EQ(postcode(text), "") << text;
    }
}

TEST(CleanValue, PutsBackTheZerosOfCompanyNumbers) {
    EXPECT_EQ(number_of("1234567"), "01234567");
    EXPECT_EQ(number_of("12345678"), "12345678");
    EXPECT_EQ(number_of("sc123456"), "SC123456");
    EXPECT_EQ(number_of("sc1"), "SC1");
    EXPECT_EQ(number_of(""), "");
    EXPECT_EQ(number_of("é1"), "?") << "letters of SQL";
}

TEST(CleanValue, KnowsTheCodesOfTheClassification) {
    using List = std::vector<std::string_view>;
    EXPECT_EQ(codes({"62020 - IT", "", "  01110", "72190\tx", "99999-"}),
              (List{"62020", "01110", "72190", "99999"}));
    EXPECT_EQ(codes({"6202", "620200", "04110", "62020x", "IT 62020", ""}), List{});
    EXPECT_EQ(codes({"99998", "62999", "62040", "00000", "01111"}), List{}) << "digits, no codes";
    EXPECT_EQ(codes({"74990", "98000", "99999"}), (List{"74990", "98000", "99999"}))
        << "of Companies House";
    EXPECT_EQ(codes({"62010 - a class", "62012"}), (List{"62010", "62012"}));
    std::string_view item;
    EXPECT_FALSE(unknown_sic_of(List{"62020", "None Supplied", ""}, item));
    ASSERT_TRUE(unknown_sic_of(List{"", "34999 - Old", "7499"}, item));
    EXPECT_EQ(item, "34999 - Old");
}

// What SQL would make of a text with its own means.
constexpr const char* kBySql = R"(
    select count(*) from texts where
        clean_text(x) is distinct from nullif(trim(x, e' \t\r\n' || chr(0)), '')
        or sic_of(x) is distinct from case when regexp_matches(x, '^\s*[0-9]{5}(\s|-|$)')
                and left(trim(x, e' \t\r\n\f'), 5) in (select code from sic)
            then left(trim(x, e' \t\r\n\f'), 5) end
        or postcode_of(x) is distinct from case when regexp_full_match(replace(upper(x), ' ', ''), '([A-Z]{1,2}[0-9][0-9A-Z]?|NPT|GIR)[0-9][A-Z]{2}')
            then regexp_replace(replace(upper(x), ' ', ''), '(...)$', ' \1') end
        or company_number_of(x) is distinct from
            case when length(x) < 8 and regexp_full_match(x, '[0-9]+') then lpad(x, 8, '0') else upper(x) end
        or integer_of(x) is distinct from rare_integer_of(x)
        or number_of(x) is distinct from rare_number_of(x)
        or date_of(x) is distinct from coalesce(common_date(x), rare_date_of(x)))";

/// The codes that exist, as a table.
void make_codes(test::World& world) {
    ASSERT_TRUE(world.connection().run("create temp table sic (code varchar)"));
    std::string values;
    for (int i = 0; i < 100'000; ++i) {
        const std::string code = fmt::format("{:05}", i);
        if (is_sic_2007(code)) {
            values += fmt::format("{}('{}')", values.empty() ? "" : ",", code);
        }
    }
    ASSERT_TRUE(world.connection().run("insert into sic values " + values));
}

TEST(SicCodes, AreThoseOfTheClassificationItsClassesAndThreeMore) {
    test::World world;
    make_codes(world);
    EXPECT_EQ(world.count("select count(*) from sic"), 810);
    EXPECT_EQ(world.count("select count(*) from sic where code not like '%0'"), 192)
        << "subclasses";
}

void expect_agreement(const std::vector<std::string>& texts) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    make_codes(world);
    ASSERT_TRUE(world.connection().run("create temp table texts (x varchar)"));
    for (const std::string& text : texts) {
        ASSERT_TRUE(
            world.connection().execute("insert into texts values ($1)", {std::string_view(text)}));
    }
    EXPECT_EQ(world.count(kBySql), 0);
}

TEST(CleanValue, AgreesWithSqlOnEveryDivision) {
    test::World world;
    ASSERT_TRUE(world.ingest({}));
    make_codes(world);
    ASSERT_TRUE(world.connection().run(
        "create temp table texts as select lpad(i::varchar, 5, '0') || e as x from range(100000) "
        "t(i), (values (''), (' - A'), ('-'), ('x')) e(e) where i % 37 < 2"));
    EXPECT_EQ(world.count(kBySql), 0);
}

TEST(CleanValue, AgreesWithSqlOnWhateverIsWritten) {
    std::vector<std::string> texts{"",
                                   "-",
                                   "-0",
                                   "007",
                                   "1.5",
                                   ".5",
                                   "5.",
                                   "1e3",
                                   "-12",
                                   "+5",
                                   "1,250",
                                   "£3.20",
                                   "999999999",
                                   "2147483648",
                                   "nan",
                                   "inf",
                                   "123456789012345",
                                   "1234567890123456",
                                   "0.1",
                                   "-0.1",
                                   "1.2.3",
                                   "S1 2HE",
                                   "s12he",
                                   "AB12 3CD",
                                   "é",
                                   "62020",
                                   " 62020 - x "};
    const std::string signs = "0123456789S1sAz .-/, \t#nulLoNeé";
    std::uint64_t state = 7;
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto length = (state >> 60U) % 10;
        for (std::uint64_t k = 0; k < length; ++k) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            text += signs[(state >> 33U) % (signs.size() - 2)]; // not the halves of the last one
        }
        texts.push_back(text);
    }
    expect_agreement(texts);
}

} // namespace
} // namespace icmap::ingest
