#pragma once

#include "base/lists.hpp"
#include "base/parallel.hpp"
#include "base/unfilled.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace icmap {

/// The same as `lists_of_rows` to the byte, on all threads, for keys that are few beside the rows:
/// each thread counts every key for itself.
/// \param rows fewer than 2^32
template <class KeyOf, class ValueOf>
[[nodiscard]] auto parallel_lists_of_rows(std::size_t rows, std::size_t keys, KeyOf key_of,
                                          ValueOf value_of) {
    using Value = std::remove_cvref_t<decltype(value_of(std::size_t{0}))>;
    const auto blocks = static_cast<std::size_t>(std::max(thread_count(), 1));
    const auto begin_of = [=](std::size_t block) { return rows * block / blocks; };
    // Of each key, the rows of each block; then where the next of them goes.
    std::vector<std::vector<std::uint32_t>> next(blocks, std::vector<std::uint32_t>(keys, 0));
    parallel_for_each(blocks, 1, [&](std::size_t block) {
        for (std::size_t row = begin_of(block); row < begin_of(block + 1); ++row) {
            ++next[block][key_of(row)];
        }
    });
    Lists<Value, LeftUnfilled<Value>> lists;
    lists.first.assign(keys + 1, 0);
    std::uint32_t before = 0;
    for (std::size_t key = 0; key < keys; ++key) {
        for (std::vector<std::uint32_t>& of_block : next) {
            const std::uint32_t own = of_block[key];
            of_block[key] = before;
            before += own;
        }
        lists.first[key + 1] = before;
    }
    lists.value.resize(rows);
    parallel_for_each(blocks, 1, [&](std::size_t block) {
        for (std::size_t row = begin_of(block); row < begin_of(block + 1); ++row) {
            lists.value[next[block][key_of(row)]++] = value_of(row);
        }
    });
    return lists;
}

} // namespace icmap
