#include "geo/point_rows.hpp"

#include "base/lists.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace icmap::geo {
namespace {

constexpr double kMostRows = 1U << 20U;
/// Of a row's height, by which a border is thought wider and a row higher than they are: more than
/// rounding.
constexpr double kSlack = 1e-6;

void add_run(std::vector<PointRows::Run>& runs, std::uint32_t begin, std::uint32_t end) {
    if (begin == end) {
        return;
    }
    if (!runs.empty() && runs.back().end == begin) {
        runs.back().end = end;
    } else {
        runs.push_back({begin, end});
    }
}

} // namespace

PointRows::PointRows(std::span<const PlaneXY> points, double height) : height_(height) {
    first_.assign(1, 0);
    if (points.empty()) {
        return;
    }
    const auto [low, high] = std::minmax_element(
        points.begin(), points.end(), [](PlaneXY a, PlaneXY b) { return a.y_m < b.y_m; });
    min_y_ = low->y_m;
    height_ = std::max(height, (high->y_m - min_y_) / kMostRows);
    const auto rows = static_cast<std::size_t>((high->y_m - min_y_) / height_) + 1;
    first_.assign(rows + 1, 0);
    std::vector<std::uint32_t> row(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        row[i] = static_cast<std::uint32_t>(row_of(points[i].y_m));
    }
    Lists<std::uint32_t> by_row = rows_by_key(row, rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const std::span<std::uint32_t> own = by_row.of(i);
        std::sort(own.begin(), own.end(), [points](std::uint32_t a, std::uint32_t b) {
            return std::pair(points[a].x_m, a) < std::pair(points[b].x_m, b);
        });
        first_[i + 1] = static_cast<std::uint32_t>(by_row.first[i + 1]);
    }
    order_ = std::move(by_row.value);
    point_.reserve(order_.size());
    for (const std::uint32_t i : order_) {
        point_.push_back(points[i]);
    }
}

std::size_t PointRows::row_of(double y) const {
    const double row = std::floor((y - min_y_) / height_);
    return static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(first_.size() - 2)));
}

/// Lists the edges by row, each in all rows that it comes near to.
void PointRows::Walk::list_edges(std::span<const Edge> edges, std::size_t first_row,
                                 std::size_t rows) {
    const double slack = kSlack * rows_.height_;
    const auto for_each = [&](auto&& visit) {
        for (std::uint32_t i = 0; i < edges.size(); ++i) {
            const std::size_t last = rows_.row_of(edges[i].high.y_m + slack) - first_row;
            for (std::size_t row = rows_.row_of(edges[i].low.y_m - slack) - first_row; row <= last;
                 ++row) {
                visit(row, i);
            }
        }
    };
    first_.assign(rows + 1, 0);
    for_each([&](std::size_t row, std::uint32_t) { ++first_[row]; });
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    edge_.resize(first_.back());
    // From the end of each list to its begin.
    for_each([&](std::size_t row, std::uint32_t i) { edge_[--first_[row]] = i; });
}

/// Where the edges run through a row: ranges of x, ascending, none touching the next.
void PointRows::Walk::find_border(std::size_t row) {
    const double slack = kSlack * rows_.height_;
    const double bottom = rows_.min_y_ + static_cast<double>(row) * rows_.height_ - slack;
    border_.clear();
    for (const Edge& edge : own_) {
        const auto [left, right] = x_range(edge, bottom, bottom + rows_.height_ + 2.0 * slack);
        border_.emplace_back(left - slack, right + slack);
    }
    std::sort(border_.begin(), border_.end());
    std::size_t count = 0;
    for (const auto& range : border_) {
        if (count > 0 && range.first <= border_[count - 1].second) {
            border_[count - 1].second = std::max(border_[count - 1].second, range.second);
        } else {
            border_[count++] = range;
        }
    }
    border_.resize(count);
}

/// Whether the area covers a point of the row.
bool PointRows::Walk::covers(PlaneXY p) const {
    if (const auto is_inside = lanes_.covers(p)) {
        return *is_inside;
    }
    return geo::covers(own_, p);
}

void PointRows::Walk::walk_row(std::size_t row) {
    const auto first = rows_.point_.begin();
    const auto begin = first + rows_.first_[row];
    const auto end = first + rows_.first_[row + 1];
    const auto position = [first](auto at) { return static_cast<std::uint32_t>(at - first); };
    const auto is_west = [](PlaneXY p, double x) { return p.x_m < x; };
    // West of the first range and east of the last all is outside.
    auto at = std::lower_bound(begin, end, border_.front().first, is_west);
    for (std::size_t i = 0; i < border_.size(); ++i) {
        for (; at != end && at->x_m <= border_[i].second; ++at) {
            if (covers(*at)) {
                add_run(runs_, position(at), position(at) + 1);
            }
        }
        if (i + 1 == border_.size() || at == end) {
            break;
        }
        const auto next = std::lower_bound(at, end, border_[i + 1].first, is_west);
        if (at != next && covers(*at)) {
            add_run(runs_, position(at), position(next));
        }
        at = next;
    }
}

std::span<const PointRows::Run> PointRows::Walk::inside(std::span<const Edge> edges) {
    runs_.clear();
    const Box box = bounds_of(edges);
    const std::vector<std::uint32_t>& first = rows_.first_;
    if (rows_.order_.empty() || box.min_x > box.max_x || box.max_y < rows_.min_y_ ||
        box.min_y >
            rows_.min_y_ + static_cast<double>(first.size() - 1) * rows_.height_ * (1.0 + kSlack)) {
        return runs_;
    }
    const double slack = kSlack * rows_.height_;
    const std::size_t first_row = rows_.row_of(box.min_y - slack);
    const std::size_t rows = rows_.row_of(box.max_y + slack) - first_row + 1;
    list_edges(edges, first_row, rows);
    for (std::size_t row = 0; row < rows; ++row) {
        if (first_[row] == first_[row + 1] ||
            first[first_row + row] == first[first_row + row + 1]) {
            continue;
        }
        own_.clear();
        for (std::uint32_t at = first_[row]; at < first_[row + 1]; ++at) {
            own_.push_back(edges[edge_[at]]);
        }
        lanes_.assign(own_);
        find_border(first_row + row);
        walk_row(first_row + row);
    }
    return runs_;
}

} // namespace icmap::geo
