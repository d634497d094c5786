#pragma once

#include "base/forgetting.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"
#include "store/writing_aside.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace icmap::describe {

struct DescribeOptions {
    std::string as_of;                    ///< ISO date; empty = the newest date in the atlas
    int bootstrap_replicates = 999;       ///< for the interval of the location quotient, 99 or more
    int null_replicates = 499;            ///< of the collaboration null, 99 or more
    std::uint64_t seed = 20240101;        ///< of both
    int list_length = 10;                 ///< rows of each list in cluster_item
    double institution_radius_m = 25'000; ///< institutions nearer than this to a member are listed
};

struct DescribeReport {
    std::uint64_t clusters = 0;
    std::uint64_t specialised = 0;
    std::uint64_t rdi_collaborating = 0;
    std::uint64_t diverse = 0;
    std::uint64_t not_rdi_active = 0;
    std::uint64_t measures = 0; ///< rows of cluster_measure
    std::string summary;        ///< one line for people
};

/// What need not be read again where an earlier verb left it, and a way to write while describing
/// goes on; nullptr: read from the atlas, written in its turn. Who gives an aside finishes it.
struct AtHand {
    /// What is not looked at any more is given back on the way; locations stay.
    RegisterColumns* known = nullptr;
    const MemberRows* members = nullptr; ///< cluster_member may still be on its way then
    store::WritingAside* aside = nullptr;
    Forgetting* forgetting = nullptr; ///< takes what is written; nullptr: freed in its turn

    /// Begins to write aside, or writes on `connection` where there is no aside.
    [[nodiscard]] Result<void> write_aside(store::Connection& connection,
                                           store::WritingAside::Write write) const {
        if (aside == nullptr) {
            return write(connection);
        }
        aside->begin(std::move(write));
        return {};
    }
};

/// Says what each cluster is: names, measures with intervals and ranks, types with reasons, lists,
/// links and years. Reads staging.cluster_shape, cluster_member and what the earlier verbs wrote;
/// writes cluster, cluster_measure, cluster_item, cluster_link and cluster_year, ordered by
/// cluster_id. A figure that the sources cannot give is null with its reason. The same input and
/// seed give the same rows on any number of threads.
/// \errors input: DuckDB's message; usage: an option out of range
/// \complexity linear in members and evidence, times the replicates in clusters
[[nodiscard]] Result<DescribeReport> describe(store::Connection& connection,
                                              const DescribeOptions& options, Progress& progress,
                                              const AtHand& at_hand = {});

} // namespace icmap::describe
