#include "describe/peer_index.hpp"

#include "base/simd.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace icmap::describe {
namespace {

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlock = 256;
// Bounds are of single precision and may exceed the distance that they bound by their rounding.
constexpr float kSlack = 1e-4F;

ICMAP_SIMD_CLONES
float product(const float* a, const float* b, std::size_t width) {
    std::array<float, kLanes> sums{};
    for (std::size_t i = 0; i < width; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

/// What a bound is made of, of one block of positions side by side.
struct Bounds {
    std::array<float, kBlock> squares; ///< of the parts that are cheap, added up
    std::array<float, kBlock> parts;   ///< how many are known of both
};

/// One trait of a block.
struct TraitBlock {
    float mine;
    float is_known;
    const float* theirs;
    const float* known;
};

ICMAP_SIMD_CLONES
void add_trait(const TraitBlock& trait, std::size_t count, Bounds& bounds) {
    for (std::size_t i = 0; i < count; ++i) {
        const float apart = std::abs(trait.mine - trait.theirs[i]);
        const float part =
            apart < static_cast<float>(kFarthest) ? apart : static_cast<float>(kFarthest);
        const float both = trait.is_known * trait.known[i];
        bounds.squares[i] += both * part * part;
        bounds.parts[i] += both;
    }
}

/// Marks the positions of a block that the cheap parts alone do not set beyond the limit.
/// \returns whether there is one
ICMAP_SIMD_CLONES
bool mark_near(const Bounds& bounds, float limit2, std::size_t count,
               std::array<std::uint32_t, kBlock>& is_near) {
    std::uint32_t any = 0;
    for (std::size_t i = 0; i < count; ++i) {
        is_near[i] = bounds.squares[i] > limit2 * bounds.parts[i] ? 0U : 1U;
        any |= is_near[i];
    }
    return any != 0;
}

} // namespace

/// What one search has found so far.
struct PeerIndex::Search {
    std::uint32_t row = 0;
    std::size_t position = 0;
    std::size_t wanted = 0;
    const std::function<bool(std::uint32_t)>* counts = nullptr;
    std::vector<Near> found{}; ///< ascending, at most `wanted`

    [[nodiscard]] float limit() const {
        return found.size() < wanted ? std::numeric_limits<float>::max()
                                     : static_cast<float>(found.back().first);
    }
    void add(Near near) {
        if (found.size() == wanted) {
            if (!(near < found.back())) {
                return;
            }
            found.pop_back();
        }
        found.insert(std::upper_bound(found.begin(), found.end(), near), near);
    }
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
    lay_out(comparison.scaled());
    order_sectors();
}

void PeerIndex::lay_out(const std::vector<Scaled>& scaled) {
    const std::size_t n = row_.size();
    position_.assign(n, 0);
    sector_of_.assign(n, 0);
    has_mix_.assign(n, 0.0F);
    std::map<std::uint32_t, std::size_t> industry;
    for (const PeerProfile& profile : profiles_) {
        for (const auto& share : profile.mix) {
            industry.emplace(share.first, industry.size());
        }
    }
    width_ = (industry.size() + kLanes - 1) / kLanes * kLanes;
    mix_.assign(n * width_, 0.0F);
    for (std::size_t t = 0; t < kTraits; ++t) {
        trait_[t].assign(n, 0.0F);
        known_[t].assign(n, 0.0F);
    }
    for (std::size_t p = 0; p < n; ++p) {
        const PeerProfile& profile = profiles_[row_[p]];
        position_[row_[p]] = static_cast<std::uint32_t>(p);
        if (sectors_.empty() || sectors_.back().id != profile.sector) {
            sectors_.push_back({profile.sector, p, p, std::vector<float>(width_, 0.0F), {}});
        }
        Sector& sector = sectors_.back();
        sector.end = p + 1;
        sector_of_[p] = sectors_.size() - 1;
        for (std::size_t t = 0; t < kTraits; ++t) {
            const double value = scaled[row_[p]][t];
            known_[t][p] = std::isfinite(value) ? 1.0F : 0.0F;
            trait_[t][p] = std::isfinite(value) ? static_cast<float>(value) : 0.0F;
        }
        has_mix_[p] = profile.mix.empty() ? 0.0F : 1.0F;
        for (const auto& [code, share] : profile.mix) {
            const auto root = static_cast<float>(std::sqrt(share));
            mix_[p * width_ + industry[code]] = root;
            sector.mix[industry[code]] += root;
        }
    }
}

void PeerIndex::order_sectors() {
    for (Sector& sector : sectors_) {
        const float length = std::sqrt(product(sector.mix.data(), sector.mix.data(), width_));
        for (float& part : sector.mix) {
            part /= length > 0.0F ? length : 1.0F;
        }
    }
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
        std::vector<std::pair<float, std::size_t>> apart;
        for (std::size_t other = 0; other < sectors_.size(); ++other) {
            if (other != s) {
                apart.emplace_back(
                    -product(sectors_[s].mix.data(), sectors_[other].mix.data(), width_), other);
            }
        }
        std::sort(apart.begin(), apart.end());
        for (const auto& [likeness, other] : apart) {
            sectors_[s].liked.push_back(other);
        }
    }
}

bool PeerIndex::may_be_near(const Search& search, std::size_t at) const {
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    const float apart = std::min(static_cast<float>(kFarthest),
                                 std::abs(trait_[kSize][search.position] - trait_[kSize][at]));
    const float both = known_[kSize][search.position] * known_[kSize][at];
    const float limit = search.limit() + kSlack;
    return both * apart * apart <= limit * limit * static_cast<float>(kParts);
}

void PeerIndex::look(Search& search, std::size_t begin, std::size_t end) const {
    const std::size_t own = search.position;
    Bounds bounds;
    std::array<std::uint32_t, kBlock> is_near;
    for (; begin < end; begin += kBlock) {
        const std::size_t count = std::min(kBlock, end - begin);
        bounds.squares.fill(0.0F);
        bounds.parts.fill(1.0F); // the type
        for (std::size_t t = 0; t < kTraits; ++t) {
            add_trait({trait_[t][own], known_[t][own], trait_[t].data() + begin,
                       known_[t].data() + begin},
                      count, bounds);
        }
        for (std::size_t i = 0; i < count; ++i) {
            bounds.parts[i] += has_mix_[own] * has_mix_[begin + i];
        }
        const float limit = search.limit() + kSlack;
        if (!mark_near(bounds, limit * limit, count, is_near)) {
            continue;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (is_near[i] != 0) {
                compare(search, begin + i, bounds.squares[i], bounds.parts[i]);
            }
        }
    }
}

void PeerIndex::compare(Search& search, std::size_t at, float squares, float parts) const {
    const std::size_t own = search.position;
    const std::uint32_t row = row_[at];
    const float limit = search.limit() + kSlack;
    if (squares > limit * limit * parts || at == own) {
        return;
    }
    if (has_mix_[own] * has_mix_[at] > 0.0F) {
        const float overlap = product(&mix_[own * width_], &mix_[at * width_], width_) + kSlack;
        if (squares + 4.0F * std::max(0.0F, 1.0F - overlap) > limit * limit * parts) {
            return;
        }
    }
    if (search.counts != nullptr && !(*search.counts)(row)) {
        return;
    }
    const double distance = comparison_.between(search.row, row).total;
    if (!std::isnan(distance)) {
        search.add({distance, row});
    }
}

std::vector<PeerIndex::Near> PeerIndex::in_own_sector(std::uint32_t row, std::size_t wanted) const {
    Search search{row, position_[row], wanted};
    const Sector& sector = sectors_[sector_of_[search.position]];
    // From the row's own size outwards, so that the limit is soon a narrow one, until size alone
    // sets all that follow too far apart.
    const std::size_t near_begin =
        std::max(sector.begin + kBlock / 2, search.position) - kBlock / 2;
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
    return std::move(search.found);
}

std::vector<PeerIndex::Near>
PeerIndex::in_other_sectors(std::uint32_t row, std::size_t wanted,
                            const std::function<bool(std::uint32_t)>& counts) const {
    Search search{row, position_[row], wanted, &counts};
    const Sector& own = sectors_[sector_of_[search.position]];
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
    return std::move(search.found);
}

} // namespace icmap::describe
