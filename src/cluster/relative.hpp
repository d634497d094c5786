#pragma once

#include "cluster/dbscan.hpp"
#include "cluster/grid.hpp"

namespace icmap::cluster {

/// All firms of the country, prepared once for a radius; any number of sectors, also at once, are
/// held against it.
template <std::size_t D>
class BackgroundIn {
  public:
    /// \param all every firm of the country, those of the sectors included; at least one
    /// \errors input: as `dbscan`, or no point at all
    /// \complexity O(n) expected
    [[nodiscard]] static Result<BackgroundIn> make(Points all, Metres eps) requires(D == 2);

    /// As `make`, for points and a radius that are checked already.
    /// \errors input: no point at all
    [[nodiscard]] static Result<BackgroundIn> of(const PointsIn<D>& all, Metres eps);

    [[nodiscard]] Metres eps() const { return eps_; }

    /// Of all firms.
    [[nodiscard]] std::uint64_t weight() const { return weight_; }

  private:
    template <std::size_t>
    friend class RelativeRun;
    BackgroundIn() = default;

    CellRule<D> rule_;
    CellBox<D> box_{};
    CellGrid<D> grid_;
    Metres eps_;
    std::uint64_t weight_ = 0;
};

/// In the plane.
using Background = BackgroundIn<2>;

/// What makes a site of the sector a core site.
struct RelativeOptions {
    std::uint32_t min_points = 10;     ///< sector weight within the radius, its own included
    double max_false_discovery = 0.05; ///< share of core sites that may be chance; in (0, 1)
};

/// One entry per site of the sector, in the order of the input.
struct RelativeLabels {
    Labels labels;
    std::vector<std::uint64_t> sector_near; ///< sector weight within the radius
    std::vector<std::uint64_t> all_near;    ///< weight of all firms within the radius
    std::vector<double> p_value;            ///< chance of so many by the national share alone
    double threshold = -1.0;                ///< greatest p-value of a core site, -1: none holds
};

/// Clusters where a sector is dense against all firms around, so that a cluster is not merely a
/// town.
///
/// A site is core when at least `min_points` of the sector are within the radius and the sector's
/// share of all firms within the radius is significantly above its national share: one-sided
/// binomial test, each distinct position one test, false discoveries controlled over all positions
/// of the sector. Core sites are joined, border sites and noise found, clusters numbered, all as
/// in `dbscan`. Exact and deterministic as that.
///
/// \param sector the sites of the sector; each also among the background's firms
/// \errors input: as `dbscan`; `max_false_discovery` outside (0, 1); a site outside the box around
///         all firms
/// \complexity for each site, the firms in the cells that the circle around it cuts
/// \source the test: Kulldorff's idea (1997) of cases against all at risk, with a fixed radius
[[nodiscard]] Result<RelativeLabels> relative(Points sector, const Background& background,
                                              RelativeOptions options);

/// As `relative`, for points that are checked already.
template <std::size_t D>
[[nodiscard]] Result<RelativeLabels>
relative_in(const PointsIn<D>& sector, const BackgroundIn<D>& background, RelativeOptions options);

} // namespace icmap::cluster
