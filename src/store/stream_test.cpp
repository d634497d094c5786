#include "store/stream.hpp"

#include <gtest/gtest.h>

namespace icmap::store {
namespace {

class StreamTest : public ::testing::Test {
  protected:
    Database database_ = Database::open(":memory:", {}).value();
    Connection connection_ = database_.connect().value();
};

TEST_F(StreamTest, HandsOverEveryRowInOrder) {
    std::int64_t next = 0;
    const auto done = stream(connection_, "select range as n from range(1000000) order by n",
                             [&next](const Chunk& chunk) {
                                 for (const std::int64_t n : chunk.column<std::int64_t>(0)) {
                                     ASSERT_EQ(n, next++);
                                 }
                             });
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(next, 1'000'000);
    EXPECT_EQ(connection_.integer("select 7").value(), 7) << "the connection is free again";
}

TEST_F(StreamTest, TellsOfAFailureInTheMiddle) {
    std::size_t rows = 0;
    const auto done =
        stream(connection_,
               "select if(range = 900000, error('a row that fails'), 'fine') from range(1000000)",
               [&rows](const Chunk& chunk) { rows += chunk.size(); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().what, "a row that fails") << "without the kind of error before it";
    EXPECT_LT(rows, 1'000'000U);
    EXPECT_TRUE(connection_.run("select 1"));
}

TEST_F(StreamTest, TellsWhatIsWrongWithAQuery) {
    EXPECT_FALSE(stream(connection_, "select nothing from nowhere", [](const Chunk&) {}));
}

TEST_F(StreamTest, IsStoppedByAnInterruption) {
    const auto done = stream(connection_, "select range as n from range(100000000)",
                             [this](const Chunk&) { connection_.interrupt(); });
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().what.find("INTERRUPT"), std::string::npos) << done.error().what;
}

} // namespace
} // namespace icmap::store
