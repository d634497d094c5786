#include "describe/peer_columns.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace icmap::describe {
namespace {

enum class Mixes : std::uint8_t { none, some, all };

/// Clusters of which many a trait is not known, some by far the largest, some without a mix.
std::vector<PeerProfile> odd_clusters(std::size_t count, Mixes mixes) {
    std::mt19937 draw(static_cast<std::uint32_t>(count));
    std::vector<PeerProfile> profiles(count);
    for (PeerProfile& profile : profiles) {
        profile.type = draw() % 2 == 0 ? "diverse" : "specialised";
        for (double& trait : profile.traits) {
            trait = draw() % 4 == 0    ? std::nan("")
                    : draw() % 20 == 0 ? 1e6
                                       : static_cast<double>(draw() % 50);
        }
        if (mixes == Mixes::all || (mixes == Mixes::some && draw() % 2 == 0)) {
            const double share = static_cast<double>(draw() % 100) / 99.0;
            profile.mix = {{draw() % 5, share}, {5 + draw() % 5, 1.0 - share}};
        }
    }
    return profiles;
}

/// Holds every block against the exact distances.
void check_all(const std::vector<PeerProfile>& profiles, float limit) {
    const Comparison comparison(profiles);
    std::vector<std::uint32_t> row(profiles.size());
    std::iota(row.begin(), row.end(), 0U);
    const PeerColumns columns(profiles, comparison.scaled(), row);
    constexpr auto kError = static_cast<double>(PeerColumns::kError);
    const auto most = static_cast<double>(limit);
    PeerColumns::Block block;
    for (std::size_t own = 0; own < row.size(); own += 1 + row.size() / 20) {
        for (std::size_t begin = 0; begin < row.size(); begin += PeerColumns::kLanes) {
            const std::size_t count = std::min(PeerColumns::kBlock, row.size() - begin);
            columns.compare(own, begin, count, limit, block);
            std::vector<std::uint8_t> is_near(PeerColumns::kBlock, 0);
            block.for_each_near(count, [&](std::size_t i) { is_near[i] = 1; });
            for (std::size_t i = 0; i < count; ++i) {
                const double total = comparison.between(own, begin + i).total;
                const double square = total * total;
                if (std::isnan(total)) {
                    EXPECT_FALSE(is_near[i]) << "no comparison";
                } else if (is_near[i] != 0) {
                    EXPECT_NEAR(static_cast<double>(block.squares[i]), square, kError);
                    EXPECT_LE(square, most + kError);
                } else {
                    EXPECT_GT(square, most - kError);
                }
                if (!std::isnan(total) && square < most - kError) {
                    EXPECT_TRUE(columns.sizes_are_near(own, begin + i, limit));
                }
            }
        }
    }
}

TEST(PeerColumns, FindThoseWithinALimitHoweverManyThereAre) {
    for (const std::size_t count : {1U, 15U, 16U, 17U, 255U, 256U, 257U, 300U}) {
        for (const Mixes mixes : {Mixes::none, Mixes::some, Mixes::all}) {
            for (const float limit : {std::numeric_limits<float>::max(), 2.0F, 0.3F, 0.0F}) {
                check_all(odd_clusters(count, mixes), limit);
            }
        }
    }
}

TEST(PeerColumns, AreNearInSizeWhereASizeIsNotKnown) {
    std::vector<PeerProfile> profiles = odd_clusters(3, Mixes::none);
    constexpr auto kSize = static_cast<std::size_t>(Trait::enterprises);
    profiles[0].traits[kSize] = 10.0;
    profiles[1].traits[kSize] = 10'000.0;
    profiles[2].traits[kSize] = std::nan("");
    const Comparison comparison(profiles);
    const std::vector<std::uint32_t> row{0, 1, 2};
    const PeerColumns columns(profiles, comparison.scaled(), row);
    EXPECT_FALSE(columns.sizes_are_near(0, 1, 0.1F));
    EXPECT_TRUE(columns.sizes_are_near(0, 2, 0.1F));
    EXPECT_TRUE(columns.sizes_are_near(2, 1, 0.1F));
}

} // namespace
} // namespace icmap::describe
