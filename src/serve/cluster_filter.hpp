#pragma once

#include "serve/answers.hpp"
#include "serve/routes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::serve {

/// Indexes of the clusters that the filters of a call leave (sector, type, area, min[…], …), by id.
[[nodiscard]] Checked<std::vector<std::size_t>> filter_clusters(Call& call);

/// Sorts them as the parameter `sort` says; ties by id.
[[nodiscard]] Checked<void> sort_clusters(Call& call, std::vector<std::size_t>& clusters);

/// The measures that the parameter `columns` asks for, by default all.
[[nodiscard]] Checked<std::vector<const MeasureEntry*>> read_columns(Call& call);

/// The figure of a cluster by name: a measure, site_count, enterprise_count, area_km2 or extent_km.
class FigureOf {
  public:
    [[nodiscard]] static std::optional<FigureOf> find(const Catalogue& catalogue,
                                                      std::string_view name);
    /// NaN where the cluster has none.
    [[nodiscard]] double operator()(std::size_t cluster) const;

  private:
    const Catalogue* catalogue_ = nullptr;
    const MeasureEntry* measure_ = nullptr;
    double (*field_)(const ClusterEntry&) = nullptr;
};

} // namespace icmap::serve
