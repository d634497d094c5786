#include "geo/grid_index.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::geo {

namespace {

bool is_finite(PlaneXY p) {
    return std::isfinite(p.x_m) && std::isfinite(p.y_m);
}

double squared_distance(PlaneXY a, PlaneXY b) {
    const double dx = a.x_m - b.x_m;
    const double dy = a.y_m - b.y_m;
    return dx * dx + dy * dy;
}

Box bounds_of(std::span<const PlaneXY> points) {
    Box box{1.0, 1.0, 0.0, 0.0};
    bool any = false;
    for (const PlaneXY& p : points) {
        if (!is_finite(p)) {
            continue;
        }
        box = any ? Box{std::min(box.min_x, p.x_m), std::min(box.min_y, p.y_m),
                        std::max(box.max_x, p.x_m), std::max(box.max_y, p.y_m)}
                  : Box{p.x_m, p.y_m, p.x_m, p.y_m};
        any = true;
    }
    return box;
}

bool is_nearer(const Neighbour& a, const Neighbour& b) {
    return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.index < b.index;
}

/// The cell of a coordinate, forced into the grid; safe for coordinates of any size.
std::int64_t cell_of(double offset_m, double cell_m, std::int64_t cells) {
    const double cell = std::floor(offset_m / cell_m);
    return static_cast<std::int64_t>(std::clamp(cell, 0.0, static_cast<double>(cells - 1)));
}

} // namespace

GridIndex::GridIndex(std::span<const PlaneXY> points, Metres cell) : bounds_(bounds_of(points)) {
    const double width = std::max(0.0, bounds_.max_x - bounds_.min_x);
    const double height = std::max(0.0, bounds_.max_y - bounds_.min_y);
    const double n = static_cast<double>(std::max<std::size_t>(points.size(), 1));
    // A line of points has no area: at least one cell for every two points along it.
    const double natural =
        std::max(std::sqrt(width * height * 2.0 / n), std::max(width, height) * 2.0 / n);
    cell_m_ = cell.value > 0.0 ? cell.value : natural;
    // Cells beyond four a point cost memory and find nothing faster.
    const double most = 4.0 * n + 1024.0;
    const double wanted = (width / cell_m_ + 1.0) * (height / cell_m_ + 1.0);
    if (!(cell_m_ > 0.0) || !std::isfinite(cell_m_)) {
        cell_m_ = 1.0;
    } else if (wanted > most) {
        cell_m_ = std::max({cell_m_, std::sqrt(width * height / n), (width + height) / n});
    }
    columns_ = static_cast<std::int64_t>(width / cell_m_) + 1;
    rows_ = static_cast<std::int64_t>(height / cell_m_) + 1;

    std::vector<std::uint32_t> cell_of_point(points.size());
    first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_finite(points[i])) {
            const std::int64_t column = cell_of(points[i].x_m - bounds_.min_x, cell_m_, columns_);
            const std::int64_t row = cell_of(points[i].y_m - bounds_.min_y, cell_m_, rows_);
            cell_of_point[i] = static_cast<std::uint32_t>(row * columns_ + column);
            ++first_[cell_of_point[i] + 1];
        }
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
        first_[i] += first_[i - 1];
    }
    index_.resize(first_.back());
    position_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_finite(points[i])) {
            const std::uint32_t slot = next[cell_of_point[i]]++;
            index_[slot] = static_cast<std::uint32_t>(i);
            position_[slot] = points[i];
        }
    }
}

GridIndex::CellRange GridIndex::cells_around(PlaneXY place, double radius_m) const {
    // A hair more than the radius, so that rounding cannot hide a point on the rim.
    const double reach = radius_m * (1.0 + 1e-12) + 1e-9 * cell_m_;
    return {cell_of(place.x_m - reach - bounds_.min_x, cell_m_, columns_),
            cell_of(place.x_m + reach - bounds_.min_x, cell_m_, columns_),
            cell_of(place.y_m - reach - bounds_.min_y, cell_m_, rows_),
            cell_of(place.y_m + reach - bounds_.min_y, cell_m_, rows_)};
}

template <class Visit>
void GridIndex::visit(PlaneXY place, double radius_m, Visit&& visit) const {
    if (index_.empty() || !is_finite(place) || !(radius_m >= 0.0)) {
        return;
    }
    const CellRange range = cells_around(place, radius_m);
    const double limit = radius_m * radius_m;
    for (std::int64_t row = range.first_row; row <= range.last_row; ++row) {
        const auto begin = first_[static_cast<std::size_t>(row * columns_ + range.first_column)];
        const auto end = first_[static_cast<std::size_t>(row * columns_ + range.last_column) + 1];
        for (std::uint32_t slot = begin; slot < end; ++slot) {
            const double squared = squared_distance(position_[slot], place);
            if (squared <= limit) {
                visit(index_[slot], squared);
            }
        }
    }
}

void GridIndex::within(PlaneXY place, Metres radius, std::vector<std::uint32_t>& found) const {
    found.clear();
    visit(place, radius.value, [&found](std::uint32_t index, double) { found.push_back(index); });
    std::ranges::sort(found);
}

std::vector<std::uint32_t> GridIndex::within(PlaneXY place, Metres radius) const {
    std::vector<std::uint32_t> found;
    within(place, radius, found);
    return found;
}

std::size_t GridIndex::count_within(PlaneXY place, Metres radius) const {
    std::size_t count = 0;
    visit(place, radius.value, [&count](std::uint32_t, double) { ++count; });
    return count;
}

std::vector<Neighbour> GridIndex::nearest(PlaneXY place, std::size_t k, Metres reach) const {
    std::vector<Neighbour> found;
    if (k == 0 || index_.empty() || !is_finite(place) || !(reach.value >= 0.0)) {
        return found;
    }
    // No point is farther than the far corner of the bounds.
    const double far = std::hypot(
        std::max(std::abs(place.x_m - bounds_.min_x), std::abs(place.x_m - bounds_.max_x)),
        std::max(std::abs(place.y_m - bounds_.min_y), std::abs(place.y_m - bounds_.max_y)));
    const double most = std::min(reach.value, far * (1.0 + 1e-12));
    const double gap =
        std::hypot(std::max({bounds_.min_x - place.x_m, 0.0, place.x_m - bounds_.max_x}),
                   std::max({bounds_.min_y - place.y_m, 0.0, place.y_m - bounds_.max_y}));
    // Widen the circle until it holds k points: then no nearer one is outside it.
    for (double radius = std::min(most, gap + cell_m_);; radius = std::min(most, radius * 2.0)) {
        found.clear();
        visit(place, radius, [&found](std::uint32_t index, double squared) {
            found.push_back({index, std::sqrt(squared)});
        });
        if (found.size() >= k || radius >= most) {
            break;
        }
    }
    const std::size_t kept = std::min(k, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                      is_nearer);
    found.resize(kept);
    return found;
}

} // namespace icmap::geo
