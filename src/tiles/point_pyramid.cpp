#include "tiles/point_pyramid.hpp"

#include "base/parallel.hpp"
#include "base/parallel_sort.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

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
    std::uint32_t rank;
    std::uint32_t index;
    friend bool operator<(const Coded& a, const Coded& b) {
        return std::tie(a.code, a.rank, a.index) < std::tie(b.code, b.rank, b.index);
    }
};

/// How many times a tile's side can be halved so that a strip of that width still holds the margin.
std::uint32_t strip_levels(const PyramidOptions& options, std::uint32_t zoom) {
    std::uint32_t levels = 0;
    while (zoom + levels < kBits && (options.extent >> (levels + 1)) > options.buffer) {
        ++levels;
    }
    return levels;
}

/// A coordinate in steps of the tile, rounded; the tile's corner and the point as steps of the
/// square.
std::int32_t tile_step(std::int64_t from_corner, std::uint32_t extent, std::uint32_t zoom) {
    const std::uint32_t shift = kBits - zoom;
    const std::int64_t half = (std::int64_t{1} << shift) >> 1U;
    return static_cast<std::int32_t>((from_corner * std::int64_t{extent} + half) >> shift);
}

} // namespace

PointPyramid::PointPyramid(std::span<const LonLat> points, std::span<const std::uint32_t> ranks,
                           const PyramidOptions& options)
    : options_(options) {
    std::vector<Coded> coded;
    coded.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (std::isfinite(points[i].lon) && std::isfinite(points[i].lat)) {
            const WorldXY world = to_world(points[i]);
            const auto index = static_cast<std::uint32_t>(i);
            coded.push_back({z_code(step_of(world.x), step_of(world.y)),
                             ranks.empty() ? index : ranks[i], index});
        }
    }
    parallel_sort(coded.begin(), coded.end());
    codes_.reserve(coded.size());
    order_.reserve(coded.size());
    ranks_.reserve(coded.size());
    for (const Coded& point : coded) {
        codes_.push_back(point.code);
        order_.push_back(point.index);
        ranks_.push_back(point.rank);
    }
    coded = {};
    thin();
}

PointPyramid PointPyramid::subset(const std::function<bool(std::uint32_t)>& keeps) const {
    PointPyramid some(options_);
    for (std::uint32_t i = 0; i < codes_.size(); ++i) {
        const std::uint32_t place = places_.empty() ? i : places_[i];
        if (keeps(place)) {
            some.codes_.push_back(codes_[i]);
            some.ranks_.push_back(ranks_[i]);
            some.places_.push_back(place);
        }
    }
    some.thin();
    return some;
}

void PointPyramid::thin() {
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
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        const std::uint32_t shared = i == 0 ? 0 : shared_levels(codes_[i - 1], codes_[i]);
        if (i == 0 || shared < zoom) {
            narrow(i - start);
            start = i;
            first_at.fill(0);
            first_at[0] = 1; // the tile itself
        } else {
            ++first_at[shared + 1];
        }
    }
    narrow(codes_.size() - start);
    return bits;
}

PointPyramid::Level PointPyramid::thinned(std::uint32_t bits) const {
    Level level;
    for (std::size_t i = 0; i < codes_.size();) {
        std::size_t best = i;
        std::uint64_t sum_x = 0;
        std::uint64_t sum_y = 0;
        std::size_t j = i;
        for (; j < codes_.size() && shared_levels(codes_[i], codes_[j]) >= bits; ++j) {
            best = ranks_[j] < ranks_[best] ? j : best;
            sum_x += gathered(codes_[j]);
            sum_y += gathered(codes_[j] >> 1U);
        }
        level.first.push_back(static_cast<std::uint32_t>(i));
        level.chosen.push_back(static_cast<std::uint32_t>(best));
        if (options_.is_mean) {
            level.codes.push_back(z_code(static_cast<std::uint32_t>(sum_x / (j - i)),
                                         static_cast<std::uint32_t>(sum_y / (j - i))));
        }
        i = j;
    }
    level.first.shrink_to_fit();
    level.chosen.shrink_to_fit();
    return level;
}

std::size_t PointPyramid::size_at(std::uint32_t zoom) const {
    return is_thinned(zoom) ? levels_[zoom].first.size() : codes_.size();
}

std::uint64_t PointPyramid::code_at(std::uint32_t zoom, std::size_t i) const {
    const Level& level = levels_[zoom];
    return !is_thinned(zoom)     ? codes_[i]
           : level.codes.empty() ? codes_[level.chosen[i]]
                                 : level.codes[i];
}

TileMark PointPyramid::mark_at(std::uint32_t zoom, std::size_t i) const {
    const Level& level = levels_[zoom];
    std::size_t point = i;
    std::size_t count = 1;
    if (is_thinned(zoom)) {
        point = level.chosen[i];
        count = (i + 1 < level.first.size() ? level.first[i + 1] : codes_.size()) - level.first[i];
    }
    return {{},
            places_.empty() ? static_cast<std::uint32_t>(point) : places_[point],
            static_cast<std::uint32_t>(count)};
}

PointPyramid::Range PointPyramid::range_of(std::uint32_t zoom, TileId cell, Range within) const {
    const std::uint32_t shift = 2 * (kBits - cell.z);
    if (shift == 64) {
        return within;
    }
    const auto at = [&](std::uint64_t code, std::size_t begin) {
        std::size_t count = within.end - begin;
        while (count > 0) {
            const std::size_t half = count / 2;
            const bool is_before = code_at(zoom, begin + half) < code;
            begin = is_before ? begin + half + 1 : begin;
            count = is_before ? count - half - 1 : half;
        }
        return begin;
    };
    const std::uint64_t code = z_code(cell.x, cell.y);
    const std::uint64_t next = (code + 1) << shift;
    const std::size_t begin = at(code << shift, within.begin);
    return {begin, next == 0 ? within.end : at(next, begin)};
}

TileXY PointPyramid::position_in(TileId tile, std::uint64_t code) const {
    const std::uint32_t shift = kBits - tile.z;
    const auto from = [shift](std::uint64_t half_code, std::uint32_t corner) {
        return std::int64_t{gathered(half_code)} - (std::int64_t{corner} << shift);
    };
    return {tile_step(from(code, tile.x), options_.extent, tile.z),
            tile_step(from(code >> 1U, tile.y), options_.extent, tile.z)};
}

void PointPyramid::append_own(TileId tile, Range range, std::vector<TileMark>& marks) const {
    for (std::size_t i = range.begin; i < range.end; ++i) {
        marks.push_back(mark_at(tile.z, i));
        marks.back().position = position_in(tile, code_at(tile.z, i));
    }
}

void PointPyramid::append_margin(TileId tile, Range range, std::vector<TileMark>& marks) const {
    const auto low = -static_cast<std::int32_t>(options_.buffer);
    const auto high = static_cast<std::int32_t>(options_.extent + options_.buffer);
    for (std::size_t i = range.begin; i < range.end && marks.size() < options_.max_points; ++i) {
        const TileXY p = position_in(tile, code_at(tile.z, i));
        if (p.x >= low && p.x <= high && p.y >= low && p.y <= high) {
            marks.push_back(mark_at(tile.z, i));
            marks.back().position = p;
        }
    }
}

void PointPyramid::append_neighbour(TileId tile, TileId neighbour,
                                    std::vector<TileMark>& marks) const {
    constexpr std::size_t kFew = 64; ///< marks that are sooner looked at than searched
    const Range all = range_of(tile.z, neighbour, {0, size_at(tile.z)});
    if (all.end - all.begin <= kFew) {
        append_margin(tile, all, marks);
        return;
    }
    // Only the strip along the tile's edge: small cells, one or a row or a column of them.
    const std::uint32_t levels = strip_levels(options_, tile.z);
    const std::uint32_t last = (1U << levels) - 1;
    const auto strip = [last](std::uint32_t own, std::uint32_t other) {
        return other == own  ? std::pair(0U, last)
               : other < own ? std::pair(last, last)
                             : std::pair(0U, 0U);
    };
    const auto [first_x, last_x] = strip(tile.x, neighbour.x);
    const auto [first_y, last_y] = strip(tile.y, neighbour.y);
    for (std::uint32_t y = first_y; y <= last_y; ++y) {
        for (std::uint32_t x = first_x; x <= last_x; ++x) {
            const TileId cell{tile.z + levels, (neighbour.x << levels) + x,
                              (neighbour.y << levels) + y};
            append_margin(tile, range_of(tile.z, cell, all), marks);
        }
    }
}

TileMarks PointPyramid::marks(TileId tile) const {
    TileMarks found;
    const Range all = range_of(tile.z, tile, {0, size_at(tile.z)});
    append_own(tile, all, found.marks);
    found.own = found.marks.size();
    for (const TileMark& mark : found.marks) {
        found.points += mark.count;
    }
    for (std::uint32_t dy = 0; dy < 3 && options_.buffer > 0; ++dy) {
        for (std::uint32_t dx = 0; dx < 3; ++dx) {
            // Unsigned: one below zero is a tile that does not exist.
            const TileId neighbour{tile.z, tile.x + dx - 1, tile.y + dy - 1};
            if (neighbour != tile && exists(neighbour)) {
                append_neighbour(tile, neighbour, found.marks);
            }
        }
    }
    return found;
}

} // namespace icmap::tiles
