#include "cluster/hdbscan_brute_force.hpp"

#include "cluster/distance.hpp"
#include "cluster/sphere.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <numeric>

namespace icmap::cluster {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <std::size_t D>
double ground_m(double straight_m) {
    return D == 2 ? straight_m : along_m(straight_m);
}

bool is_near(double a, double b) {
    return a == b || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

/// Where two rows of numbers differ, in words.
std::optional<std::string> difference(const char* what, const std::vector<double>& found,
                                      const std::vector<double>& expected, double least = 0.0) {
    if (found.size() != expected.size()) {
        return fmt::format("{} values of {}, not {}", found.size(), what, expected.size());
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!is_near(found[i], expected[i]) && !(std::abs(found[i] - expected[i]) <= least)) {
            return fmt::format("{} {} is {}, not {}", what, i, found[i], expected[i]);
        }
    }
    return {};
}

} // namespace

template <std::size_t D>
SlowHdbscan<D>::SlowHdbscan(std::vector<Position<D>> points, const HdbscanOptions& options)
    : points_(std::move(points)), options_(options), home_(points_.size(), 0),
      leaves_lambda_(points_.size(), 0.0) {
    find_lengths(samples_of(options));
    Points all(points_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    clusters_.push_back({});
    clusters_[0].members = all;
    part_lambda_.push_back(kInfinity);
    shrink(0, std::move(all));
    add_up();
}

template <std::size_t D>
void SlowHdbscan<D>::find_lengths(std::uint32_t min_samples) {
    const std::size_t n = points_.size();
    const auto apart2 = [&](std::size_t a, std::size_t b) {
        return distance2<D>(points_[a], points_[b]);
    };
    core2_.assign(n, kInfinity);
    for (std::size_t i = 0; i < n && min_samples <= n; ++i) {
        std::vector<double> near2;
        for (std::size_t j = 0; j < n; ++j) {
            near2.push_back(apart2(i, j));
        }
        std::sort(near2.begin(), near2.end());
        core2_[i] = near2[min_samples - 1];
    }
    double least2 = kInfinity;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            reach2_.push_back(std::max({core2_[i], core2_[j], apart2(i, j)}));
            for (const double length2 : {reach2_.back(), core2_[i]}) {
                least2 = length2 > 0.0 ? std::min(least2, length2) : least2;
            }
        }
    }
    least_m_ = std::isinf(least2) ? 1.0 : ground_m<D>(std::sqrt(least2));
}

template <std::size_t D>
double SlowHdbscan<D>::lambda(double length2) const {
    return 1.0 / std::max(ground_m<D>(std::sqrt(length2)), least_m_);
}

/// The least length that holds the points together, squared: the longest edge of Prim's tree.
template <std::size_t D>
double SlowHdbscan<D>::longest_needed2(const Points& points) const {
    std::vector<double> best(points.size(), kInfinity);
    std::vector<bool> is_inside(points.size(), false);
    double longest = 0.0;
    std::size_t at = 0;
    for (std::size_t step = 1; step < points.size(); ++step) {
        is_inside[at] = true;
        std::size_t next = points.size();
        for (std::size_t j = 0; j < points.size(); ++j) {
            if (!is_inside[j]) {
                best[j] = std::min(best[j], reach2(points[at], points[j]));
                next = next == points.size() || best[j] < best[next] ? j : next;
            }
        }
        longest = std::max(longest, best[next]);
        at = next;
    }
    return longest;
}

template <std::size_t D>
std::vector<std::vector<std::size_t>> SlowHdbscan<D>::parts_below(const Points& points,
                                                                  double length2) const {
    std::vector<Points> parts;
    std::vector<bool> is_seen(points.size(), false);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_seen[i]) {
            continue;
        }
        std::vector<std::size_t> open{i};
        is_seen[i] = true;
        Points part;
        while (!open.empty()) {
            const std::size_t p = points[open.back()];
            open.pop_back();
            part.push_back(p);
            for (std::size_t j = 0; j < points.size(); ++j) {
                if (!is_seen[j] && reach2(p, points[j]) < length2) {
                    is_seen[j] = true;
                    open.push_back(j);
                }
            }
        }
        std::sort(part.begin(), part.end());
        parts.push_back(std::move(part));
    }
    return parts;
}

/// Follows a cluster, now these points, to where it parts or ends.
template <std::size_t D>
void SlowHdbscan<D>::shrink(std::size_t cluster, Points points) {
    for (;;) {
        for (const std::size_t i : points) {
            home_[i] = cluster;
        }
        if (points.size() == 1) {
            leaves_lambda_[points[0]] = lambda(core2_[points[0]]);
            return;
        }
        const double length2 = longest_needed2(points);
        std::vector<Points> large;
        for (Points& part : parts_below(points, length2)) {
            if (part.size() >= options_.min_cluster_size) {
                large.push_back(std::move(part));
            } else {
                leave(cluster, part, lambda(length2));
            }
        }
        if (large.size() == 1) {
            points = std::move(large[0]);
            continue;
        }
        if (large.size() > 1) {
            part_lambda_[cluster] = lambda(length2);
        }
        for (Points& part : large) {
            const std::size_t child = clusters_.size();
            clusters_[cluster].children.push_back(child);
            SlowCluster born;
            born.parent = static_cast<std::int32_t>(cluster);
            born.birth_lambda = lambda(length2);
            born.members = part;
            clusters_.push_back(std::move(born));
            part_lambda_.push_back(kInfinity);
            shrink(child, std::move(part));
        }
        return;
    }
}

template <std::size_t D>
void SlowHdbscan<D>::leave(std::size_t cluster, const Points& points, double at_lambda) {
    for (const std::size_t i : points) {
        home_[i] = cluster;
        leaves_lambda_[i] = at_lambda;
        if (options_.leaving == HdbscanLeaving::alone) {
            // A point is alone below its shortest edge.
            double shortest2 = kInfinity;
            for (std::size_t j = 0; j < points_.size(); ++j) {
                shortest2 = i == j ? shortest2 : std::min(shortest2, reach2(i, j));
            }
            leaves_lambda_[i] = lambda(shortest2);
        }
    }
}

/// Stability and death of every cluster, once it is known where each point leaves.
template <std::size_t D>
void SlowHdbscan<D>::add_up() {
    for (std::size_t i = 0; i < points_.size(); ++i) {
        leaves_lambda_[i] = std::min(leaves_lambda_[i], part_lambda_[home_[i]]);
    }
    for (std::size_t c = 0; c < clusters_.size(); ++c) {
        SlowCluster& cluster = clusters_[c];
        cluster.death_lambda = cluster.birth_lambda;
        for (const std::size_t i : cluster.members) {
            const double until = home_[i] == c ? leaves_lambda_[i] : part_lambda_[c];
            cluster.stability += until - cluster.birth_lambda;
            cluster.death_lambda = std::max(cluster.death_lambda, leaves_lambda_[i]);
        }
    }
}

template <std::size_t D>
bool SlowHdbscan<D>::may_be_taken(std::size_t cluster) const {
    const SlowCluster& it = clusters_[cluster];
    CellBox<D> box = box_at(points_[it.members[0]]);
    for (const std::size_t i : it.members) {
        widen(box, points_[i]);
    }
    const std::size_t axis = longest_axis(box);
    const double extent_m = D == 2 ? box.most[axis] - box.least[axis]
                                   : along_m(std::sqrt(distance2<D>(box.most, box.least)));
    return cluster > 0 &&
           (options_.max_extent.value == 0.0 || extent_m <= options_.max_extent.value);
}

/// Adds to `taken` the best choice from a cluster and those below it; returns its stability.
template <std::size_t D>
double SlowHdbscan<D>::take_below(std::size_t cluster, std::vector<std::size_t>& taken) const {
    const SlowCluster& it = clusters_[cluster];
    std::vector<std::size_t> below;
    double sum = 0.0;
    for (const std::size_t child : it.children) {
        sum += take_below(child, below);
    }
    const bool is_best =
        options_.selection == HdbscanSelection::leaf ? it.children.empty() : it.stability >= sum;
    if (is_best && may_be_taken(cluster)) {
        taken.push_back(cluster);
        return it.stability;
    }
    taken.insert(taken.end(), below.begin(), below.end());
    return sum;
}

/// The nearest ancestor, itself included, that does not part below epsilon, as far as that may be
/// taken.
template <std::size_t D>
std::size_t SlowHdbscan<D>::risen(std::size_t cluster) const {
    const SlowCluster& it = clusters_[cluster];
    const auto parent = static_cast<std::size_t>(it.parent);
    const bool is_fine = 1.0 / it.birth_lambda >= options_.selection_epsilon.value;
    return is_fine || !may_be_taken(parent) ? cluster : risen(parent);
}

template <std::size_t D>
std::vector<std::size_t> SlowHdbscan<D>::selected() const {
    std::vector<std::size_t> taken;
    take_below(0, taken);
    for (std::size_t& cluster : taken) {
        cluster = risen(cluster);
    }
    std::sort(taken.begin(), taken.end());
    taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
    // What lies in another that has risen is part of it.
    std::vector<std::size_t> apart;
    for (const std::size_t cluster : taken) {
        std::int32_t above = clusters_[cluster].parent;
        while (above >= 0 &&
               !std::binary_search(taken.begin(), taken.end(), static_cast<std::size_t>(above))) {
            above = clusters_[static_cast<std::size_t>(above)].parent;
        }
        if (above < 0) {
            apart.push_back(cluster);
        }
    }
    return apart;
}

template <std::size_t D>
HdbscanLabels SlowHdbscan<D>::labels_of(const std::vector<std::size_t>& selected) const {
    const auto share = [](double lambda, double most) { return most > 0.0 ? lambda / most : 1.0; };
    HdbscanLabels labels;
    labels.label.assign(points_.size(), -1);
    labels.strength.assign(points_.size(), 0.0);
    for (std::size_t i = 0; i < points_.size(); ++i) {
        labels.outlier_score.push_back(1.0 -
                                       share(leaves_lambda_[i], clusters_[home_[i]].death_lambda));
        for (const std::size_t c : selected) {
            const SlowCluster& cluster = clusters_[c];
            if (!std::binary_search(cluster.members.begin(), cluster.members.end(), i)) {
                continue;
            }
            labels.strength[i] = share(leaves_lambda_[i], cluster.death_lambda);
            if (i == cluster.members[0]) {
                labels.label[i] = labels.cluster_count++;
                labels.stability.push_back(cluster.stability);
                labels.birth_m.push_back(1.0 / cluster.birth_lambda);
            } else {
                labels.label[i] = labels.label[cluster.members[0]];
            }
        }
    }
    return labels;
}

/// The clusters of the tree that labels stand for, ascending; nothing when one is not of the tree.
template <std::size_t D>
std::optional<std::vector<std::size_t>>
SlowHdbscan<D>::sets_of(const std::vector<std::int32_t>& label) const {
    std::map<std::int32_t, Points> members;
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] >= 0) {
            members[label[i]].push_back(i);
        }
    }
    std::vector<std::size_t> sets;
    for (const auto& [number, points] : members) {
        const auto same =
            std::find_if(clusters_.begin(), clusters_.end(),
                         [&wanted = points](const auto& c) { return c.members == wanted; });
        if (same == clusters_.end()) {
            return {};
        }
        sets.push_back(static_cast<std::size_t>(same - clusters_.begin()));
    }
    std::sort(sets.begin(), sets.end());
    return sets;
}

/// True where rounding may decide between a cluster and those below it.
template <std::size_t D>
bool SlowHdbscan<D>::has_tie() const {
    for (std::size_t c = 1; c < clusters_.size(); ++c) {
        std::vector<std::size_t> taken;
        double below = 0.0;
        for (const std::size_t child : clusters_[c].children) {
            below += take_below(child, taken);
        }
        if (!clusters_[c].children.empty() && is_near(clusters_[c].stability, below)) {
            return true;
        }
    }
    return false;
}

template <std::size_t D>
std::optional<std::string>
SlowHdbscan<D>::what_is_wrong_with_choice(const std::vector<std::size_t>& chosen) const {
    const auto refused = std::find_if_not(chosen.begin(), chosen.end(),
                                          [&](std::size_t c) { return may_be_taken(c); });
    if (refused != chosen.end()) {
        return fmt::format("set {} may not be taken", *refused);
    }
    if (chosen == selected()) {
        return {};
    }
    if (options_.selection == HdbscanSelection::leaf || !has_tie()) {
        return fmt::format("other sets are to be taken than {}", fmt::join(chosen, ", "));
    }
    std::vector<std::size_t> best;
    const double most = take_below(0, best);
    double sum = 0.0;
    for (const std::size_t c : chosen) {
        sum += clusters_[c].stability;
    }
    if (options_.selection_epsilon.value == 0.0 && !is_near(sum, most)) {
        return fmt::format("a stability of {} in all where {} can be had", sum, most);
    }
    return {};
}

template <std::size_t D>
std::optional<std::string> SlowHdbscan<D>::what_is_wrong(const HdbscanLabels& found) const {
    if (found.label.size() != points_.size()) {
        return fmt::format("{} labels for {} points", found.label.size(), points_.size());
    }
    const auto chosen = sets_of(found.label);
    if (!chosen) {
        return "a cluster is no set of the tree";
    }
    if (auto wrong = what_is_wrong_with_choice(*chosen)) {
        return wrong;
    }
    const HdbscanLabels expected = labels_of(*chosen);
    if (found.label != expected.label || found.cluster_count != expected.cluster_count) {
        return "the clusters are not numbered by their lowest points";
    }
    auto wrong = difference("strength", found.strength, expected.strength, 1e-9);
    wrong = wrong ? wrong
                  : difference("outlier score", found.outlier_score, expected.outlier_score, 1e-9);
    wrong = wrong ? wrong : difference("stability", found.stability, expected.stability);
    return wrong ? wrong : difference("birth", found.birth_m, expected.birth_m);
}

template class SlowHdbscan<2>;
template class SlowHdbscan<3>;

} // namespace icmap::cluster
