#include "describe/peer_columns.hpp"

#include "base/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <string_view>

namespace icmap::describe {
namespace {

constexpr std::size_t kLanes = PeerColumns::kLanes;
constexpr float kNone = std::numeric_limits<float>::infinity();
constexpr float kNotKnownTrait = std::numeric_limits<float>::quiet_NaN();

/// Numbers of sixteen positions, which one processor adds up at once and others in parts.
using Lanes [[gnu::vector_size(kLanes * sizeof(float))]] = float;
using Bits [[gnu::vector_size(kLanes * sizeof(std::int32_t))]] = std::int32_t;

/// The position that others are held against.
struct Own {
    std::array<float, kTraits> trait;
    float type;
    float has_mix;
    std::span<const PeerColumns::Root> mix;
};

/// The columns from the first of the others on.
struct Others {
    std::array<const float*, kTraits> trait;
    const float* type;
    const float* has_mix;
    const float* root;  ///< of the first industry
    std::size_t stride; ///< to the next
};

/// Fills numbers from where they lie, at any address. Inline, so that it is cloned with its caller.
template <class Numbers>
[[gnu::always_inline]] inline void load(Numbers& into, const void* from) {
    std::memcpy(&into, from, sizeof(into));
}

/// The bits of all lanes, half of them with the other half at a time.
[[gnu::always_inline]] inline std::uint32_t bits_of(const Bits& lanes) {
    using Half [[gnu::vector_size(sizeof(Bits) / 2)]] = std::int32_t;
    using Quarter [[gnu::vector_size(sizeof(Bits) / 4)]] = std::int32_t;
    std::array<Half, 2> halves;
    load(halves, &lanes);
    const Half half = halves[0] | halves[1];
    std::array<Quarter, 2> quarters;
    load(quarters, &half);
    const Quarter quarter = quarters[0] | quarters[1];
    std::array<std::uint64_t, 2> pairs;
    load(pairs, &quarter);
    const std::uint64_t pair = pairs[0] | pairs[1];
    return static_cast<std::uint32_t>(pair | pair >> 32U);
}

ICMAP_SIMD_CLONES
void compare_block(const Own& own, const Others& others, float limit, std::size_t count,
                   PeerColumns::Block& block) {
    constexpr auto kFar = static_cast<float>(kFarthest);
    // Squares over parts: the product is rounded, so it is asked for a little more than needed.
    const float room = limit * 1.0001F;
    Bits bit;
    for (std::size_t i = 0; i < kLanes; ++i) {
        bit[i] = static_cast<std::int32_t>(1U << i);
    }
    for (std::size_t at = 0; at < count; at += kLanes) {
        Lanes type;
        Lanes has_mix;
        load(type, others.type + at);
        load(has_mix, others.has_mix + at);
        const Lanes both_mixes = own.has_mix * has_mix;
        Lanes squares = type == own.type ? Lanes{} : Lanes{} + 1.0F;
        Lanes parts = 1.0F + both_mixes;
        for (std::size_t t = 0; t < kTraits; ++t) {
            Lanes trait;
            load(trait, others.trait[t] + at);
            const Lanes difference = own.trait[t] - trait;
            const Lanes apart = difference < 0.0F ? -difference : difference;
            const Lanes part = apart < kFar ? apart : Lanes{} + kFar;
            const Bits both = difference == difference; // NaN where one of them is not known
            squares += both ? part * part : Lanes{};
            parts += both ? Lanes{} + 1.0F : Lanes{};
        }
        const Bits may_be_near = (squares <= room * parts) & bit;
        if (bits_of(may_be_near) == 0) {
            block.near[at / kLanes] = 0; // what the mixes of industries add makes none nearer
            continue;
        }
        Lanes overlap{};
        for (const PeerColumns::Root& share : own.mix) {
            Lanes root;
            load(root, others.root + share.industry * others.stride + at);
            overlap += share.root * root;
        }
        const Lanes apart = 1.0F - overlap;
        const Lanes mix = both_mixes * 4.0F * (apart > 0.0F ? apart : Lanes{});
        const Lanes mean = parts < 3.0F ? Lanes{} + kNone : (squares + mix) / parts;
        const Bits is_near = (mean <= limit) & bit;
        std::memcpy(&block.squares[at], &mean, sizeof(mean));
        block.near[at / kLanes] = bits_of(is_near);
    }
}

} // namespace

PeerColumns::PeerColumns(const std::vector<PeerProfile>& profiles,
                         const std::vector<Scaled>& scaled, std::span<const std::uint32_t> row) {
    const std::size_t n = row.size();
    type_.assign(n + kBlock, 0.0F);
    has_mix_.assign(n + kBlock, 0.0F);
    for (std::size_t t = 0; t < kTraits; ++t) {
        trait_[t].assign(n + kBlock, kNotKnownTrait);
    }
    std::map<std::string_view, float> types;
    for (std::size_t p = 0; p < n; ++p) {
        const PeerProfile& profile = profiles[row[p]];
        for (std::size_t t = 0; t < kTraits; ++t) {
            const double value = scaled[row[p]][t];
            trait_[t][p] = std::isfinite(value) ? static_cast<float>(value) : kNotKnownTrait;
        }
        type_[p] = types.emplace(profile.type, static_cast<float>(types.size())).first->second;
        has_mix_[p] = profile.mix.empty() ? 0.0F : 1.0F;
    }
    lay_out_mixes(profiles, row);
}

void PeerColumns::lay_out_mixes(const std::vector<PeerProfile>& profiles,
                                std::span<const std::uint32_t> row) {
    std::map<std::uint32_t, std::uint32_t> industries;
    for (const PeerProfile& profile : profiles) {
        for (const auto& share : profile.mix) {
            industries.emplace(share.first, static_cast<std::uint32_t>(industries.size()));
        }
    }
    industries_ = industries.size();
    const std::size_t stride = has_mix_.size();
    root_.assign(std::max<std::size_t>(industries_, 1) * stride, 0.0F);
    for (std::size_t p = 0; p < row.size(); ++p) {
        for (const auto& [code, share] : profiles[row[p]].mix) {
            const Root own{industries.at(code), static_cast<float>(std::sqrt(share))};
            mix_.value.push_back(own);
            root_[own.industry * stride + p] = own.root;
        }
        mix_.first.push_back(mix_.end());
    }
}

void PeerColumns::compare(std::size_t own, std::size_t begin, std::size_t count, float limit,
                          Block& block) const {
    Own mine{{}, type_[own], has_mix_[own], mix_.of(own)};
    Others theirs{{}, &type_[begin], &has_mix_[begin], root_.data() + begin, has_mix_.size()};
    for (std::size_t t = 0; t < kTraits; ++t) {
        mine.trait[t] = trait_[t][own];
        theirs.trait[t] = &trait_[t][begin];
    }
    compare_block(mine, theirs, limit, count, block);
}

bool PeerColumns::sizes_are_near(std::size_t a, std::size_t b, float limit) const {
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    // Where one is not known, apart is NaN: it stands first, which is what min gives then.
    const float apart =
        std::min(std::abs(trait_[kSize][a] - trait_[kSize][b]), static_cast<float>(kFarthest));
    return std::isnan(apart) || apart * apart <= limit * static_cast<float>(kParts);
}

} // namespace icmap::describe
