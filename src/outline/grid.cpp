#include "outline/grid.hpp"

#include <bit>
#include <limits>

namespace icmap::outline {
namespace {

/// Puts cells into order, each once, by marking them in the box around them.
std::vector<Cell> ordered_in_box(std::span<const Cell> cells, const Cell& least, std::int64_t rows,
                                 std::size_t size) {
    constexpr std::size_t kBits = 64;
    std::vector<std::uint64_t> is_there((size + kBits - 1) / kBits, 0);
    for (const Cell& cell : cells) {
        const auto at =
            static_cast<std::size_t>((cell.column - least.column) * rows + (cell.row - least.row));
        is_there[at / kBits] |= std::uint64_t{1} << (at % kBits);
    }
    std::vector<Cell> ordered;
    for (std::size_t word = 0; word < is_there.size(); ++word) {
        for (std::uint64_t left = is_there[word]; left != 0; left &= left - 1) {
            const auto at = static_cast<std::int64_t>(
                word * kBits + static_cast<std::size_t>(std::countr_zero(left)));
            ordered.push_back({least.column + at / rows, least.row + at % rows});
        }
    }
    return ordered;
}

} // namespace

std::vector<Cell> occupied_cells(std::span<const PlaneXY> members, const Grid& grid) {
    std::vector<Cell> cells(members.size());
    std::ranges::transform(members, cells.begin(),
                           [&grid](const PlaneXY& member) { return grid.cell_of(member); });
    Cell least{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()};
    Cell most{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};
    for (const Cell& cell : cells) {
        least = {std::min(least.column, cell.column), std::min(least.row, cell.row)};
        most = {std::max(most.column, cell.column), std::max(most.row, cell.row)};
    }
    // Marking costs a 64th of a step for each cell of the box.
    const std::int64_t rows = most.row - least.row + 1;
    const double size =
        static_cast<double>(most.column - least.column + 1) * static_cast<double>(rows);
    if (size <= 64.0 * static_cast<double>(cells.size()) + 4096.0) {
        return ordered_in_box(cells, least, rows, static_cast<std::size_t>(size));
    }
    std::ranges::sort(cells);
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
}

} // namespace icmap::outline
