#include "cluster/hdbscan.hpp"

#include "base/parallel.hpp"
#include "cluster/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <set>

namespace icmap::cluster {
namespace {

using testing::HasSubstr;
using worlds::World;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The condensed tree straight from its definition, on repeated single points: at each length the
/// components are found anew.
class SlowHdbscan {
  public:
    struct Cluster {
        double birth;
        double stability = 0.0;
        std::vector<std::size_t> members;
        std::vector<SlowHdbscan::Cluster> children;
    };

    SlowHdbscan(const World& world, std::uint32_t min_samples, std::size_t min_size)
        : n_(world.size()), min_size_(min_size), reach_(n_ * n_) {
        std::vector<double> core(n_, kInfinity);
        for (std::size_t i = 0; i < n_; ++i) {
            std::vector<double> near;
            for (std::size_t j = 0; j < n_; ++j) {
                near.push_back(std::sqrt(
                    distance2<2>({world.x_m[i], world.y_m[i]}, {world.x_m[j], world.y_m[j]})));
            }
            std::sort(near.begin(), near.end());
            if (min_samples <= n_) {
                core[i] = near[min_samples - 1];
            }
        }
        least_ = kInfinity;
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < n_; ++j) {
                reach_[i * n_ + j] =
                    std::max({core[i], core[j],
                              std::sqrt(distance2<2>({world.x_m[i], world.y_m[i]},
                                                     {world.x_m[j], world.y_m[j]}))});
            }
        }
    }

    Cluster run() {
        std::vector<std::size_t> all(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            all[i] = i;
        }
        find_least(all);
        Cluster root{0.0, 0.0, all, {}};
        shrink(root, all);
        return root;
    }

  private:
    double lambda(double reach) const { return 1.0 / std::max(reach, least_); }

    /// The greatest length that still holds the points together, and what they are just below it.
    std::pair<double, std::vector<std::vector<std::size_t>>>
    part(const std::vector<std::size_t>& points) const {
        // Prim: the longest edge of the minimum spanning tree is that length.
        std::vector<double> best(points.size(), kInfinity);
        std::vector<bool> inside(points.size(), false);
        double longest = -1.0;
        std::size_t at = 0;
        for (std::size_t step = 1; step < points.size(); ++step) {
            inside[at] = true;
            std::size_t next = points.size();
            for (std::size_t j = 0; j < points.size(); ++j) {
                if (!inside[j]) {
                    best[j] = std::min(best[j], reach_[points[at] * n_ + points[j]]);
                    next = next == points.size() || best[j] < best[next] ? j : next;
                }
            }
            longest = std::max(longest, best[next]);
            at = next;
        }
        std::vector<std::vector<std::size_t>> parts;
        std::vector<bool> seen(points.size(), false);
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (seen[i]) {
                continue;
            }
            std::vector<std::size_t> open{i};
            std::vector<std::size_t> component;
            seen[i] = true;
            while (!open.empty()) {
                const std::size_t p = open.back();
                open.pop_back();
                component.push_back(points[p]);
                for (std::size_t j = 0; j < points.size(); ++j) {
                    if (!seen[j] && reach_[points[p] * n_ + points[j]] < longest) {
                        seen[j] = true;
                        open.push_back(j);
                    }
                }
            }
            parts.push_back(component);
        }
        return {longest, parts};
    }

    /// The least length above zero in the tree, for lambda.
    void find_least(const std::vector<std::size_t>& points) {
        if (points.size() < 2) {
            return;
        }
        const auto [length, parts] = part(points);
        if (length > 0.0) {
            least_ = std::min(least_, length);
            for (const auto& component : parts) {
                find_least(component);
            }
        }
    }

    void shrink(Cluster& cluster, std::vector<std::size_t> points) {
        for (;;) {
            if (points.size() < 2) {
                return;
            }
            const auto [length, parts] = part(points);
            const double at = lambda(length);
            std::vector<const std::vector<std::size_t>*> large;
            for (const auto& component : parts) {
                if (component.size() >= min_size_) {
                    large.push_back(&component);
                }
            }
            const std::size_t staying = large.size() == 1 ? large[0]->size() : 0;
            cluster.stability +=
                static_cast<double>(points.size() - staying) * (at - cluster.birth);
            if (large.size() != 1) {
                for (const auto* component : large) {
                    cluster.children.push_back({at, 0.0, *component, {}});
                    shrink(cluster.children.back(), *component);
                }
                return;
            }
            points = *large[0];
        }
    }

    std::size_t n_;
    std::size_t min_size_;
    std::vector<double> reach_;
    double least_ = kInfinity;
};

using Sets = std::set<std::vector<std::size_t>>;

double collect(const SlowHdbscan::Cluster& cluster, bool is_root, HdbscanSelection selection,
               Sets& taken) {
    Sets below;
    double sum = 0.0;
    for (const SlowHdbscan::Cluster& child : cluster.children) {
        sum += collect(child, false, selection, below);
    }
    const bool take = !is_root && (selection == HdbscanSelection::leaf ? cluster.children.empty()
                                                                       : cluster.stability >= sum);
    if (take) {
        std::vector<std::size_t> members = cluster.members;
        std::sort(members.begin(), members.end());
        taken.insert(members);
        return cluster.stability;
    }
    taken.merge(below);
    return sum;
}

Sets sets_of(const std::vector<std::int32_t>& label) {
    std::map<std::int32_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] >= 0) {
            members[label[i]].push_back(i);
        }
    }
    Sets sets;
    for (const auto& [number, points] : members) {
        sets.insert(points);
    }
    return sets;
}

World repeated(const World& world) {
    World result;
    for (std::size_t i = 0; i < world.size(); ++i) {
        for (std::uint32_t k = 0; k < world.weight[i]; ++k) {
            result.add(world.x_m[i], world.y_m[i]);
        }
    }
    return result;
}

class HdbscanWorlds : public testing::TestWithParam<worlds::Shape> {};

TEST_P(HdbscanWorlds, AgreeWithTheDefinition) {
    worlds::Random random(9);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const World world = repeated(worlds::make(GetParam(), 5 + random.below(60), 10.0, seed));
        const auto min_samples = static_cast<std::uint32_t>(1 + random.below(6));
        const auto min_size = static_cast<std::uint32_t>(2 + random.below(6));
        if (world.size() < 2) {
            continue;
        }
        const SlowHdbscan::Cluster root = SlowHdbscan(world, min_samples, min_size).run();
        for (const HdbscanSelection selection : {HdbscanSelection::eom, HdbscanSelection::leaf}) {
            Sets expected;
            collect(root, true, selection, expected);
            const HdbscanLabels labels =
                hdbscan(world.points(), {min_size, min_samples, selection}).value();
            ASSERT_EQ(sets_of(labels.label), expected)
                << "seed " << seed << " samples " << min_samples << " size " << min_size;
        }
    }
}

// Not the lattices: there, stabilities tie, and rounding decides differently in two ways of adding.
INSTANTIATE_TEST_SUITE_P(Shapes, HdbscanWorlds,
                         testing::Values(worlds::Shape::scattered, worlds::Shape::collinear,
                                         worlds::Shape::identical, worlds::Shape::dense_cell,
                                         worlds::Shape::on_circle));

World two_towns_and_a_farm() {
    World world;
    worlds::Random random(4);
    for (int i = 0; i < 60; ++i) {
        world.add(random.between(0, 100), random.between(0, 100));
        world.add(random.between(1000, 1200), random.between(0, 200));
    }
    world.add(600, 4000);
    return world;
}

TEST(Hdbscan, FindsTownsOfDifferentDensityWithoutARadius) {
    const World world = two_towns_and_a_farm();
    const HdbscanLabels labels = hdbscan(world.points(), {20}).value();
    ASSERT_EQ(labels.cluster_count, 2);
    EXPECT_EQ(labels.label.back(), -1);
    EXPECT_EQ(labels.strength.back(), 0.0);
    EXPECT_GT(labels.outlier_score.back(), 0.9);
    for (std::size_t i = 0; i < world.size(); ++i) {
        EXPECT_GE(labels.strength[i], 0.0);
        EXPECT_LE(labels.strength[i], 1.0);
        EXPECT_GE(labels.outlier_score[i], 0.0);
        EXPECT_LE(labels.outlier_score[i], 1.0);
    }
    EXPECT_EQ(*std::max_element(labels.strength.begin(), labels.strength.end()), 1.0);
}

TEST(Hdbscan, SelectionEpsilonKeepsTogetherWhatPartsBelowIt) {
    World world;
    for (const double town : {0.0, 100.0, 10000.0, 10100.0}) {
        for (int i = 0; i < 10; ++i) {
            world.add(town + i + 0.01 * i * i, 0.0);
        }
    }
    EXPECT_EQ(hdbscan(world.points(), {5, 0, HdbscanSelection::leaf}).value().cluster_count, 4);
    EXPECT_EQ(
        hdbscan(world.points(), {5, 0, HdbscanSelection::leaf, Metres{500}}).value().cluster_count,
        2);
    // Nothing parts above this; the root is never taken.
    EXPECT_EQ(
        hdbscan(world.points(), {5, 0, HdbscanSelection::leaf, Metres{1e6}}).value().cluster_count,
        2);
}

TEST(Hdbscan, NeverTakesAClusterWiderThanTheExtent) {
    World world;
    worlds::Random random(8);
    for (const double town : {0.0, 400.0, 90000.0}) {
        for (int i = 0; i < 40; ++i) {
            world.add(town + random.between(0, 120), random.between(0, 120));
        }
    }
    const HdbscanOptions wide{10, 5, HdbscanSelection::leaf, Metres{5000}};
    EXPECT_EQ(hdbscan(world.points(), wide).value().cluster_count, 2);
    HdbscanOptions narrow = wide;
    narrow.max_extent = Metres{300};
    const HdbscanLabels labels = hdbscan(world.points(), narrow).value();
    EXPECT_GE(labels.cluster_count, 2);
    for (const auto& members : sets_of(labels.label)) {
        double least = kInfinity;
        double most = -kInfinity;
        for (const std::size_t i : members) {
            least = std::min(least, world.x_m[i]);
            most = std::max(most, world.x_m[i]);
        }
        EXPECT_LE(most - least, 300.0);
    }
}

TEST(Hdbscan, TakesAWeightAsThatManyPoints) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        World world = worlds::make(worlds::Shape::scattered, 80, 10.0, seed);
        for (std::uint32_t& weight : world.weight) {
            weight = std::max(weight, 1U);
        }
        const HdbscanLabels weighted = hdbscan(world.points(), {6, 3}).value();
        const HdbscanLabels single = hdbscan(repeated(world).points(), {6, 3}).value();
        std::vector<std::int32_t> label;
        std::vector<double> strength;
        for (std::size_t i = 0; i < world.size(); ++i) {
            label.insert(label.end(), world.weight[i], weighted.label[i]);
            strength.insert(strength.end(), world.weight[i], weighted.strength[i]);
        }
        ASSERT_EQ(label, single.label);
        ASSERT_EQ(strength, single.strength);
    }
}

TEST(Hdbscan, GivesTheSameBytesOnOneThreadAndOnSeveralAlsoWithTies) {
    for (const auto shape : {worlds::Shape::lattice, worlds::Shape::towns, worlds::Shape::scattered,
                             worlds::Shape::huge}) {
        const World world = worlds::make(shape, 20000, 10.0, 2);
        const auto run = [&](int threads) {
            const ThreadLimit limit(threads);
            return hdbscan(world.points(), {15, 4}).value();
        };
        const HdbscanLabels one = run(1);
        for (const int threads : {2, 5}) {
            const HdbscanLabels several = run(threads);
            EXPECT_EQ(one.label, several.label);
            EXPECT_EQ(one.strength, several.strength);
            EXPECT_EQ(one.outlier_score, several.outlier_score);
            EXPECT_EQ(one.stability, several.stability);
        }
    }
}

TEST(Hdbscan, RefusesWrongInput) {
    const World world = worlds::draw("**");
    EXPECT_THAT(hdbscan(world.points(), {1}).error().message(), HasSubstr("min_cluster_size is 1"));
    EXPECT_THAT(
        hdbscan(world.points(), {2, 0, HdbscanSelection::eom, Metres{-1}}).error().message(),
        HasSubstr("selection_epsilon is -1"));
    EXPECT_THAT(
        hdbscan(world.points(), {2, 0, HdbscanSelection::eom, Metres{0}, Metres{std::nan("")}})
            .error()
            .message(),
        HasSubstr("max_extent is nan"));
    EXPECT_EQ(hdbscan(Points{}, {2}).value().cluster_count, 0);
    EXPECT_EQ(hdbscan(world.points(), {5}).value().cluster_count, 0);
}

} // namespace
} // namespace icmap::cluster
