#include "pipeline/land_pieces.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace icmap::pipeline {

Result<LandPieces> LandPieces::cut(geo::Geometry land) {
    LandPieces pieces;
    pieces.land_ = std::move(land);
    if (pieces.land_.is_empty()) {
        return pieces;
    }
    pieces.bounds_ = pieces.land_.bounds();
    const Box& bounds = pieces.bounds_;
    pieces.columns_ = static_cast<std::int64_t>((bounds.max_x - bounds.min_x) / kSide) + 1;
    pieces.rows_ = static_cast<std::int64_t>((bounds.max_y - bounds.min_y) / kSide) + 1;
    const auto count = static_cast<std::size_t>(pieces.columns_ * pieces.rows_);
    std::vector<Result<geo::Geometry>> cuts(count);
    parallel_for_each(count, 1, [&](std::size_t i) {
        const auto column = static_cast<double>(static_cast<std::int64_t>(i) % pieces.columns_);
        const auto row = static_cast<double>(static_cast<std::int64_t>(i) / pieces.columns_);
        const Box square{bounds.min_x + column * kSide - kMargin,
                         bounds.min_y + row * kSide - kMargin,
                         bounds.min_x + (column + 1) * kSide + kMargin,
                         bounds.min_y + (row + 1) * kSide + kMargin};
        cuts[i] = geo::intersection(pieces.land_, geo::Geometry::box(square));
    });
    pieces.pieces_.reserve(count);
    for (auto& one : cuts) {
        ICMAP_ASSIGN(auto piece, std::move(one));
        pieces.pieces_.push_back(std::move(piece));
    }
    return pieces;
}

const geo::Geometry* LandPieces::around(const Box& box, Metres reach) const {
    if (land_.is_empty()) {
        return nullptr;
    }
    const double half_extent = std::max(box.max_x - box.min_x, box.max_y - box.min_y) / 2.0;
    if (half_extent + reach.value > kMargin) {
        return &land_;
    }
    const auto cell = [](double at, double from, std::int64_t cells) {
        return std::clamp(static_cast<std::int64_t>(std::floor((at - from) / kSide)),
                          std::int64_t{0}, cells - 1);
    };
    const double x = (box.min_x + box.max_x) / 2.0;
    const double y = (box.min_y + box.max_y) / 2.0;
    const bool is_inside = bounds_.contains(x, y);
    if (!is_inside) {
        return &land_;
    }
    const std::int64_t column = cell(x, bounds_.min_x, columns_);
    const std::int64_t row = cell(y, bounds_.min_y, rows_);
    return &pieces_[static_cast<std::size_t>(row * columns_ + column)];
}

} // namespace icmap::pipeline
