#include "geo/point_rows.hpp"

#include "base/lists.hpp"

#include <algorithm>
#include <cmath>

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

/// Where the edges run through a row: ranges of x, ascending, none touching the next.
/// \param own numbers of the edges at its height
void PointRows::find_border(std::size_t row, std::span<const Edge> edges,
                            std::span<const std::uint32_t> own, Intervals& border) const {
    const double slack = kSlack * height_;
    const double bottom = min_y_ + static_cast<double>(row) * height_ - slack;
    border.clear();
    for (const std::uint32_t edge : own) {
        const auto [left, right] = x_range(edges[edge], bottom, bottom + height_ + 2.0 * slack);
        border.emplace_back(left - slack, right + slack);
    }
    std::sort(border.begin(), border.end());
    std::size_t count = 0;
    for (const auto& range : border) {
        if (count > 0 && range.first <= border[count - 1].second) {
            border[count - 1].second = std::max(border[count - 1].second, range.second);
        } else {
            border[count++] = range;
        }
    }
    border.resize(count);
}

void PointRows::walk_row(std::size_t row, const BandedEdges& area, const Intervals& border,
                         std::vector<Run>& runs) const {
    const auto begin = point_.begin() + first_[row];
    const auto end = point_.begin() + first_[row + 1];
    const auto position = [this](auto at) {
        return static_cast<std::uint32_t>(at - point_.begin());
    };
    const auto is_west = [](PlaneXY p, double x) { return p.x_m < x; };
    // West of the first range and east of the last all is outside.
    auto at = std::lower_bound(begin, end, border.front().first, is_west);
    for (std::size_t i = 0; i < border.size(); ++i) {
        for (; at != end && at->x_m <= border[i].second; ++at) {
            if (area.covers(*at)) {
                add_run(runs, position(at), position(at) + 1);
            }
        }
        if (i + 1 == border.size() || at == end) {
            break;
        }
        const auto next = std::lower_bound(at, end, border[i + 1].first, is_west);
        if (at != next && area.covers(*at)) {
            add_run(runs, position(at), position(next));
        }
        at = next;
    }
}

void PointRows::inside(const BandedEdges& area, std::vector<Run>& runs) const {
    runs.clear();
    const Box box = bounds_of(area.all());
    if (order_.empty() || box.min_x > box.max_x || box.max_y < min_y_ ||
        box.min_y > min_y_ + static_cast<double>(first_.size() - 1) * height_ * (1.0 + kSlack)) {
        return;
    }
    const double slack = kSlack * height_;
    const std::size_t first_row = row_of(box.min_y - slack);
    const std::size_t rows = row_of(box.max_y + slack) - first_row + 1;
    std::vector<std::uint32_t> row_of_entry;
    std::vector<std::uint32_t> edge_of_entry;
    const std::span<const Edge> edges = area.all();
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
        const std::size_t last = row_of(edges[i].high.y_m + slack) - first_row;
        for (std::size_t row = row_of(edges[i].low.y_m - slack) - first_row; row <= last; ++row) {
            row_of_entry.push_back(static_cast<std::uint32_t>(row));
            edge_of_entry.push_back(i);
        }
    }
    const Lists<std::uint32_t> by_row = lists_of(row_of_entry, edge_of_entry, rows);
    Intervals border;
    for (std::size_t row = 0; row < rows; ++row) {
        if (!by_row.of(row).empty() && first_[first_row + row] < first_[first_row + row + 1]) {
            find_border(first_row + row, edges, by_row.of(row), border);
            walk_row(first_row + row, area, border, runs);
        }
    }
}

} // namespace icmap::geo
