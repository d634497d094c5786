#include "cluster/hierarchy.hpp"

#include "base/parallel.hpp"
#include "cluster/worlds.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <utility>

namespace icmap::cluster {
namespace {

using worlds::World;

/// Squared mutual reachability of two points, from the definition. Weight zero is no one.
struct SlowReach {
    explicit SlowReach(const World& world, std::uint32_t min_points) : world_(world) {
        for (std::size_t i = 0; i < world.size(); ++i) {
            std::vector<std::pair<double, std::uint32_t>> near;
            for (std::size_t j = 0; j < world.size(); ++j) {
                near.emplace_back(
                    distance2<2>({world.x_m[i], world.y_m[i]}, {world.x_m[j], world.y_m[j]}),
                    world.weight[j]);
            }
            std::sort(near.begin(), near.end());
            std::uint64_t weight = 0;
            double core2 = std::numeric_limits<double>::infinity();
            for (const auto& [d2, w] : near) {
                weight += w;
                if (weight >= min_points) {
                    core2 = d2;
                    break;
                }
            }
            core2_.push_back(core2);
        }
    }
    [[nodiscard]] double reach2(std::size_t i, std::size_t j) const {
        return std::max(
            {core2_[i], core2_[j],
             distance2<2>({world_.x_m[i], world_.y_m[i]}, {world_.x_m[j], world_.y_m[j]})});
    }
    const World& world_;
    std::vector<double> core2_;
};

/// The lengths of a minimum spanning tree by Prim's algorithm, ascending.
std::vector<double> slow_tree(const World& world, std::uint32_t min_points) {
    const SlowReach reach(world, min_points);
    std::vector<double> best(world.size(), std::numeric_limits<double>::infinity());
    std::vector<bool> inside(world.size(), false);
    std::vector<double> lengths;
    std::size_t at = 0;
    for (std::size_t step = 1; step < world.size(); ++step) {
        inside[at] = true;
        std::size_t next = world.size();
        for (std::size_t j = 0; j < world.size(); ++j) {
            if (!inside[j]) {
                best[j] = std::min(best[j], reach.reach2(at, j));
                next = next == world.size() || best[j] < best[next] ? j : next;
            }
        }
        lengths.push_back(best[next]);
        at = next;
    }
    std::sort(lengths.begin(), lengths.end());
    return lengths;
}

/// Without repeats, so that places are points.
World distinct(const World& world) {
    World result;
    std::set<std::pair<double, double>> seen;
    for (std::size_t i = 0; i < world.size(); ++i) {
        if (seen.emplace(world.x_m[i], world.y_m[i]).second) {
            result.add(world.x_m[i], world.y_m[i], world.weight[i]);
        }
    }
    return result;
}

class HierarchyWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HierarchyWorlds, HaveTheLengthsOfPrimsTree) {
    worlds::Random random(GetParam());
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const World world = distinct(worlds::make(static_cast<worlds::Shape>(GetParam()),
                                                  1 + random.below(200), 10.0, seed));
        const auto min_points = static_cast<std::uint32_t>(1 + random.below(8));
        const Hierarchy hierarchy = Hierarchy::make(world.points(), min_points).value();
        std::vector<double> lengths;
        for (const ReachabilityEdge& edge : hierarchy.edges()) {
            lengths.push_back(edge.reach2);
        }
        ASSERT_EQ(lengths, slow_tree(world, min_points)) << "seed " << seed;
    }
}

TEST_P(HierarchyWorlds, CutAtARadiusToTheBytesOfDbscan) {
    worlds::Random random(GetParam());
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const World world =
            worlds::make(static_cast<worlds::Shape>(GetParam()), 1 + random.below(400), 10.0, seed);
        const auto min_points = static_cast<std::uint32_t>(1 + random.below(8));
        const std::vector<Metres> radii{Metres{2.5}, Metres{10.0}, Metres{7.5}, Metres{40.0}};
        const std::vector<Labels> ladder = dbscan_ladder(world.points(), radii, min_points).value();
        for (std::size_t i = 0; i < radii.size(); ++i) {
            const Labels expected = dbscan(world.points(), {radii[i], min_points}).value();
            ASSERT_EQ(ladder[i].is_core, expected.is_core) << "seed " << seed;
            ASSERT_EQ(ladder[i].label, expected.label) << "seed " << seed;
            ASSERT_EQ(ladder[i].cluster_count, expected.cluster_count);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AllShapes, HierarchyWorlds,
                         testing::Range(std::uint64_t{0}, worlds::kShapes));

TEST(Hierarchy, CutsManyPointsAsDbscanDoesOnAnyNumberOfThreads) {
    const World world = worlds::make(worlds::Shape::scattered, 50000, 100.0, 5);
    const DbscanOptions options{Metres{90.0}, 4};
    const Labels expected = dbscan(world.points(), options).value();
    for (const int threads : {1, 2, 5}) {
        const ThreadLimit limit(threads);
        const Hierarchy hierarchy = Hierarchy::make(world.points(), 4).value();
        EXPECT_EQ(hierarchy.labels_at(options.eps)->label, expected.label);
    }
}

TEST(Hierarchy, RefusesWrongInput) {
    const World world = worlds::draw("**");
    EXPECT_FALSE(Hierarchy::make(world.points(), 0).has_value());
    EXPECT_FALSE(Hierarchy::make(world.points(), 1)->labels_at(Metres{-1.0}).has_value());
    EXPECT_EQ(Hierarchy::make({}, 1)->labels_at(Metres{1.0})->cluster_count, 0);
}

} // namespace
} // namespace icmap::cluster
