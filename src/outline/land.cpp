#include "outline/land.hpp"

#include "base/parallel.hpp"
#include "geo/area_index.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace icmap::outline {
namespace {

// Wide pieces hold outlines of clusters up to their greatest usual extent, narrow ones those of a
// town; a tile is about an outline's own size.
constexpr double kWideSide_m = 100'000.0;
constexpr double kWideMargin_m = 60'000.0;
constexpr double kNarrowSide_m = 20'000.0;
constexpr double kNarrowMargin_m = 10'000.0;
constexpr double kTile_m = 5'000.0;

std::int64_t count_along(double extent_m, double side_m) {
    return static_cast<std::int64_t>(extent_m / side_m) + 1;
}

std::int64_t index_along(double at, double from, double side_m, std::int64_t count) {
    return std::clamp(static_cast<std::int64_t>(std::floor((at - from) / side_m)), std::int64_t{0},
                      count - 1);
}

} // namespace

Result<Land> Land::make(geo::Geometry land) {
    Land prepared;
    if (land.is_empty()) {
        return prepared;
    }
    prepared.bounds_ = land.bounds();
    prepared.land_ = LandPiece(std::move(land));
    ICMAP_ASSIGN(prepared.wide_, prepared.cut(kWideSide_m, kWideMargin_m, nullptr));
    ICMAP_ASSIGN(prepared.narrow_, prepared.cut(kNarrowSide_m, kNarrowMargin_m, &prepared.wide_));
    prepared.lay_tiles();
    return prepared;
}

Result<Land::Pieces> Land::cut(double side_m, double margin_m, const Pieces* larger) const {
    Pieces pieces{side_m,
                  margin_m,
                  count_along(bounds_.max_x - bounds_.min_x, side_m),
                  count_along(bounds_.max_y - bounds_.min_y, side_m),
                  {}};
    const auto count = static_cast<std::size_t>(pieces.columns * pieces.rows);
    std::vector<Result<LandPiece>> cuts(count);
    parallel_for_each(count, 1, [&](std::size_t i) {
        const double x = bounds_.min_x + side_m * static_cast<double>(static_cast<std::int64_t>(i) %
                                                                      pieces.columns);
        const double y = bounds_.min_y + side_m * static_cast<double>(static_cast<std::int64_t>(i) /
                                                                      pieces.columns);
        const Box square{x - margin_m, y - margin_m, x + side_m + margin_m, y + side_m + margin_m};
        const LandPiece* from = larger == nullptr ? &land_ : piece_around(*larger, square);
        auto piece = geo::intersection(from->geometry(), geo::Geometry::box(square));
        cuts[i] = piece ? Result<LandPiece>(LandPiece(std::move(*piece)))
                        : tl::unexpected(std::move(piece).error());
    });
    pieces.piece.reserve(count);
    for (auto& one : cuts) {
        ICMAP_ASSIGN(auto piece, std::move(one));
        pieces.piece.push_back(std::move(piece));
    }
    return pieces;
}

const LandPiece* Land::piece_around(const Pieces& pieces, const Box& box) const {
    const double half_extent = std::max(box.max_x - box.min_x, box.max_y - box.min_y) / 2.0;
    const double x = (box.min_x + box.max_x) / 2.0;
    const double y = (box.min_y + box.max_y) / 2.0;
    if (half_extent > pieces.margin_m || !bounds_.contains(x, y)) {
        return &land_;
    }
    const std::int64_t column = index_along(x, bounds_.min_x, pieces.side_m, pieces.columns);
    const std::int64_t row = index_along(y, bounds_.min_y, pieces.side_m, pieces.rows);
    return &pieces.piece[static_cast<std::size_t>(row * pieces.columns + column)];
}

/// A tile that no border touches is all land or all sea, as its centre is.
void Land::lay_tiles() {
    tile_columns_ = count_along(bounds_.max_x - bounds_.min_x, kTile_m);
    tile_rows_ = count_along(bounds_.max_y - bounds_.min_y, kTile_m);
    std::vector<std::uint8_t> has_border(static_cast<std::size_t>(tile_columns_ * tile_rows_), 0);
    const auto mark = [&](PlaneXY a, PlaneXY b) {
        // The tiles of the box around an edge: a few too many for long slanted ones.
        const auto column = [&](double x) {
            return index_along(x, bounds_.min_x, kTile_m, tile_columns_);
        };
        const auto row = [&](double y) {
            return index_along(y, bounds_.min_y, kTile_m, tile_rows_);
        };
        for (std::int64_t r = row(std::min(a.y_m, b.y_m)); r <= row(std::max(a.y_m, b.y_m)); ++r) {
            for (std::int64_t c = column(std::min(a.x_m, b.x_m));
                 c <= column(std::max(a.x_m, b.x_m)); ++c) {
                has_border[static_cast<std::size_t>(r * tile_columns_ + c)] = 1;
            }
        }
    };
    for (const geo::GeometryPart& part : land_.geometry().parts()) {
        for (const geo::Ring& ring : part.rings) {
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                mark(ring[i], ring[i + 1]);
            }
        }
    }
    std::vector<PlaneXY> centres;
    centres.reserve(has_border.size());
    for (std::int64_t r = 0; r < tile_rows_; ++r) {
        for (std::int64_t c = 0; c < tile_columns_; ++c) {
            centres.push_back({bounds_.min_x + kTile_m * (static_cast<double>(c) + 0.5),
                               bounds_.min_y + kTile_m * (static_cast<double>(r) + 0.5)});
        }
    }
    const std::vector<std::int32_t> area =
        geo::AreaIndex(std::span(&land_.geometry(), 1)).locate(centres);
    is_inland_.resize(has_border.size());
    for (std::size_t i = 0; i < has_border.size(); ++i) {
        is_inland_[i] = has_border[i] == 0 && area[i] != geo::kNoArea ? 1 : 0;
    }
}

bool Land::is_inland(const Box& box) const {
    if (box.min_x < bounds_.min_x || box.min_y < bounds_.min_y || box.max_x > bounds_.max_x ||
        box.max_y > bounds_.max_y) {
        return false;
    }
    const std::int64_t last_column = index_along(box.max_x, bounds_.min_x, kTile_m, tile_columns_);
    const std::int64_t last_row = index_along(box.max_y, bounds_.min_y, kTile_m, tile_rows_);
    for (std::int64_t r = index_along(box.min_y, bounds_.min_y, kTile_m, tile_rows_); r <= last_row;
         ++r) {
        for (std::int64_t c = index_along(box.min_x, bounds_.min_x, kTile_m, tile_columns_);
             c <= last_column; ++c) {
            if (is_inland_[static_cast<std::size_t>(r * tile_columns_ + c)] == 0) {
                return false;
            }
        }
    }
    return true;
}

const LandPiece* Land::around(const Box& box, Metres reach) const {
    if (land_.geometry().is_empty()) {
        return nullptr;
    }
    const double r = reach.value;
    const Box wide{box.min_x - r, box.min_y - r, box.max_x + r, box.max_y + r};
    if (is_inland(wide)) {
        return nullptr;
    }
    const LandPiece* narrow = piece_around(narrow_, wide);
    return narrow != &land_ ? narrow : piece_around(wide_, wide);
}

} // namespace icmap::outline
