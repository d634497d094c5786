#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::describe {

/// Who took part in what. Slots are the participations of all projects of the sources, whoever
/// holds them; members' participations are some of them.
struct ProjectSlots {
    std::vector<std::uint32_t> project_of_slot; ///< dense project numbers
    std::uint32_t projects = 0;
};

/// The members' participations of one cluster: (firm, project), sorted, each once.
using MemberStubs = std::span<const std::pair<std::uint32_t, std::uint32_t>>;

/// How often members of one cluster meet in projects, and how often they would by chance.
struct Collaboration {
    std::uint32_t joint_projects = 0; ///< projects with at least two members
    std::uint32_t pairs = 0;          ///< pairs of members, once for each project they share
    double expected_pairs = 0.0;      ///< of the null, exactly
    double p = 1.0;                   ///< chance of so many pairs or more under the null
};

/// Compares joint projects with a null that keeps how many projects every member has and how many
/// places every project has (the configuration model of the two-mode network): the members' places
/// are drawn from all places without replacement. Draws stop early once twenty replicates reach
/// the observed count, which settles that it is nothing special.
/// \param replicates at most so many; p is at least 1 / (replicates + 1)
/// \complexity replicates × stubs
/// \source Besag and Clifford 1991 (sequential Monte-Carlo p-values)
[[nodiscard]] std::vector<Collaboration> collaborations(const ProjectSlots& slots,
                                                        std::span<const MemberStubs> clusters,
                                                        int replicates, std::uint64_t seed);

} // namespace icmap::describe
