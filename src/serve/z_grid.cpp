#include "serve/z_grid.hpp"

#include "base/parallel.hpp"
#include "geo/banded_edges.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace icmap::serve {
namespace {

constexpr double kLeastCell_m = 1000.0;
constexpr int kMostLevels = 11; ///< 2^22 cells: 16 MB of cell starts
/// So few rows are looked at one by one rather than cut further.
constexpr std::uint32_t kFewRows = 32;
/// Blocks this far below the whole are looked at by themselves, over all threads.
constexpr int kTaskDepth = 4;

/// The bits of a number, each followed by a zero.
std::uint32_t spread_bits(std::uint32_t bits) {
    bits = (bits | (bits << 8U)) & 0x00FF00FFU;
    bits = (bits | (bits << 4U)) & 0x0F0F0F0FU;
    bits = (bits | (bits << 2U)) & 0x33333333U;
    return (bits | (bits << 1U)) & 0x55555555U;
}

/// What is known of a block.
enum class Standing : std::uint8_t { outside, inside, mixed };

/// A polygon, cut down to what matters inside one box: a ray to the right from any place in the
/// box meets the edges kept here, and `crossings` others on top of them.
class PolygonPart {
  public:
    explicit PolygonPart(const geo::Geometry& polygons) : edges_(geo::edges_of(polygons)) {}
    [[nodiscard]] PolygonPart inside(const Box& box) const {
        PolygonPart part;
        part.crossings_ = crossings_;
        for (const geo::Edge& edge : edges_) {
            if (edge.high.y_m < box.min_y || edge.low.y_m > box.max_y) {
                continue;
            }
            const auto [left, right] = geo::x_range(edge, box.min_y, box.max_y);
            if (right < box.min_x) {
                continue; // no ray to the right meets it
            }
            const bool is_beside = left > box.max_x;
            if (is_beside && edge.low.y_m < box.min_y && edge.high.y_m > box.max_y) {
                ++part.crossings_; // every ray meets it
                continue;
            }
            part.has_border_ = part.has_border_ || !is_beside;
            part.edges_.push_back(edge);
        }
        return part;
    }
    [[nodiscard]] Standing standing(const Box& box) const {
        if (has_border_) {
            return Standing::mixed;
        }
        const PlaneXY middle{(box.min_x + box.max_x) / 2.0, (box.min_y + box.max_y) / 2.0};
        return holds(middle) ? Standing::inside : Standing::outside;
    }
    /// The rule of geo::BandedEdges::covers.
    [[nodiscard]] bool holds(PlaneXY p) const {
        bool is_inside = crossings_ % 2 != 0;
        for (const geo::Edge& edge : edges_) {
            if (p.y_m < edge.low.y_m || p.y_m > edge.high.y_m) {
                continue;
            }
            if (edge.low.y_m == edge.high.y_m) {
                if (p.x_m >= edge.low.x_m && p.x_m <= edge.high.x_m) {
                    return true;
                }
                continue;
            }
            const double side = geo::side_of(edge, p);
            if (side == 0.0) {
                return true;
            }
            if (p.y_m < edge.high.y_m && side > 0.0) {
                is_inside = !is_inside;
            }
        }
        return is_inside;
    }

  private:
    PolygonPart() = default;
    std::vector<geo::Edge> edges_;
    std::size_t crossings_ = 0;
    bool has_border_ = false;
};

class Disc {
  public:
    Disc(PlaneXY centre, Metres radius) : centre_(centre), radius_m_(radius.value) {}
    [[nodiscard]] Disc inside(const Box& /*box*/) const { return *this; }
    [[nodiscard]] Standing standing(const Box& box) const {
        const PlaneXY near{std::clamp(centre_.x_m, box.min_x, box.max_x),
                           std::clamp(centre_.y_m, box.min_y, box.max_y)};
        const PlaneXY far{centre_.x_m - box.min_x > box.max_x - centre_.x_m ? box.min_x : box.max_x,
                          centre_.y_m - box.min_y > box.max_y - centre_.y_m ? box.min_y
                                                                            : box.max_y};
        return !holds(near) ? Standing::outside : holds(far) ? Standing::inside : Standing::mixed;
    }
    [[nodiscard]] bool holds(PlaneXY p) const {
        const double dx = p.x_m - centre_.x_m;
        const double dy = p.y_m - centre_.y_m;
        return dx * dx + dy * dy <= radius_m_ * radius_m_;
    }

  private:
    PlaneXY centre_;
    double radius_m_;
};

} // namespace

ZGrid::ZGrid(std::span<const double> x_m, std::span<const double> y_m,
             std::vector<std::uint32_t>& order) {
    order.resize(x_m.size());
    if (x_m.empty()) {
        return;
    }
    const auto [west, east] = std::minmax_element(x_m.begin(), x_m.end());
    const auto [south, north] = std::minmax_element(y_m.begin(), y_m.end());
    min_x_ = *west;
    min_y_ = *south;
    const double side = std::max(*east - *west, *north - *south) + 1.0;
    cell_m_ = std::max(kLeastCell_m, side / (1 << kMostLevels));
    while (cell_m_ * (1 << levels_) < side && levels_ < kMostLevels) {
        ++levels_;
    }
    const auto last = static_cast<double>((1 << levels_) - 1);
    const auto along = [&](double offset) {
        return spread_bits(static_cast<std::uint32_t>(std::min(offset / cell_m_, last)));
    };
    std::vector<std::uint32_t> cell(x_m.size());
    cell_first_.assign((std::size_t{1} << (2 * levels_)) + 1, 0);
    for (std::size_t i = 0; i < x_m.size(); ++i) {
        cell[i] = along(x_m[i] - min_x_) | (along(y_m[i] - min_y_) << 1U);
        ++cell_first_[cell[i] + 1];
    }
    std::partial_sum(cell_first_.begin(), cell_first_.end(), cell_first_.begin());
    std::vector<std::uint32_t> next(cell_first_.begin(), cell_first_.end() - 1);
    for (std::uint32_t i = 0; i < cell.size(); ++i) {
        order[next[cell[i]]++] = i;
    }
    x_m_.resize(x_m.size());
    y_m_.resize(y_m.size());
    for (std::size_t row = 0; row < order.size(); ++row) {
        x_m_[row] = x_m[order[row]];
        y_m_[row] = y_m[order[row]];
    }
}

ZGrid::Block ZGrid::quarter(const Block& block, unsigned which) const {
    const int level = block.level - 1;
    const double side = cell_m_ * (1 << level);
    return {block.code + (which << (2 * static_cast<unsigned>(level))), level,
            block.min_x + ((which & 1U) != 0 ? side : 0.0),
            block.min_y + ((which & 2U) != 0 ? side : 0.0)};
}

RowRange ZGrid::rows_of(const Block& block) const {
    return {cell_first_[block.code],
            cell_first_[block.code + (std::size_t{1} << (2 * static_cast<unsigned>(block.level)))]};
}

Box ZGrid::box_of(const Block& block) const {
    const double slack = cell_m_ * 1e-6;
    const double side = cell_m_ * (1 << block.level) + slack;
    return {block.min_x - slack, block.min_y - slack, block.min_x + side, block.min_y + side};
}

template <class Question>
void ZGrid::ask(const Block& block, const Question& question, RowRanges& found) const {
    const RowRange rows = rows_of(block);
    if (rows.first == rows.end) {
        return;
    }
    const Box box = box_of(block);
    const Question here = question.inside(box);
    const Standing standing = here.standing(box);
    if (standing == Standing::inside) {
        found.add(rows);
    } else if (standing == Standing::mixed && block.level > 0 && rows.end - rows.first > kFewRows) {
        for (unsigned which = 0; which < 4; ++which) {
            ask(quarter(block, which), here, found);
        }
    } else if (standing == Standing::mixed) {
        for (std::uint32_t row = rows.first; row < rows.end; ++row) {
            if (here.holds({x_m_[row], y_m_[row]})) {
                found.add({row, row + 1});
            }
        }
    }
}

template <class Question>
RowRanges ZGrid::ask_all(const Question& question) const {
    RowRanges found;
    if (x_m_.empty()) {
        return found;
    }
    std::vector<Block> blocks{all()};
    for (int depth = 0; depth < std::min(kTaskDepth, levels_); ++depth) {
        std::vector<Block> quarters;
        for (const Block& block : blocks) {
            for (unsigned which = 0; which < 4; ++which) {
                quarters.push_back(quarter(block, which));
            }
        }
        blocks = std::move(quarters);
    }
    std::vector<RowRanges> parts(blocks.size());
    parallel_for_each(blocks.size(), 1, [&](std::size_t i) { ask(blocks[i], question, parts[i]); });
    for (const RowRanges& part : parts) {
        for (const RowRange& rows : part.all()) {
            found.add(rows);
        }
    }
    return found;
}

RowRanges ZGrid::within(const geo::Geometry& polygons) const {
    return ask_all(PolygonPart(polygons));
}

RowRanges ZGrid::within(PlaneXY centre, Metres radius) const {
    return ask_all(Disc(centre, radius));
}

} // namespace icmap::serve
