#pragma once

#include "describe/collaboration.hpp"
#include "describe/quotient_interval.hpp"

#include <cstdint>
#include <string>

namespace icmap::describe {

/// The limits that decide what a cluster is.
struct TypeRules {
    std::uint32_t min_active_enterprises = 3;
    /// Share of enterprises that are RD&I-active: this, or the register's own where it is lower.
    double min_active_share = 0.05;
    double collaboration_alpha = 0.01;
    std::uint32_t min_joint_projects = 3;
};

/// The numbers that a type is decided by.
struct TypeEvidence {
    bool has_evidence = true; ///< the project has a source of evidence at all
    std::uint32_t enterprises = 0;
    std::uint32_t active = 0;    ///< enterprises that are RD&I-active
    double register_share = 0.0; ///< share of all active firms that are RD&I-active
    Interval quotient;
    Collaboration collaboration;
};

struct ClusterType {
    std::string type; ///< rdi_collaborating | specialised | diverse | not_rdi_active
    std::string reason;
    bool is_rdi_active = false;
};

/// The type and the numbers that decided, in words. In this order: not RD&I-active; R&D
/// collaborating, when joint projects are more than chance; specialised, when the interval of the
/// location quotient lies above 1; diverse otherwise.
[[nodiscard]] ClusterType decide_type(const TypeEvidence& evidence, const TypeRules& rules);

} // namespace icmap::describe
