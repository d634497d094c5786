#include "base/parallel_lists.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace icmap {
namespace {

/// On one thread and on three, with more keys than rows, too.
TEST(ParallelLists, AreThoseOfOneThreadToTheByte) {
    std::mt19937 random(7);
    for (const std::size_t keys : {1U, 97U, 20'000U}) {
        for (const std::size_t rows : {0U, 1U, 2U, 10'000U}) {
            std::vector<std::size_t> key(rows);
            std::generate(key.begin(), key.end(), [&] { return random() % keys; });
            const auto key_of = [&key](std::size_t row) { return key[row]; };
            const auto value_of = [](std::size_t row) { return static_cast<std::uint32_t>(row); };
            const auto expected = lists_of_rows(rows, keys, key_of, value_of);
            for (const int threads : {1, 3}) {
                const ThreadLimit limit(threads);
                const auto found = parallel_lists_of_rows(rows, keys, key_of, value_of);
                EXPECT_EQ(found.first, expected.first);
                EXPECT_TRUE(std::equal(found.value.begin(), found.value.end(),
                                       expected.value.begin(), expected.value.end()));
            }
        }
    }
}

} // namespace
} // namespace icmap
