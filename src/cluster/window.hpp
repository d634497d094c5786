#pragma once

#include "cluster/grid.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace icmap::cluster {

/// Walks over cells in ascending order and knows the occupied cells around each: up to two
/// columns and two rows away, which is where all places within the radius are.
/// \complexity amortised constant a step, as long as the steps ascend
template <std::size_t D>
class Window {
  public:
    static constexpr std::size_t kRows = D == 2 ? 5 : 25;
    static constexpr std::size_t kMostCells = 5 * kRows;

    /// \param first_key the first key that will be asked for
    Window(const CellGrid<D>& grid, CellKey<D> first_key) : key_(grid.key.data()) {
        for (std::size_t row = 0; row < kRows; ++row) {
            at_[row] = static_cast<std::uint32_t>(
                std::lower_bound(grid.key.begin(), grid.key.end(), row_start(first_key, row)) -
                grid.key.begin());
        }
    }

    /// The cells around a key, the one with that key included, ascending. Valid until the next
    /// call.
    [[nodiscard]] std::span<const std::uint32_t> around(CellKey<D> key) {
        std::size_t count = 0;
        for (std::size_t row = 0; row < kRows; ++row) {
            count = take_row(row, row_start(key, row), count);
        }
        return {near_.data(), count};
    }

    /// The cells around a cell of the grid that come after it: each pair of cells once.
    /// \param reach how many columns and rows away, 1 or 2; the same in all calls
    [[nodiscard]] std::span<const std::uint32_t> after(std::uint32_t cell, unsigned reach) {
        std::size_t count = put(cell + 1, key_[cell] + reach, 0);
        const CellKey<D> inset = 2 - reach;
        for (std::size_t row = kRows / 2 + 1; row < kRows; ++row) {
            if (is_within(row, reach)) {
                count = take_row(row, row_start(key_[cell], row) + inset, count, 2 * reach);
            }
        }
        return {near_.data(), count};
    }

  private:
    static constexpr std::uint32_t kRowCells = 5;
    static_assert(kRowCells <= kLastKeys);

    [[nodiscard]] static CellKey<D> row_start(CellKey<D> key, std::size_t row) {
        const CellKey<D> start = key + (CellKey<D>{row % 5} << 32) - (CellKey<D>{2} << 32) - 2;
        if constexpr (D == 2) {
            return start;
        } else {
            return start + (CellKey<D>{row / 5} << 64) - (CellKey<D>{2} << 64);
        }
    }
    [[nodiscard]] static constexpr bool is_within(std::size_t row, unsigned reach) {
        return reach == 2 || (row % 5 % 4 != 0 && (D == 2 || row / 5 % 4 != 0));
    }
    [[nodiscard]] std::size_t take_row(std::size_t row, CellKey<D> target, std::size_t count,
                                       unsigned more = 4) {
        // Sums of comparisons instead of a loop that ends where it may: how far it goes is
        // unpredictable, and a branch foreseen wrongly costs more than all these comparisons.
        constexpr std::uint32_t kStep = 4;
        static_assert(kStep <= kLastKeys);
        std::uint32_t at = at_[row];
        for (std::uint32_t before = kStep; before == kStep; at += before) {
            before = 0;
            for (std::uint32_t i = 0; i < kStep; ++i) {
                before += key_[at + i] < target ? 1U : 0U;
            }
        }
        at_[row] = at;
        return put(at, target + more, count);
    }

    /// Adds the cells from `first` on whose keys are at most `last`: no more than a row has.
    [[nodiscard]] std::size_t put(std::uint32_t first, CellKey<D> last, std::size_t count) {
        std::uint32_t found = 0;
        for (std::uint32_t i = 0; i < kRowCells; ++i) {
            near_[count + i] = first + i;
            found += key_[first + i] <= last ? 1U : 0U;
        }
        return count + found;
    }

    const CellKey<D>* key_;
    std::array<std::uint32_t, kRows> at_{};
    std::array<std::uint32_t, kMostCells + kRowCells> near_{};
};

/// True when two cells touch, at an edge or a corner.
template <std::size_t D>
[[nodiscard]] constexpr bool touch(CellKey<D> key, CellKey<D> other) {
    bool all = true;
    for (std::size_t d = 0; d < D; ++d) {
        const auto apart = static_cast<std::uint32_t>(key >> (32 * d)) -
                           static_cast<std::uint32_t>(other >> (32 * d));
        // Unsigned differences wrap: -1, 0 and 1 become 0, 1 and 2.
        all = all && apart + 1 <= 2;
    }
    return all;
}

} // namespace icmap::cluster
