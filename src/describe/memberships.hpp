#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "base/unfilled.hpp"
#include "describe/cluster_table.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::describe {

/// The enterprises of each cluster: those of cluster i are [first[i], first[i + 1]), by firm_id.
struct Memberships {
    std::vector<std::size_t> first;
    UnfilledVector<std::uint32_t> firm;
    UnfilledVector<std::uint32_t> sites; ///< of the firm in the cluster
    [[nodiscard]] std::size_t size(std::size_t cluster) const {
        return first[cluster + 1] - first[cluster];
    }
};

/// Everything that members decide of a set of clusters.
struct Members {
    ClusterTable clusters;
    Memberships enterprises;
    MemberLocations locations;
};

/// Rows of cluster_member.
struct MemberRows {
    UnfilledVector<std::uint32_t> cluster_id; ///< those of a cluster stand together
    UnfilledVector<std::uint32_t> site_id;
};

/// Reads cluster_member.
[[nodiscard]] Result<MemberRows> read_member_rows(store::Connection& connection);

/// Where the rows of each cluster stand, by cluster_id; of clusters without a site that counts
/// nothing is told.
class MemberRuns {
  public:
    MemberRuns(const MemberRows& rows, const RegisterColumns& all);

    struct Run {
        std::uint32_t cluster_id = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] const Run& of(std::size_t cluster) const { return runs_[cluster]; }
    [[nodiscard]] std::size_t size() const { return runs_.size(); }
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::vector<std::uint32_t> cluster_ids() const;

  private:
    std::size_t rows_;
    std::vector<Run> runs_;
};

/// What is counted of the members of each cluster; only sites that count are members.
struct MemberCounts {
    std::vector<std::uint32_t> sites;
    Memberships enterprises;
    MemberLocations locations;
};

/// \complexity linear but for the order within each cluster, over all threads
[[nodiscard]] MemberCounts count_members(const MemberRows& rows, const MemberRuns& runs,
                                         const RegisterColumns& all);

/// \param clusters those of the runs that were counted
[[nodiscard]] Members members_of(ClusterTable clusters, MemberCounts counts);

/// What an enterprise has as a whole (jobs, money) is shared out evenly over its sites: the part of
/// them that is in a cluster.
[[nodiscard]] inline double weight_of(std::uint32_t density_sites, std::uint32_t sites) {
    return static_cast<double>(sites) / static_cast<double>(std::max(sites, density_sites));
}

/// An enterprise that has evidence, money or patents, and the part of it that is in a cluster.
struct EngagedFirm {
    std::uint32_t firm = 0;
    double weight = 0.0;
};
using EngagedFirms = Lists<EngagedFirm>; ///< of each cluster, by firm_id

/// \returns for each firm whether it has evidence, money or patents
[[nodiscard]] Result<std::vector<std::uint8_t>> read_engaged(store::Connection& connection,
                                                             std::size_t firms);

/// The enterprises of each cluster that are engaged.
[[nodiscard]] EngagedFirms engaged_of(const RegisterColumns& all, const Members& members,
                                      std::span<const std::uint8_t> is_engaged);

/// Fills describe_cluster, for the steps that are SQL.
[[nodiscard]] Result<void> write_members(store::Connection& connection,
                                         const ClusterTable& clusters);

} // namespace icmap::describe
