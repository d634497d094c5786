#pragma once

#include <cstdint>
#include <string>

namespace icmap {

/// What an atlas holds, in the words that the build and the server share.
struct ClusterCounts {
    std::uint64_t clusters = 0;
    std::uint64_t sectors_with_clusters = 0;
    std::uint64_t sectors_with_sites = 0; ///< with a site that counts when clusters are formed
};

/// "562 clusters in 88 of 102 sectors with sites".
[[nodiscard]] std::string in_words(const ClusterCounts& counts);

} // namespace icmap
