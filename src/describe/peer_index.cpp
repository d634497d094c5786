#include "describe/peer_index.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace icmap::describe {
namespace {

constexpr std::size_t kBlock = PeerColumns::kBlock;

float product(std::span<const float> a, std::span<const float> b) {
    constexpr std::size_t kSums = 8; // side by side
    std::array<float, kSums> sums{};
    for (std::size_t i = 0; i < a.size(); ++i) {
        sums[i % kSums] += a[i] * b[i];
    }
    return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

bool do_not_meet(const Box& a, const Box& b) {
    return a.max_x < b.min_x || b.max_x < a.min_x || a.max_y < b.min_y || b.max_y < a.min_y;
}

std::vector<std::uint32_t> by_sector_and_size(const std::vector<PeerProfile>& profiles) {
    std::vector<std::uint32_t> row(profiles.size());
    std::iota(row.begin(), row.end(), 0U);
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    std::sort(row.begin(), row.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::make_tuple(profiles[a].sector, profiles[a].traits[kSize], a) <
               std::make_tuple(profiles[b].sector, profiles[b].traits[kSize], b);
    });
    return row;
}

} // namespace

/// What one search has found so far.
class PeerIndex::Search {
  public:
    Search(std::size_t position, std::size_t wanted, bool is_elsewhere)
        : position_(position), wanted_(wanted), is_elsewhere_(is_elsewhere) {
        least_.reserve(wanted + 1);
        seen_.reserve(128);
    }

    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::size_t wanted() const { return wanted_; }
    /// Whether only those that lie apart are wanted.
    [[nodiscard]] bool is_elsewhere() const { return is_elsewhere_; }

    /// The square of a distance beyond which none of the wanted lies, rounding aside.
    [[nodiscard]] float limit() const { return limit_; }
    [[nodiscard]] bool has_limit() const { return least_.size() == wanted_; }
    [[nodiscard]] bool wants(float square) const { return square <= limit_; }
    void add(float square, std::size_t position) {
        seen_.emplace_back(square, position);
        if (least_.size() == wanted_) {
            if (square >= least_.back()) {
                return;
            }
            least_.pop_back();
        }
        least_.insert(std::upper_bound(least_.begin(), least_.end(), square), square);
        if (least_.size() == wanted_) {
            limit_ = least_.back() + 2.0F * PeerColumns::kError;
        }
    }
    /// The positions that may be among the wanted.
    [[nodiscard]] std::vector<std::size_t> likely() const {
        std::vector<std::size_t> positions;
        for (const auto& [square, position] : seen_) {
            if (wants(square)) {
                positions.push_back(position);
            }
        }
        return positions;
    }

  private:
    std::size_t position_;
    std::size_t wanted_;
    bool is_elsewhere_;
    float limit_ = std::numeric_limits<float>::max();
    std::vector<float> least_; ///< squares of the wanted so far, ascending
    std::vector<std::pair<float, std::size_t>> seen_;
};

PeerIndex::PeerIndex(const std::vector<PeerProfile>& profiles, const Comparison& comparison,
                     const PeerOptions& options)
    : profiles_(profiles), comparison_(comparison), options_(options),
      row_(by_sector_and_size(profiles)), columns_(profiles, comparison.scaled(), row_) {
    position_.assign(row_.size(), 0);
    box_.reserve(row_.size());
    for (std::size_t p = 0; p < row_.size(); ++p) {
        const PeerProfile& of = profiles_[row_[p]];
        position_[row_[p]] = static_cast<std::uint32_t>(p);
        box_.push_back({of.min_lon_deg, of.min_lat_deg, of.max_lon_deg, of.max_lat_deg});
        if (sectors_.empty() || sectors_.back().id != of.sector) {
            sectors_.push_back({of.sector, p, p, {}, {}});
        }
        sectors_.back().end = p + 1;
        sector_of_.push_back(sectors_.size() - 1);
    }
    order_sectors();
}

void PeerIndex::order_sectors() {
    for (Sector& sector : sectors_) {
        sector.mix.assign(columns_.industries(), 0.0F);
        for (std::size_t p = sector.begin; p < sector.end; ++p) {
            for (const PeerColumns::Root& share : columns_.mix(p)) {
                sector.mix[share.industry] += share.root;
            }
        }
        const float length = std::sqrt(product(sector.mix, sector.mix));
        for (float& part : sector.mix) {
            part /= length > 0.0F ? length : 1.0F;
        }
    }
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
        std::vector<std::pair<float, std::size_t>> apart;
        for (std::size_t other = 0; other < sectors_.size(); ++other) {
            if (other != s) {
                apart.emplace_back(-product(sectors_[s].mix, sectors_[other].mix), other);
            }
        }
        std::sort(apart.begin(), apart.end());
        for (const auto& [likeness, other] : apart) {
            sectors_[s].liked.push_back(other);
        }
    }
}

bool PeerIndex::lie_apart(std::uint32_t a, std::uint32_t b) const {
    return do_not_meet(box_[position_[a]], box_[position_[b]]);
}

void PeerIndex::look(Search& search, std::size_t begin, std::size_t end) const {
    const std::size_t own = search.position();
    PeerColumns::Block block;
    constexpr std::size_t kFirst = 64; // few at first: until there is a limit all are near
    std::size_t count = 0;
    for (std::size_t at = begin / PeerColumns::kLanes * PeerColumns::kLanes; at < end;
         at += count) {
        count = std::min(search.has_limit() ? kBlock : kFirst, end - at);
        columns_.compare(own, at, count, search.limit(), block);
        block.for_each_near(count, [&](std::size_t i) {
            const std::size_t other = at + i;
            if (search.wants(block.squares[i]) && other != own && begin <= other && other < end &&
                (!search.is_elsewhere() || do_not_meet(box_[own], box_[other]))) {
                search.add(block.squares[i], other);
            }
        });
    }
}

std::vector<PeerIndex::Near> PeerIndex::nearest(const Search& search) const {
    const std::uint32_t row = row_[search.position()];
    std::vector<Near> near;
    for (const std::size_t position : search.likely()) {
        near.emplace_back(comparison_.between(row, row_[position]).total, row_[position]);
    }
    std::sort(near.begin(), near.end());
    near.resize(std::min(near.size(), search.wanted()));
    return near;
}

std::vector<PeerIndex::Near> PeerIndex::in_own_sector(std::uint32_t row, std::size_t wanted) const {
    Search search(position_[row], wanted, false);
    const Sector& sector = sectors_[sector_of_[search.position()]];
    // From the row's own size outwards, so that the limit is soon a narrow one, until size alone
    // sets all that follow too far apart.
    const std::size_t near_begin =
        std::max(sector.begin + kBlock / 2, search.position()) - kBlock / 2;
    const std::size_t near_end = std::min(sector.end, near_begin + kBlock);
    if (wanted > 0) {
        look(search, near_begin, near_end);
        for (std::size_t at = near_end;
             at < sector.end && columns_.sizes_are_near(search.position(), at, search.limit());
             at += kBlock) {
            look(search, at, std::min(sector.end, at + kBlock));
        }
        for (std::size_t end = near_begin;
             end > sector.begin &&
             columns_.sizes_are_near(search.position(), end - 1, search.limit());) {
            const std::size_t begin = std::max(sector.begin + kBlock, end) - kBlock;
            look(search, begin, end);
            end = begin;
        }
    }
    return nearest(search);
}

std::vector<PeerIndex::Near> PeerIndex::in_other_sectors(std::uint32_t row,
                                                         std::size_t wanted) const {
    Search search(position_[row], wanted, true);
    const Sector& own = sectors_[sector_of_[search.position()]];
    const bool is_part = row_.size() > options_.compare_all && wanted > 0;
    const std::size_t looked_at =
        is_part ? std::min(options_.like_sectors, own.liked.size()) : own.liked.size();
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    const double size = profiles_[row].traits[kSize];
    for (std::size_t i = 0; wanted > 0 && i < looked_at; ++i) {
        const Sector& sector = sectors_[own.liked[i]];
        std::size_t begin = sector.begin;
        std::size_t end = sector.end;
        if (is_part && end - begin > options_.of_like_size) {
            const auto first = row_.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto last = row_.begin() + static_cast<std::ptrdiff_t>(end);
            const auto middle = static_cast<std::size_t>(
                std::lower_bound(first, last, size,
                                 [&](std::uint32_t other, double wanted_size) {
                                     return profiles_[other].traits[kSize] < wanted_size;
                                 }) -
                row_.begin());
            const std::size_t half = options_.of_like_size / 2;
            begin = std::min(std::max(begin + half, middle) - half, end - options_.of_like_size);
            end = begin + options_.of_like_size;
        }
        look(search, begin, end);
    }
    return nearest(search);
}

} // namespace icmap::describe
