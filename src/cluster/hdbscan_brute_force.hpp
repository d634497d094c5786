#pragma once

#include "cluster/hdbscan.hpp"
#include "cluster/space.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace icmap::cluster {

/// A cluster of the condensed tree, by its points.
struct SlowCluster {
    std::int32_t parent = -1; ///< -1 for the root; lower than the cluster's own number
    double birth_lambda = 0.0;
    double death_lambda = 0.0;
    double stability = 0.0;
    std::vector<std::size_t> members; ///< at birth, ascending
    std::vector<std::size_t> children;
};

/// The condensed tree of HDBSCAN* straight from its definition: of single points, each of weight
/// one, at each length the components are found anew. The oracle of the tests.
template <std::size_t D>
class SlowHdbscan {
  public:
    /// \param points at least one
    /// \complexity O(n^2 log n) for the lengths, O(n^3) for the tree
    SlowHdbscan(std::vector<Position<D>> points, const HdbscanOptions& options);

    /// Checks an answer of `hdbscan` for these points: each cluster is one of the tree, they are
    /// those that the options select, and every value of a point and of a cluster is right to nine
    /// digits. Where stabilities tie to nine digits, either choice is.
    /// \returns what is wrong, in words, or nothing
    [[nodiscard]] std::optional<std::string> what_is_wrong(const HdbscanLabels& found) const;

  private:
    using Points = std::vector<std::size_t>;

    void find_lengths(std::uint32_t min_samples);
    [[nodiscard]] double reach2(std::size_t a, std::size_t b) const {
        return reach2_[a * points_.size() + b];
    }
    [[nodiscard]] double lambda(double length2) const;
    [[nodiscard]] double longest_needed2(const Points& points) const;
    [[nodiscard]] std::vector<Points> parts_below(const Points& points, double length2) const;
    void shrink(std::size_t cluster, Points points);
    void leave(std::size_t cluster, const Points& points, double at_lambda);
    void add_up();
    [[nodiscard]] std::vector<std::size_t> selected() const;
    [[nodiscard]] HdbscanLabels labels_of(const std::vector<std::size_t>& selected) const;
    [[nodiscard]] bool has_tie() const;
    [[nodiscard]] std::optional<std::vector<std::size_t>>
    sets_of(const std::vector<std::int32_t>& label) const;
    [[nodiscard]] std::optional<std::string>
    what_is_wrong_with_choice(const std::vector<std::size_t>& chosen) const;
    [[nodiscard]] bool may_be_taken(std::size_t cluster) const;
    double take_below(std::size_t cluster, std::vector<std::size_t>& taken) const;
    [[nodiscard]] std::size_t risen(std::size_t cluster) const;

    std::vector<Position<D>> points_;
    HdbscanOptions options_;
    std::vector<double> core2_;  ///< by point: squared core distance
    std::vector<double> reach2_; ///< by pair: squared mutual reachability
    double least_m_ = 1.0;       ///< the least length above zero
    std::vector<SlowCluster> clusters_;
    std::vector<double> part_lambda_;   ///< by cluster: where others part from it, or infinity
    std::vector<std::size_t> home_;     ///< by point: the cluster it leaves for noise
    std::vector<double> leaves_lambda_; ///< by point
};

} // namespace icmap::cluster
