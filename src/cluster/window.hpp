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
    [[nodiscard]] std::span<const std::uint32_t> after(std::uint32_t cell) {
        std::size_t count = 0;
        for (std::uint32_t next = cell + 1; key_[next] <= key_[cell] + 2; ++next) {
            near_[count++] = next;
        }
        for (std::size_t row = kRows / 2 + 1; row < kRows; ++row) {
            count = take_row(row, row_start(key_[cell], row), count);
        }
        return {near_.data(), count};
    }

  private:
    [[nodiscard]] static CellKey<D> row_start(CellKey<D> key, std::size_t row) {
        const CellKey<D> start = key + (CellKey<D>{row % 5} << 32) - (CellKey<D>{2} << 32) - 2;
        if constexpr (D == 2) {
            return start;
        } else {
            return start + (CellKey<D>{row / 5} << 64) - (CellKey<D>{2} << 64);
        }
    }
    [[nodiscard]] std::size_t take_row(std::size_t row, CellKey<D> target, std::size_t count) {
        std::uint32_t at = at_[row];
        while (key_[at] < target) {
            ++at;
        }
        at_[row] = at;
        // The list of keys ends with the greatest number, which stops both loops.
        for (; key_[at] <= target + 4; ++at) {
            near_[count++] = at;
        }
        return count;
    }

    const CellKey<D>* key_;
    std::array<std::uint32_t, kRows> at_{};
    std::array<std::uint32_t, kMostCells> near_{};
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
