#include "store/enum_words.hpp"

#include "store/bulk_append.hpp"
#include "store/connection.hpp"
#include "store/stream.hpp"

#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace icmap::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A table of words, of a type of its own.
class Words {
  public:
    explicit Words(std::string_view of) {
        EXPECT_TRUE(connection.run(fmt::format(
            "create type level as enum ({}); create table t (level level, n uinteger)", of)));
    }
    Result<void> append(const std::vector<std::uint32_t>& number,
                        const std::vector<std::string>& text) {
        const std::array<Column, 2> columns{Column{Texts{number, text}},
                                            Column{std::span<const std::uint32_t>(number)}};
        return append_columns(connection, "main", "t", columns);
    }

  private:
    Database database_ = Database::open(":memory:", {}).value();

  public:
    Connection connection = database_.connect().value();
};

TEST(EnumWords, AreReadAsTextsWholeOrAsTheyAreMade) {
    Words words("'low', 'middle', 'quite a long name for high'");
    ASSERT_TRUE(words.connection.run(
        "insert into t values ('quite a long name for high', 1), (null, 2), ('low', 3)"));
    std::vector<std::string> texts;
    const auto take = [&texts](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            texts.emplace_back(chunk.is_null(1, i) ? "null" : chunk.text(1, i));
        }
    };
    ASSERT_TRUE(words.connection.read("select n, level from t order by n", take));
    ASSERT_TRUE(stream(words.connection, "select n, level from t order by level", take));
    EXPECT_THAT(texts, ElementsAre("quite a long name for high", "null", "low", "low",
                                   "quite a long name for high", "null"));
    EXPECT_EQ(words.connection.describe("select level from t").value().front().type,
              ColumnType::text);
}

TEST(EnumWords, AreAppendedFromTextsInAnyOrder) {
    Words words("'high', 'low', 'middle'");
    ASSERT_TRUE(words.append({1, Texts::kNull, 0, 1}, {"middle", "high"}));
    EXPECT_EQ(words.connection
                  .text("select string_agg(coalesce(level::varchar, 'null'), ' ' order by rowid) "
                        "from t")
                  .value(),
              "high null middle high");
}

TEST(EnumWords, MayBeMoreThanAByteNumbers) {
    std::string list;
    std::vector<std::uint32_t> number;
    std::vector<std::string> text;
    for (std::uint32_t i = 0; i < 300; ++i) {
        text.push_back(fmt::format("word {}", i));
        list += fmt::format("{}'{}'", i == 0 ? "" : ", ", text.back());
        number.push_back(299 - i);
    }
    Words words(list);
    ASSERT_TRUE(words.append(number, text));
    EXPECT_EQ(words.connection.integer("select count(*) from t where level = 'word ' || n").value(),
              300);
    std::size_t same = 0;
    ASSERT_TRUE(words.connection.read("select level, n from t", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            same += chunk.text(0, i) == text[chunk.column<std::uint32_t>(1)[i]] ? 1U : 0U;
        }
    }));
    EXPECT_EQ(same, 300U);
}

TEST(EnumWords, AreNamedWhereATextIsNoneOfThem) {
    Words words("'high', 'low'");
    const auto appended = words.append({0, 1}, {"low", "lowest"});
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().kind, ErrorKind::internal);
    EXPECT_THAT(appended.error().message(), HasSubstr("\"lowest\" is none of high, low"));
    EXPECT_EQ(words.connection.integer("select count(*) from t").value(), 0);
}

} // namespace
} // namespace icmap::store
