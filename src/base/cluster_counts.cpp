#include "base/cluster_counts.hpp"

#include "base/progress.hpp"

#include <fmt/format.h>

namespace icmap {

std::string in_words(const ClusterCounts& counts) {
    return fmt::format("{} cluster{} in {} of {} sector{} with sites", grouped(counts.clusters),
                       counts.clusters == 1 ? "" : "s", grouped(counts.sectors_with_clusters),
                       grouped(counts.sectors_with_sites),
                       counts.sectors_with_sites == 1 ? "" : "s");
}

} // namespace icmap
