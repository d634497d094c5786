#include "geo/box_grid.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::geo {
namespace {

constexpr double kMostCellsAlong = 512.0;
constexpr std::size_t kMostEntriesPerBox = 32;

bool is_empty(const Box& box) {
    return !(box.min_x <= box.max_x && box.min_y <= box.max_y);
}

Box around_all(std::span<const Box> boxes) {
    Box all{1.0, 1.0, 0.0, 0.0};
    for (const Box& box : boxes) {
        if (is_empty(box)) {
            continue;
        }
        all = is_empty(all) ? box
                            : Box{std::min(all.min_x, box.min_x), std::min(all.min_y, box.min_y),
                                  std::max(all.max_x, box.max_x), std::max(all.max_y, box.max_y)};
    }
    return all;
}

} // namespace

void BoxGrid::lay(const Box& bounds, double cells_along) {
    const double width = bounds.max_x - bounds.min_x;
    const double height = bounds.max_y - bounds.min_y;
    bounds_ = bounds;
    cell_m_ = std::max(width, height) / cells_along;
    cell_m_ = cell_m_ > 0.0 ? cell_m_ : 1.0;
    columns_ = static_cast<std::int64_t>(width / cell_m_) + 1;
    rows_ = static_cast<std::int64_t>(height / cell_m_) + 1;
}

BoxGrid::CellRange BoxGrid::cells_of(const Box& box) const {
    const auto cell = [this](double offset, std::int64_t n) {
        return std::clamp(static_cast<std::int64_t>(std::floor(offset / cell_m_)), std::int64_t{0},
                          n - 1);
    };
    return {cell(box.min_x - bounds_.min_x, columns_), cell(box.max_x - bounds_.min_x, columns_),
            cell(box.min_y - bounds_.min_y, rows_), cell(box.max_y - bounds_.min_y, rows_)};
}

BoxGrid::BoxGrid(std::span<const Box> boxes) {
    const Box all = around_all(boxes);
    if (is_empty(all)) {
        return;
    }
    const auto entries = [&] {
        std::size_t sum = 0;
        for (const Box& box : boxes) {
            const CellRange cells = cells_of(box);
            sum += is_empty(box)
                       ? 0
                       : static_cast<std::size_t>((cells.last_column - cells.first_column + 1) *
                                                  (cells.last_row - cells.first_row + 1));
        }
        return sum;
    };
    double along =
        std::clamp(4.0 * std::sqrt(static_cast<double>(boxes.size())), 1.0, kMostCellsAlong);
    for (lay(all, along); along > 1.0 && entries() > kMostEntriesPerBox * boxes.size();) {
        along = std::max(1.0, along / 2.0);
        lay(all, along);
    }
    const auto for_each_entry = [&](auto&& visit) {
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            if (is_empty(boxes[i])) {
                continue;
            }
            const CellRange cells = cells_of(boxes[i]);
            for (std::int64_t row = cells.first_row; row <= cells.last_row; ++row) {
                for (std::int64_t c = cells.first_column; c <= cells.last_column; ++c) {
                    visit(static_cast<std::size_t>(row * columns_ + c),
                          static_cast<std::int32_t>(i));
                }
            }
        }
    };
    first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    for_each_entry([this](std::size_t cell, std::int32_t) { ++first_[cell + 1]; });
    for (std::size_t cell = 1; cell < first_.size(); ++cell) {
        first_[cell] += first_[cell - 1];
    }
    index_.resize(first_.back());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for_each_entry([&](std::size_t cell, std::int32_t box) { index_[next[cell]++] = box; });
}

std::span<const std::int32_t> BoxGrid::near(PlaneXY point) const {
    if (is_empty(bounds_) || !bounds_.contains(point.x_m, point.y_m)) {
        return {};
    }
    const CellRange at = cells_of({point.x_m, point.y_m, point.x_m, point.y_m});
    const auto cell = static_cast<std::size_t>(at.first_row * columns_ + at.first_column);
    return std::span(index_).subspan(first_[cell], first_[cell + 1] - first_[cell]);
}

} // namespace icmap::geo
