#include "base/lists.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace icmap {
namespace {

template <class T>
std::vector<T> listed(const Lists<T>& lists, std::size_t key) {
    const auto own = lists.of(key);
    return {own.begin(), own.end()};
}

TEST(Lists, KeepTheOrderOfTheRowsOfAKey) {
    const std::vector<std::uint32_t> keys{2, 0, 2, 3, 0, 2};
    const std::vector<char> values{'a', 'b', 'c', 'd', 'e', 'f'};
    const Lists<char> lists = lists_of(keys, values, 5);
    EXPECT_EQ(lists.size(), 5U);
    EXPECT_EQ(listed(lists, 0), (std::vector<char>{'b', 'e'}));
    EXPECT_TRUE(listed(lists, 1).empty());
    EXPECT_EQ(listed(lists, 2), (std::vector<char>{'a', 'c', 'f'}));
    EXPECT_EQ(listed(lists, 3), (std::vector<char>{'d'}));
    EXPECT_TRUE(listed(lists, 4).empty());
}

TEST(Lists, AreEmptyForKeysThatThereAreNot) {
    const Lists<int> none;
    EXPECT_EQ(none.size(), 0U);
    EXPECT_TRUE(none.of(0).empty());
    EXPECT_TRUE(rows_by_key({}, 3).of(2).empty());
    EXPECT_TRUE(rows_by_key({}, 3).of(3).empty());
}

TEST(Lists, AreAStableSortByKey) {
    std::mt19937 random(7);
    std::vector<std::uint32_t> keys(10'000);
    for (std::uint32_t& key : keys) {
        key = static_cast<std::uint32_t>(random() % 97);
    }
    std::vector<std::uint32_t> sorted(keys.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    const Lists<std::uint32_t> lists = rows_by_key(keys, 97);
    EXPECT_EQ(lists.value, sorted);
    for (std::uint32_t key = 0; key < 97; ++key) {
        for (const std::uint32_t row : lists.of(key)) {
            ASSERT_EQ(keys[row], key);
        }
    }
}

} // namespace
} // namespace icmap
