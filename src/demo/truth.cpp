#include "demo/truth.hpp"

#include <algorithm>
#include <cassert>
#include <map>

namespace icmap::demo {
namespace {

using Cells = std::map<std::pair<std::int64_t, std::int64_t>, std::size_t>;
using Sizes = std::map<std::int64_t, std::size_t>;

double pairs(double n) {
    return n * (n - 1.0) / 2.0;
}

/// Labels with every noise point alone: numbers no label uses.
std::vector<std::int64_t> with_noise_apart(std::span<const std::int64_t> labels) {
    std::vector<std::int64_t> out(labels.begin(), labels.end());
    std::int64_t next = 0;
    for (const std::int64_t label : labels) {
        next = std::max(next, label + 1);
    }
    for (std::int64_t& label : out) {
        if (label == kNoCluster) {
            label = next++;
        }
    }
    return out;
}

double sum_of_pairs(const Sizes& sizes) {
    double sum = 0.0;
    for (const auto& [label, n] : sizes) {
        sum += pairs(static_cast<double>(n));
    }
    return sum;
}

/// Sizes of the clusters on both sides and of their overlaps, noise left out.
struct Table {
    Sizes planted, found;
    Cells overlaps;
};

Table cross(std::span<const std::int64_t> truth, std::span<const std::int64_t> found) {
    Table table;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] != kNoCluster) {
            ++table.planted[truth[i]];
        }
        if (found[i] != kNoCluster) {
            ++table.found[found[i]];
        }
        if (truth[i] != kNoCluster && found[i] != kNoCluster) {
            ++table.overlaps[{truth[i], found[i]}];
        }
    }
    return table;
}

} // namespace

double adjusted_rand_index(std::span<const std::int64_t> truth,
                           std::span<const std::int64_t> found) {
    assert(truth.size() == found.size());
    const auto a = with_noise_apart(truth);
    const auto b = with_noise_apart(found);
    Sizes rows;
    Sizes columns;
    Cells cells;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ++rows[a[i]];
        ++columns[b[i]];
        ++cells[{a[i], b[i]}];
    }
    double index = 0.0;
    for (const auto& [cell, n] : cells) {
        index += pairs(static_cast<double>(n));
    }
    const double of_rows = sum_of_pairs(rows);
    const double of_columns = sum_of_pairs(columns);
    const double all = pairs(static_cast<double>(a.size()));
    const double expected = all > 0.0 ? of_rows * of_columns / all : 0.0;
    const double most = (of_rows + of_columns) / 2.0;
    return most == expected ? 1.0 : (index - expected) / (most - expected);
}

ClusterScore score_clusters(std::span<const std::int64_t> truth,
                            std::span<const std::int64_t> found, double least_jaccard,
                            double least_overlap) {
    assert(truth.size() == found.size());
    const Table table = cross(truth, found);
    std::map<std::int64_t, double> best_jaccard;
    std::map<std::int64_t, double> best_overlap;
    for (const auto& [cell, n] : table.overlaps) {
        const auto& [planted, cluster] = cell;
        const auto both = static_cast<double>(n);
        const auto size = static_cast<double>(table.found.at(cluster));
        const double either = static_cast<double>(table.planted.at(planted)) + size - both;
        best_jaccard[planted] = std::max(best_jaccard[planted], both / either);
        best_overlap[cluster] = std::max(best_overlap[cluster], both / size);
    }
    ClusterScore score;
    score.planted = table.planted.size();
    score.clusters = table.found.size();
    double sum = 0.0;
    for (const auto& [planted, jaccard] : best_jaccard) {
        sum += jaccard;
        score.found += jaccard >= least_jaccard ? 1U : 0U;
    }
    for (const auto& [cluster, size] : table.found) {
        const auto overlap = best_overlap.find(cluster);
        const double share = overlap == best_overlap.end() ? 0.0 : overlap->second;
        score.false_clusters += share < least_overlap || share == 0.0 ? 1U : 0U;
    }
    score.mean_jaccard = score.planted == 0 ? 0.0 : sum / static_cast<double>(score.planted);
    return score;
}

LinkScore score_links(std::span<const Link> truth, std::span<const Link> found) {
    std::map<std::string_view, std::string_view> company;
    for (const Link& link : truth) {
        if (!link.company_number.empty()) {
            company[link.record] = link.company_number;
        }
    }
    LinkScore score;
    score.true_links = company.size();
    for (const Link& link : found) {
        if (link.company_number.empty()) {
            continue;
        }
        ++score.made;
        const auto it = company.find(link.record);
        score.right += it != company.end() && it->second == link.company_number ? 1U : 0U;
    }
    const auto right = static_cast<double>(score.right);
    score.precision = score.made == 0 ? 1.0 : right / static_cast<double>(score.made);
    score.recall = score.true_links == 0 ? 1.0 : right / static_cast<double>(score.true_links);
    return score;
}

} // namespace icmap::demo
