#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/collaboration.hpp"
#include "describe/quotient_interval.hpp"
#include "describe/type_rules.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

/// The numbers that a type is decided by.
struct TypeEvidence {
    bool has_evidence = true; ///< the project has a source of evidence at all
    std::uint32_t enterprises = 0;
    std::uint32_t active = 0;    ///< enterprises that are RD&I-active
    double register_share = 0.0; ///< share of all active firms that are RD&I-active
    Interval quotient;
    double false_discovery = 1.0; ///< of the concentration, among the clusters of the sector
    Collaboration collaboration;
};

struct ClusterType {
    std::string type; ///< rdi_collaborating | specialised | diverse | not_rdi_active
    std::string reason;
    bool is_rdi_active = false;
};

/// The type and the numbers that decided, in words; a number is written with as many decimals as
/// tell it from its limit. In this order: not RD&I-active; R&D collaborating, when joint projects
/// are more than chance; specialised, when the concentration is neither chance nor slight; diverse
/// otherwise.
[[nodiscard]] ClusterType decide_type(const TypeEvidence& evidence, const TypeRules& rules);

/// What was measured of the clusters, each by their rows.
struct TypeMeasures {
    std::span<const std::uint32_t> active; ///< enterprises with evidence inside the window
    std::span<const Interval> quotients;
    std::span<const double> false_discovery;
    std::span<const Collaboration> collaborations;
};

/// The types of all clusters, by their rows. \errors input: DuckDB's message
[[nodiscard]] Result<std::vector<ClusterType>> decide_types(store::Connection& connection,
                                                            const ClusterTable& clusters,
                                                            const TypeMeasures& measured);

} // namespace icmap::describe
