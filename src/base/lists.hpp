#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <type_traits>
#include <vector>

namespace icmap {

/// One list a key, one after the other: that of key k is [first[k], first[k + 1]). Of fewer than
/// 2^32 values: where a list begins is looked up in any order, and of four bytes twice as many of
/// these places stay in the cache as of eight.
template <class T, class Allocator = std::allocator<T>>
struct Lists {
    std::vector<std::uint32_t> first{0};
    std::vector<T, Allocator> value;

    /// Where the next list begins.
    [[nodiscard]] std::uint32_t end() const { return static_cast<std::uint32_t>(value.size()); }

    /// The number of keys.
    [[nodiscard]] std::size_t size() const { return first.size() - 1; }
    /// Empty for a key beyond the last.
    [[nodiscard]] std::span<const T> of(std::size_t key) const {
        return key < size() ? std::span(value).subspan(first[key], first[key + 1] - first[key])
                            : std::span<const T>{};
    }
    [[nodiscard]] std::span<T> of(std::size_t key) {
        return key < size() ? std::span(value).subspan(first[key], first[key + 1] - first[key])
                            : std::span<T>{};
    }
};

/// The rows that name each key, in their order (a counting sort).
/// \param rows fewer than 2^32
/// \param key_of the key of a row, below `keys`
/// \param value_of what is listed of a row
/// \complexity linear in rows and keys
template <class KeyOf, class ValueOf>
[[nodiscard]] auto lists_of_rows(std::size_t rows, std::size_t keys, KeyOf key_of,
                                 ValueOf value_of) {
    using Value = std::remove_cvref_t<decltype(value_of(std::size_t{0}))>;
    Lists<Value> lists;
    lists.first.assign(keys + 1, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        ++lists.first[std::size_t{key_of(row)} + 1];
    }
    std::partial_sum(lists.first.begin(), lists.first.end(), lists.first.begin());
    std::vector<std::uint32_t> at(lists.first.begin(), lists.first.end() - 1);
    lists.value.assign(rows, Value{});
    for (std::size_t row = 0; row < rows; ++row) {
        lists.value[at[key_of(row)]++] = value_of(row);
    }
    return lists;
}

/// The same with keys and values side by side.
template <class T>
[[nodiscard]] Lists<T> lists_of(std::span<const std::uint32_t> key_of_row,
                                const std::vector<T>& values, std::size_t keys) {
    return lists_of_rows(
        key_of_row.size(), keys, [&](std::size_t row) { return key_of_row[row]; },
        [&](std::size_t row) -> const T& { return values[row]; });
}

/// The numbers of the rows that name each key, ascending.
[[nodiscard]] inline Lists<std::uint32_t> rows_by_key(std::span<const std::uint32_t> key_of_row,
                                                      std::size_t keys) {
    return lists_of_rows(
        key_of_row.size(), keys, [&](std::size_t row) { return key_of_row[row]; },
        [](std::size_t row) { return static_cast<std::uint32_t>(row); });
}

} // namespace icmap
