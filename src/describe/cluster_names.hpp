#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/ground.hpp"
#include "describe/place_names.hpp"
#include "store/connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

/// What a cluster is called and where it is.
struct ClusterName {
    std::string name;                    ///< unique within its sector
    std::string slug;                    ///< unique in the atlas: sector slug, then the name
    std::vector<PlaceShare> places;      ///< towns by number of member sites
    std::vector<PlaceShare> authorities; ///< local authorities likewise
};

/// Where all clusters are.
struct Whereabouts {
    const Locations& locations;
    const MemberLocations& members;
    std::span<const AreaSites> sites_by_area; ///< of each cluster
};

/// Names all clusters from the places near their members; without places from local authorities;
/// without those "Cluster", "Cluster 2". Of clusters of a sector that would share a name, the
/// one that comes first (the largest) keeps it. The same on any number of threads.
[[nodiscard]] Result<std::vector<ClusterName>> name_clusters(store::Connection& connection,
                                                             const ClusterTable& clusters,
                                                             const Whereabouts& where);

} // namespace icmap::describe
