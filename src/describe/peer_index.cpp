#include "describe/peer_index.hpp"

#include "base/simd.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace icmap::describe {
namespace {

constexpr std::size_t kBlock = 256;
constexpr std::size_t kChunk = 32;
// Squares of distances are of single precision here; no more than that is lost.
constexpr float kError = 1e-3F;
constexpr float kNone = std::numeric_limits<float>::infinity();

float product(std::span<const float> a, std::span<const float> b) {
    constexpr std::size_t kLanes = 8;
    std::array<float, kLanes> sums{};
    for (std::size_t i = 0; i < a.size(); ++i) {
        sums[i % kLanes] += a[i] * b[i];
    }
    return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

/// What one block of positions is apart, side by side.
struct Block {
    std::array<float, kBlock> squares;               ///< of the parts, added up
    std::array<float, kBlock> parts;                 ///< how many are known of both
    std::array<float, kBlock> overlap;               ///< of the mixes of industries
    std::array<std::uint32_t, kBlock / kChunk> near; ///< a bit a position
};

/// One number of each position of a block, and that of the position that they are compared with.
struct Numbers {
    float mine;
    const float* theirs;
};

/// Begins a block with the types and whether the mixes are known.
ICMAP_SIMD_CLONES
void begin_block(const Numbers& type, const Numbers& has_mix, Block& block) {
    for (std::size_t i = 0; i < kBlock; ++i) {
        block.squares[i] = type.mine == type.theirs[i] ? 0.0F : 1.0F;
        block.parts[i] = 1.0F + has_mix.mine * has_mix.theirs[i];
    }
    block.overlap.fill(0.0F);
}

ICMAP_SIMD_CLONES
void add_trait(const Numbers& trait, const Numbers& is_known, Block& block) {
    for (std::size_t i = 0; i < kBlock; ++i) {
        const float apart = std::abs(trait.mine - trait.theirs[i]);
        const float part =
            apart < static_cast<float>(kFarthest) ? apart : static_cast<float>(kFarthest);
        const float both = is_known.mine * is_known.theirs[i];
        block.squares[i] += both * part * part;
        block.parts[i] += both;
    }
}

/// \param root of the share of an industry
ICMAP_SIMD_CLONES
void add_overlap(const Numbers& root, Block& block) {
    for (std::size_t i = 0; i < kBlock; ++i) {
        block.overlap[i] += root.mine * root.theirs[i];
    }
}

/// Makes squares the mean over the parts and marks where it is within the limit. Without two traits
/// there is no comparison.
ICMAP_SIMD_CLONES
void end_block(const Numbers& has_mix, float limit, Block& block) {
    for (std::size_t i = 0; i < kBlock; ++i) {
        const float apart = 1.0F - block.overlap[i];
        const float mix = has_mix.mine * has_mix.theirs[i] * 4.0F * (apart > 0.0F ? apart : 0.0F);
        const float mean = (block.squares[i] + mix) / block.parts[i];
        block.squares[i] = block.parts[i] >= 3.0F ? mean : kNone;
    }
    for (std::size_t chunk = 0; chunk < block.near.size(); ++chunk) {
        std::uint32_t near = 0;
        for (std::uint32_t i = 0; i < kChunk; ++i) {
            near |= block.squares[chunk * kChunk + i] <= limit ? 1U << i : 0U;
        }
        block.near[chunk] = near;
    }
}

/// Calls `visit(i)` for those of the first `count` positions that are marked.
template <class Visit>
void visit_near(const Block& block, std::size_t count, Visit&& visit) {
    for (std::size_t begin = 0; begin < count; begin += kChunk) {
        for (std::uint32_t near = block.near[begin / kChunk]; near != 0; near &= near - 1) {
            const std::size_t i = begin + static_cast<unsigned>(std::countr_zero(near));
            if (i < count) {
                visit(i);
            }
        }
    }
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
            limit_ = least_.back() + 2.0F * kError;
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
    : profiles_(profiles), comparison_(comparison), options_(options), row_(profiles.size()) {
    std::iota(row_.begin(), row_.end(), 0U);
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    std::sort(row_.begin(), row_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::make_tuple(profiles[a].sector, profiles[a].traits[kSize], a) <
               std::make_tuple(profiles[b].sector, profiles[b].traits[kSize], b);
    });
    for (const PeerProfile& of : profiles) {
        box_.push_back({of.min_lon_deg, of.min_lat_deg, of.max_lon_deg, of.max_lat_deg});
    }
    lay_out(comparison.scaled());
    lay_out_mixes();
    order_sectors();
}

void PeerIndex::lay_out(const std::vector<Scaled>& scaled) {
    const std::size_t n = row_.size();
    position_.assign(n, 0);
    sector_of_.assign(n, 0);
    type_.assign(n + kBlock, 0.0F);
    has_mix_.assign(n + kBlock, 0.0F);
    for (std::size_t t = 0; t < kTraits; ++t) {
        trait_[t].assign(n + kBlock, 0.0F);
        known_[t].assign(n + kBlock, 0.0F);
    }
    std::map<std::string_view, float> types;
    for (std::size_t p = 0; p < n; ++p) {
        const PeerProfile& profile = profiles_[row_[p]];
        position_[row_[p]] = static_cast<std::uint32_t>(p);
        if (sectors_.empty() || sectors_.back().id != profile.sector) {
            sectors_.push_back({profile.sector, p, p, {}, {}});
        }
        sectors_.back().end = p + 1;
        sector_of_[p] = sectors_.size() - 1;
        for (std::size_t t = 0; t < kTraits; ++t) {
            const double value = scaled[row_[p]][t];
            known_[t][p] = std::isfinite(value) ? 1.0F : 0.0F;
            trait_[t][p] = std::isfinite(value) ? static_cast<float>(value) : 0.0F;
        }
        type_[p] = types.emplace(profile.type, static_cast<float>(types.size())).first->second;
        has_mix_[p] = profile.mix.empty() ? 0.0F : 1.0F;
    }
}

void PeerIndex::lay_out_mixes() {
    std::map<std::uint32_t, std::size_t> industries;
    for (const PeerProfile& profile : profiles_) {
        for (const auto& share : profile.mix) {
            industries.emplace(share.first, industries.size());
        }
    }
    root_.assign(industries.size(), std::vector<float>(row_.size() + kBlock, 0.0F));
    for (Sector& sector : sectors_) {
        sector.mix.assign(industries.size(), 0.0F);
        for (std::size_t p = sector.begin; p < sector.end; ++p) {
            for (const auto& [code, share] : profiles_[row_[p]].mix) {
                const std::size_t industry = industries.at(code);
                const auto root = static_cast<float>(std::sqrt(share));
                industries_.value.push_back(industry);
                root_[industry][p] = root;
                sector.mix[industry] += root;
            }
            industries_.first.push_back(industries_.end());
        }
    }
}

void PeerIndex::order_sectors() {
    for (Sector& sector : sectors_) {
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
    return box_[a].max_x < box_[b].min_x || box_[b].max_x < box_[a].min_x ||
           box_[a].max_y < box_[b].min_y || box_[b].max_y < box_[a].min_y;
}

bool PeerIndex::may_be_near(const Search& search, std::size_t at) const {
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    const std::size_t own = search.position();
    const float apart =
        std::min(static_cast<float>(kFarthest), std::abs(trait_[kSize][own] - trait_[kSize][at]));
    const float both = known_[kSize][own] * known_[kSize][at];
    return both * apart * apart <= search.limit() * static_cast<float>(kParts);
}

void PeerIndex::look(Search& search, std::size_t begin, std::size_t end) const {
    const std::size_t own = search.position();
    Block block;
    for (; begin < end; begin += kBlock) {
        const auto numbers = [own, begin](const std::vector<float>& of) {
            return Numbers{of[own], &of[begin]};
        };
        begin_block(numbers(type_), numbers(has_mix_), block);
        for (std::size_t t = 0; t < kTraits; ++t) {
            add_trait(numbers(trait_[t]), numbers(known_[t]), block);
        }
        for (const std::size_t industry : industries_.of(own)) {
            add_overlap(numbers(root_[industry]), block);
        }
        end_block(numbers(has_mix_), search.limit(), block);
        visit_near(block, std::min(kBlock, end - begin), [&](std::size_t i) {
            if (search.wants(block.squares[i]) && begin + i != own &&
                (!search.is_elsewhere() || lie_apart(row_[own], row_[begin + i]))) {
                search.add(block.squares[i], begin + i);
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
        for (std::size_t at = near_end; at < sector.end && may_be_near(search, at); at += kBlock) {
            look(search, at, std::min(sector.end, at + kBlock));
        }
        for (std::size_t end = near_begin; end > sector.begin && may_be_near(search, end - 1);) {
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
