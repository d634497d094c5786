#include "cluster/dbscan.hpp"

#include "cluster/predicates.hpp"
#include "cluster/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numbers>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace icmap::cluster {
namespace {

using worlds::World;

struct Case {
    World world;
    DbscanOptions options;
};

/// Any shape, some hundred points, a radius that finds something.
Case any_case() {
    const auto shape = *rc::gen::inRange<std::uint64_t>(0, worlds::kShapes);
    const auto n = *rc::gen::inRange<std::size_t>(1, 300);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto min_points = *rc::gen::inRange<std::uint32_t>(1, 15);
    const double eps_m = std::ldexp(1.0, *rc::gen::inRange(-10, 20));
    return {worlds::make(static_cast<worlds::Shape>(shape), n, eps_m, seed),
            {Metres{eps_m}, min_points}};
}

/// As `any_case`, whole metres on a lattice: moves and quarter turns of it are exact.
Case lattice_case() {
    const auto n = *rc::gen::inRange<std::size_t>(1, 300);
    worlds::Random random(*rc::gen::arbitrary<std::uint64_t>());
    World world;
    for (std::size_t i = 0; i < n; ++i) {
        world.add(static_cast<double>(random.below(60)), static_cast<double>(random.below(60)));
    }
    return {world,
            {Metres{static_cast<double>(*rc::gen::inRange(1, 8))},
             *rc::gen::inRange<std::uint32_t>(1, 12)}};
}

Labels labels_of(const World& world, const DbscanOptions& options) {
    return dbscan(world.points(), options).value();
}

/// True when one labelling is the other with clusters renamed, at the given points.
bool only_renamed(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b,
                  const std::vector<std::uint8_t>& at) {
    std::map<std::int32_t, std::int32_t> there;
    std::map<std::int32_t, std::int32_t> back;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if ((a[i] < 0) != (b[i] < 0)) {
            return false;
        }
        if (at[i] == 1 && (there.emplace(a[i], b[i]).first->second != b[i] ||
                           back.emplace(b[i], a[i]).first->second != a[i])) {
            return false;
        }
    }
    return true;
}

RC_GTEST_PROP(DbscanProperty, AnotherOrderOfThePointsOnlyRenamesClusters, ()) {
    const Case c = any_case();
    const Labels labels = labels_of(c.world, c.options);
    std::vector<std::size_t> order(c.world.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    worlds::Random random(*rc::gen::arbitrary<std::uint64_t>());
    for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[random.below(i)]);
    }
    World shuffled;
    for (const std::size_t i : order) {
        shuffled.add(c.world.x_m[i], c.world.y_m[i], c.world.weight[i]);
    }
    const Labels after = labels_of(shuffled, c.options);
    std::vector<std::int32_t> label(order.size());
    std::vector<std::uint8_t> is_core(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        label[order[i]] = after.label[i];
        is_core[order[i]] = after.is_core[i];
    }
    RC_ASSERT(is_core == labels.is_core);
    // Border points may change sides: their ties go by index.
    RC_ASSERT(only_renamed(labels.label, label, labels.is_core));
}

RC_GTEST_PROP(DbscanProperty, AWeightIsThatManyPoints, ()) {
    Case c = any_case();
    for (std::uint32_t& weight : c.world.weight) {
        weight = std::max(weight, 1U); // a point of weight zero is there, no point is not
    }
    World repeated;
    std::vector<std::size_t> original;
    for (std::size_t i = 0; i < c.world.size(); ++i) {
        for (std::uint32_t k = 0; k < c.world.weight[i]; ++k) {
            repeated.add(c.world.x_m[i], c.world.y_m[i]);
            original.push_back(i);
        }
    }
    const Labels weighted = labels_of(c.world, c.options);
    const Labels single = labels_of(repeated, c.options);
    std::vector<std::int32_t> label;
    std::vector<std::uint8_t> is_core;
    for (const std::size_t i : original) {
        label.push_back(weighted.label[i]);
        is_core.push_back(weighted.is_core[i]);
    }
    RC_ASSERT(single.is_core == is_core);
    RC_ASSERT(only_renamed(single.label, label, is_core));
}

RC_GTEST_PROP(DbscanProperty, AFarPointChangesNothing, ()) {
    Case c = any_case();
    const std::size_t n = c.world.size();
    const Labels before = labels_of(c.world, c.options);
    const double far_m = *rc::gen::element(1e12, -1e12, 1e30, -1e290);
    c.world.add(far_m * std::max(1.0, c.options.eps.value), far_m,
                *rc::gen::inRange<std::uint32_t>(0, 12));
    // The huge world has points of its own there.
    for (std::size_t i = 0; i < n; ++i) {
        RC_PRE(!within(c.world.points(), i, n, c.options.eps));
    }
    Labels after = labels_of(c.world, c.options);
    // It may be a cluster of its own, and has the last number then.
    const bool is_heavy = c.world.weight[n] >= c.options.min_points;
    RC_ASSERT(after.label[n] == (is_heavy ? before.cluster_count : -1));
    after.label.pop_back();
    after.is_core.pop_back();
    RC_ASSERT(after.label == before.label);
    RC_ASSERT(after.is_core == before.is_core);
}

RC_GTEST_PROP(DbscanProperty, MovingTheWorldChangesNothing, ()) {
    Case c = lattice_case();
    const Labels before = labels_of(c.world, c.options);
    const auto dx = static_cast<double>(*rc::gen::inRange(-1000000, 1000000));
    const auto dy = static_cast<double>(*rc::gen::inRange(-1000000, 1000000));
    for (std::size_t i = 0; i < c.world.size(); ++i) {
        c.world.x_m[i] += dx;
        c.world.y_m[i] += dy;
    }
    const Labels after = labels_of(c.world, c.options);
    RC_ASSERT(after.label == before.label);
    RC_ASSERT(after.is_core == before.is_core);
}

RC_GTEST_PROP(DbscanProperty, AQuarterTurnOrAMirrorChangesNothing, ()) {
    Case c = lattice_case();
    const Labels before = labels_of(c.world, c.options);
    const bool mirrored = *rc::gen::arbitrary<bool>();
    std::swap(c.world.x_m, c.world.y_m);
    if (!mirrored) {
        for (double& x : c.world.x_m) {
            x = -x;
        }
    }
    const Labels after = labels_of(c.world, c.options);
    RC_ASSERT(after.label == before.label);
    RC_ASSERT(after.is_core == before.is_core);
}

RC_GTEST_PROP(DbscanProperty, AnyTurnChangesNothingWhenNoDistanceIsNearTheRadius, ()) {
    Case c = lattice_case();
    // Squared distances of the lattice are whole numbers: half of one more is never met.
    const double radius = c.options.eps.value;
    c.options.eps = Metres{std::sqrt(radius * radius + 0.5)};
    const Labels before = labels_of(c.world, c.options);
    const double angle = *rc::gen::inRange(0, 360) * std::numbers::pi / 180.0;
    for (std::size_t i = 0; i < c.world.size(); ++i) {
        const double x = c.world.x_m[i];
        const double y = c.world.y_m[i];
        c.world.x_m[i] = x * std::cos(angle) - y * std::sin(angle);
        c.world.y_m[i] = x * std::sin(angle) + y * std::cos(angle);
    }
    const Labels after = labels_of(c.world, c.options);
    RC_ASSERT(after.is_core == before.is_core);
    RC_ASSERT(only_renamed(after.label, before.label, before.is_core));
}

RC_GTEST_PROP(DbscanProperty, AWiderRadiusNeverPartsAClusterOrDemotesACorePoint, ()) {
    const Case c = any_case();
    const Labels narrow = labels_of(c.world, c.options);
    const Labels wide =
        labels_of(c.world, {Metres{c.options.eps.value * 1.5}, c.options.min_points});
    std::map<std::int32_t, std::int32_t> into;
    for (std::size_t i = 0; i < c.world.size(); ++i) {
        RC_ASSERT(narrow.is_core[i] <= wide.is_core[i]);
        if (narrow.is_core[i] == 1) {
            RC_ASSERT(into.emplace(narrow.label[i], wide.label[i]).first->second == wide.label[i]);
        }
    }
}

RC_GTEST_PROP(DbscanProperty, TheCheckerRefusesEveryAnswerThatDiffersAtOnePoint, ()) {
    const Case c = any_case();
    Labels labels = labels_of(c.world, c.options);
    const auto at = *rc::gen::inRange<std::size_t>(0, labels.label.size());
    const auto other = *rc::gen::inRange<std::int32_t>(-1, labels.cluster_count);
    if (other == labels.label[at]) {
        labels.is_core[at] = labels.is_core[at] == 1 ? 0 : 1;
    } else {
        labels.label[at] = other;
    }
    RC_ASSERT(what_is_wrong(c.world.points(), c.options, labels).has_value());
}

} // namespace
} // namespace icmap::cluster
