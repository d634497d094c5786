#include "tiles/point_pyramid.hpp"

#include "base/parallel.hpp"

#include <oneapi/tbb/parallel_sort.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace icmap::tiles {

namespace {

constexpr std::uint32_t kBits = 32; ///< of a coordinate on the square
constexpr std::uint32_t kWholeSquare = 0xFFFFFFFFU;

/// Puts a zero bit before every bit. \source Morton 1966; the usual masks
std::uint64_t spread(std::uint32_t value) {
    std::uint64_t v = value;
    v = (v | (v << 16U)) & 0x0000FFFF0000FFFFULL;
    v = (v | (v << 8U)) & 0x00FF00FF00FF00FFULL;
    v = (v | (v << 4U)) & 0x0F0F0F0F0F0F0F0FULL;
    v = (v | (v << 2U)) & 0x3333333333333333ULL;
    v = (v | (v << 1U)) & 0x5555555555555555ULL;
    return v;
}

std::uint32_t gathered(std::uint64_t v) {
    v &= 0x5555555555555555ULL;
    v = (v | (v >> 1U)) & 0x3333333333333333ULL;
    v = (v | (v >> 2U)) & 0x0F0F0F0F0F0F0F0FULL;
    v = (v | (v >> 4U)) & 0x00FF00FF00FF00FFULL;
    v = (v | (v >> 8U)) & 0x0000FFFF0000FFFFULL;
    v = (v | (v >> 16U)) & 0x00000000FFFFFFFFULL;
    return static_cast<std::uint32_t>(v);
}

std::uint64_t z_code(std::uint32_t x, std::uint32_t y) {
    return spread(x) | (spread(y) << 1U);
}

std::uint32_t step_of(double share) {
    return static_cast<std::uint32_t>(
        std::clamp(std::floor(share * 4294967296.0), 0.0, static_cast<double>(kWholeSquare)));
}

/// How many leading levels of cells two positions share, 0 to 32.
std::uint32_t shared_levels(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint32_t>(std::countl_zero(a ^ b)) / 2U;
}

struct Coded {
    std::uint64_t code;
    std::uint32_t index;
    friend bool operator<(const Coded& a, const Coded& b) {
        return a.code != b.code ? a.code < b.code : a.index < b.index;
    }
};

/// A coordinate in steps of the tile, rounded; the tile's corner and the point as steps of the
/// square.
std::int32_t tile_step(std::int64_t from_corner, std::uint32_t extent, std::uint32_t zoom) {
    const std::uint32_t shift = kBits - zoom;
    const std::int64_t half = (std::int64_t{1} << shift) >> 1U;
    return static_cast<std::int32_t>((from_corner * std::int64_t{extent} + half) >> shift);
}

} // namespace

PointPyramid::PointPyramid(std::span<const LonLat> points, const PyramidOptions& options)
    : options_(options) {
    std::vector<Coded> coded;
    coded.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (std::isfinite(points[i].lon) && std::isfinite(points[i].lat)) {
            const WorldXY world = to_world(points[i]);
            coded.push_back(
                {z_code(step_of(world.x), step_of(world.y)), static_cast<std::uint32_t>(i)});
        }
    }
    tbb::parallel_sort(coded.begin(), coded.end());
    all_.codes.reserve(coded.size());
    all_.index.reserve(coded.size());
    for (const Coded& point : coded) {
        all_.codes.push_back(point.code);
        all_.index.push_back(point.index);
    }
    parallel_for_each(levels_.size(), 1, [this](std::size_t zoom) {
        const std::uint32_t bits = cell_bits(static_cast<std::uint32_t>(zoom));
        if (bits <= kBits) {
            levels_[zoom] = thinned(bits);
        }
    });
}

/// The finest level of cells of which no tile of this zoom has too many occupied, or more than
/// kBits if no tile has too many points.
std::uint32_t PointPyramid::cell_bits(std::uint32_t zoom) const {
    const auto finest = static_cast<std::uint32_t>(std::bit_width(options_.extent) - 1);
    // first_at[b]: points of the tile so far that begin a new cell at level b but not at b - 1.
    std::array<std::size_t, kBits + 2> first_at{};
    std::uint32_t bits = kBits + 1;
    const auto narrow = [&](std::size_t points) {
        if (points <= options_.max_points) {
            return;
        }
        std::size_t cells = 0;
        std::uint32_t level = 0;
        for (; level <= kBits; ++level) {
            cells += first_at[level];
            if (cells > options_.max_points) {
                break;
            }
        }
        bits = std::min({bits, std::max(level, zoom + 1) - 1, zoom + finest, kBits});
    };
    std::size_t start = 0;
    for (std::size_t i = 0; i < all_.codes.size(); ++i) {
        const std::uint32_t shared = i == 0 ? 0 : shared_levels(all_.codes[i - 1], all_.codes[i]);
        if (i == 0 || shared < zoom) {
            narrow(i - start);
            start = i;
            first_at.fill(0);
            first_at[0] = 1; // the tile itself
        } else {
            ++first_at[shared + 1];
        }
    }
    narrow(all_.codes.size() - start);
    return bits;
}

PointPyramid::Level PointPyramid::thinned(std::uint32_t bits) const {
    Level level;
    for (std::size_t i = 0; i < all_.codes.size();) {
        std::size_t best = i;
        std::uint64_t sum_x = 0;
        std::uint64_t sum_y = 0;
        std::size_t j = i;
        for (; j < all_.codes.size() && shared_levels(all_.codes[i], all_.codes[j]) >= bits; ++j) {
            best = all_.index[j] < all_.index[best] ? j : best;
            sum_x += gathered(all_.codes[j]);
            sum_y += gathered(all_.codes[j] >> 1U);
        }
        const std::uint64_t n = j - i;
        level.codes.push_back(options_.is_mean ? z_code(static_cast<std::uint32_t>(sum_x / n),
                                                        static_cast<std::uint32_t>(sum_y / n))
                                               : all_.codes[best]);
        level.index.push_back(all_.index[best]);
        level.count.push_back(static_cast<std::uint32_t>(n));
        i = j;
    }
    return level;
}

PointPyramid::Range PointPyramid::range_of(const Level& level, TileId tile) {
    const auto at = [&level](std::uint64_t code) {
        return static_cast<std::size_t>(std::ranges::lower_bound(level.codes, code) -
                                        level.codes.begin());
    };
    const std::uint64_t cell = z_code(tile.x, tile.y);
    const std::uint32_t shift = 2 * (kBits - tile.z);
    if (shift == 64) {
        return {0, level.codes.size()};
    }
    const std::uint64_t next = (cell + 1) << shift;
    return {at(cell << shift), next == 0 ? level.codes.size() : at(next)};
}

void PointPyramid::append_marks(const Level& level, Range range, TileId tile, bool is_margin,
                                std::vector<TileMark>& marks) const {
    const std::uint32_t shift = kBits - tile.z;
    const std::int64_t corner_x = std::int64_t{tile.x} << shift;
    const std::int64_t corner_y = std::int64_t{tile.y} << shift;
    const auto low = -static_cast<std::int32_t>(options_.buffer);
    const auto high = static_cast<std::int32_t>(options_.extent + options_.buffer);
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const TileXY p{
            tile_step(gathered(level.codes[i]) - corner_x, options_.extent, tile.z),
            tile_step(gathered(level.codes[i] >> 1U) - corner_y, options_.extent, tile.z)};
        if (is_margin && (p.x < low || p.x > high || p.y < low || p.y > high)) {
            continue;
        }
        if (is_margin && marks.size() >= options_.max_points) {
            return;
        }
        marks.push_back({p, level.index[i], level.count.empty() ? 1U : level.count[i]});
    }
}

TileMarks PointPyramid::marks(TileId tile) const {
    TileMarks found;
    const Level& level = is_thinned(tile.z) ? levels_[tile.z] : all_;
    const Range all = range_of(all_, tile);
    found.points = all.end - all.begin;
    append_marks(level, range_of(level, tile), tile, false, found.marks);
    found.own = found.marks.size();
    for (std::uint32_t dy = 0; dy < 3; ++dy) {
        for (std::uint32_t dx = 0; dx < 3; ++dx) {
            // Unsigned: one below zero is a tile that does not exist.
            const TileId neighbour{tile.z, tile.x + dx - 1, tile.y + dy - 1};
            if (neighbour != tile && exists(neighbour)) {
                append_marks(level, range_of(level, neighbour), tile, true, found.marks);
            }
        }
    }
    return found;
}

} // namespace icmap::tiles
