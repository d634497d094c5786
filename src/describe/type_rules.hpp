#pragma once

#include "base/result.hpp"

#include <cstdint>

namespace icmap::describe {

/// The limits that decide what a cluster is; all inclusive. Read from reference/types.toml.
struct TypeRules {
    std::uint32_t min_active_enterprises = 0;
    double min_active_share = 0.0; ///< of the enterprises, 0–1
    double max_active_p = 0.0;     ///< of so many RD&I-active enterprises by chance
    std::uint32_t min_joint_projects = 0;
    double max_collaboration_p = 0.0;
    double min_quotient = 0.0;
    double max_false_discovery = 0.0; ///< of the concentration
};

/// \errors internal: a limit is missing or out of its range
[[nodiscard]] Result<TypeRules> read_type_rules();

} // namespace icmap::describe
