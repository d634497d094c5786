#include "cluster/refine.hpp"

#include "cluster/check.hpp"
#include "cluster/extent.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace icmap::cluster {
namespace {

/// The points of each cluster, ascending: those of cluster c are point[begin[c] … begin[c + 1]).
struct Members {
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> point;

    [[nodiscard]] std::span<const std::uint32_t> of(std::int32_t cluster) const {
        const auto c = static_cast<std::size_t>(cluster);
        return std::span(point).subspan(begin[c], begin[c + 1] - begin[c]);
    }
};

Members members_of(const Labels& labels) {
    Members members;
    members.begin.assign(static_cast<std::size_t>(labels.cluster_count) + 1, 0);
    for (const std::int32_t label : labels.label) {
        if (label >= 0) {
            ++members.begin[static_cast<std::size_t>(label) + 1];
        }
    }
    std::partial_sum(members.begin.begin(), members.begin.end(), members.begin.begin());
    members.point.resize(members.begin.back());
    std::vector<std::uint32_t> next(members.begin.begin(), members.begin.end() - 1);
    for (std::size_t i = 0; i < labels.label.size(); ++i) {
        if (labels.label[i] >= 0) {
            members.point[next[static_cast<std::size_t>(labels.label[i])]++] =
                static_cast<std::uint32_t>(i);
        }
    }
    return members;
}

void make_noise(Labels& labels, std::span<const std::uint32_t> points) {
    for (const std::uint32_t i : points) {
        labels.label[i] = -1;
        labels.is_core[i] = 0;
    }
}

/// Clusters some of the points by themselves.
Result<Labels> cluster_some(const Points& points, std::span<const std::uint32_t> some,
                            const DbscanOptions& options) {
    std::vector<double> x_m;
    std::vector<double> y_m;
    std::vector<std::uint32_t> weight;
    for (const std::uint32_t i : some) {
        x_m.push_back(points.x_m[i]);
        y_m.push_back(points.y_m[i]);
        if (!points.weight.empty()) {
            weight.push_back(points.weight[i]);
        }
    }
    return dbscan({x_m, y_m, weight}, options);
}

/// Splits one wide cluster step by step; `split` gets the parts under numbers of their own.
class Splitter {
  public:
    Splitter(const Points& points, const DbscanOptions& options, Metres max_extent,
             SplitLabels& split)
        : points_(points), options_(options), max_extent_(max_extent), split_(split) {}

    Result<void> run(std::vector<std::uint32_t> members) {
        std::vector<std::vector<std::uint32_t>> wide{std::move(members)};
        DbscanOptions options = options_;
        for (int step = 1; step <= kMostSplitSteps && !wide.empty(); ++step) {
            options.eps.value *= kSplitStep;
            std::vector<std::vector<std::uint32_t>> still_wide;
            for (const std::vector<std::uint32_t>& part : wide) {
                ICMAP_TRY(split_once(part, options, step == kMostSplitSteps, still_wide));
            }
            wide = std::move(still_wide);
        }
        return {};
    }

  private:
    Result<void> split_once(std::span<const std::uint32_t> part, const DbscanOptions& options,
                            bool last, std::vector<std::vector<std::uint32_t>>& still_wide) {
        ICMAP_ASSIGN(const Labels found, cluster_some(points_, part, options));
        make_noise(split_.labels, part);
        const Members parts = members_of(found);
        for (std::int32_t c = 0; c < found.cluster_count; ++c) {
            std::vector<std::uint32_t> members;
            for (const std::uint32_t i : parts.of(c)) {
                members.push_back(part[i]);
            }
            const bool is_wide = is_wider(points_, members, max_extent_);
            if (is_wide && !last) {
                still_wide.push_back(std::move(members));
                continue;
            }
            for (const std::uint32_t i : parts.of(c)) {
                split_.labels.label[part[i]] = split_.labels.cluster_count;
                split_.labels.is_core[part[i]] = found.is_core[i];
            }
            ++split_.labels.cluster_count;
            split_.eps_m.push_back(options.eps.value);
            split_.is_wide.push_back(is_wide ? 1 : 0);
        }
        return {};
    }

    const Points& points_;
    const DbscanOptions& options_;
    Metres max_extent_;
    SplitLabels& split_;
};

/// Moves what is known by old number to the new numbers.
template <class T>
void reorder(std::vector<T>& values, const std::vector<std::int32_t>& number) {
    std::vector<T> ordered(values.size());
    std::size_t count = 0;
    for (std::size_t old = 0; old < values.size(); ++old) {
        if (number[old] >= 0) {
            ordered[static_cast<std::size_t>(number[old])] = values[old];
            ++count;
        }
    }
    ordered.resize(count);
    values = std::move(ordered);
}

tl::unexpected<Error> length_error(const char* what, std::size_t length, std::size_t points) {
    return input_error(fmt::format("There are {} {} for {} points", length, what, points),
                       "Give one for each point, in the order of the points");
}

/// Whether members are of so many different enterprises; where few will do, the first members tell.
bool has_enterprises(std::span<const std::uint32_t> members,
                     std::span<const std::uint32_t> enterprise, std::size_t wanted) {
    constexpr std::size_t kFew = 32;
    std::vector<std::uint32_t> owners;
    for (const std::uint32_t i : members) {
        if (wanted > kFew ||
            std::find(owners.begin(), owners.end(), enterprise[i]) == owners.end()) {
            owners.push_back(enterprise[i]);
        }
        if (wanted <= kFew && owners.size() == wanted) {
            return true;
        }
    }
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    return owners.size() >= wanted;
}

} // namespace

std::vector<std::int32_t> renumber(Labels& labels) {
    std::vector<std::int32_t> number(static_cast<std::size_t>(labels.cluster_count), -1);
    std::int32_t count = 0;
    for (std::size_t i = 0; i < labels.label.size(); ++i) {
        if (labels.is_core[i] == 1) {
            std::int32_t& mine = number[static_cast<std::size_t>(labels.label[i])];
            mine = mine < 0 ? count++ : mine;
        }
    }
    for (std::int32_t& label : labels.label) {
        label = label < 0 ? -1 : number[static_cast<std::size_t>(label)];
    }
    labels.cluster_count = count;
    return number;
}

Result<Labels> drop_small(Labels labels, std::span<const std::uint32_t> enterprise,
                          std::uint32_t min_enterprises) {
    ICMAP_TRY(check_positive(min_enterprises, "min_enterprises"));
    if (enterprise.size() != labels.label.size()) {
        return length_error("enterprises", enterprise.size(), labels.label.size());
    }
    const Members members = members_of(labels);
    for (std::int32_t c = 0; c < labels.cluster_count; ++c) {
        if (!has_enterprises(members.of(c), enterprise, min_enterprises)) {
            make_noise(labels, members.of(c));
        }
    }
    renumber(labels);
    return labels;
}

Result<SplitLabels> split_wide(Points points, Labels labels, DbscanOptions options,
                               Metres max_extent) {
    ICMAP_TRY(check_dbscan(points, options));
    ICMAP_TRY(check_radius(max_extent, "max_extent"));
    if (labels.label.size() != points.x_m.size() || labels.is_core.size() != points.x_m.size()) {
        return length_error("labels", labels.label.size(), points.x_m.size());
    }
    const Members members = members_of(labels);
    const std::int32_t cluster_count = labels.cluster_count;
    const auto clusters = static_cast<std::size_t>(cluster_count);
    SplitLabels split{std::move(labels), std::vector<double>(clusters, options.eps.value),
                      std::vector<std::uint8_t>(clusters, 0)};
    Splitter splitter(points, options, max_extent, split);
    for (std::int32_t c = 0; c < cluster_count; ++c) {
        const std::span<const std::uint32_t> mine = members.of(c);
        if (!mine.empty() && is_wider(points, mine, max_extent)) {
            ICMAP_TRY(splitter.run({mine.begin(), mine.end()}));
        }
    }
    const std::vector<std::int32_t> number = renumber(split.labels);
    reorder(split.eps_m, number);
    reorder(split.is_wide, number);
    return split;
}

Result<Labels> narrowed(Points points, Labels labels, DbscanOptions options, Metres max_extent) {
    if (max_extent.value == 0.0) {
        return labels;
    }
    ICMAP_ASSIGN(auto split, split_wide(points, std::move(labels), options, max_extent));
    return std::move(split.labels);
}

Labels without_border(HdbscanLabels found) {
    Labels labels;
    labels.cluster_count = found.cluster_count;
    labels.is_core.reserve(found.label.size());
    for (const std::int32_t label : found.label) {
        labels.is_core.push_back(label >= 0 ? 1 : 0);
    }
    labels.label = std::move(found.label);
    return labels;
}

} // namespace icmap::cluster
