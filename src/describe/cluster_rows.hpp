#pragma once

#include "base/result.hpp"
#include "describe/cluster_names.hpp"
#include "describe/cluster_table.hpp"
#include "describe/cluster_type.hpp"
#include "store/connection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

/// Rows of the table of clusters.
struct ClusterRows {
    static constexpr std::size_t kAuthorities = 3;

    std::vector<std::uint32_t> cluster_id, sites, enterprises;
    std::vector<std::uint16_t> sector_id;
    std::vector<std::string> slug, name, type, type_reason;
    std::vector<std::uint8_t> is_rdi_active;
    std::array<std::vector<std::optional<std::string>>, kAuthorities> authority;
    std::array<std::vector<double>, kAuthorities> authority_share; ///< of sites
    std::array<std::vector<double>, 8> shape;                      ///< label, bounds, area, extent
    std::vector<std::string> geometry;

    [[nodiscard]] Result<void> write(store::Connection& connection) const;
};

/// \param clusters gives away its wkb
[[nodiscard]] ClusterRows cluster_rows(ClusterTable& clusters, std::span<const ClusterName> names,
                                       std::span<const ClusterType> types);

} // namespace icmap::describe
