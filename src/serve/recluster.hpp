#pragma once

#include "base/deadline.hpp"
#include "cluster/relative.hpp"
#include "serve/bodies.hpp"
#include "serve/site_table.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace icmap::serve {

/// So many may cluster at once; each takes all cores for some tenths of a second.
inline constexpr int kMostReclusteredAtOnce = 2;
[[nodiscard]] std::atomic<int>& recluster_turns();

/// All sites of the atlas that count in density, prepared for a radius. The last one asked for is
/// kept: a slider that is moved in other ways asks for it again.
class Backgrounds {
  public:
    /// Any number of threads may ask; one at a time prepares. \complexity O(sites) for a new radius
    [[nodiscard]] Result<std::shared_ptr<const cluster::Background>>
    at(const SiteTable& sites, Metres eps, const Deadline& deadline);

  private:
    std::mutex mutex_;
    std::shared_ptr<const cluster::Background> last_;
};

/// The sites of a sector by cluster; a cluster with too few enterprises is noise.
/// \param sites of the sector that was asked for
/// \param deadline asked between the steps of the method
/// \errors as the method's own; stopped: the deadline has passed
[[nodiscard]] Result<cluster::Labels> label_sites(const SectorSites& sites,
                                                  const ReclusterRequest& request,
                                                  const SiteTable& all, Backgrounds& backgrounds,
                                                  const Deadline& deadline);

} // namespace icmap::serve
