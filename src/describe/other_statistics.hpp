#pragma once

#include "base/units.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

// Measures of the field that no atlas tells, beside those that one does (statistics.hpp): tests
// hold both against the numbers that other packages publish. What cannot be said is NaN.

/// Herfindahl rescaled to 0–1 whatever the number of parts. \source REAT herf(coefnorm = TRUE)
[[nodiscard]] double normalised_herfindahl(std::span<const double> sizes);
/// How many equal parts would be as concentrated: 1 / Herfindahl. \source REAT herf(output = "eq")
[[nodiscard]] double equivalent_number(std::span<const double> sizes);

/// Theil's T: mean of x/mean · ln(x/mean); zeros add nothing. \source pysal inequality Theil
[[nodiscard]] double theil_t(std::span<const double> values);
/// Theil's L (mean logarithmic deviation); NaN where a value is zero. \source REAT theil
[[nodiscard]] double theil_l(std::span<const double> values);
/// Likeness of two distributions: 1 / sum(share² / reference share). \source EconGeo Hachman
[[nodiscard]] double hachman(std::span<const double> values, std::span<const double> reference);
/// Shannon entropy of the shares in bits. \source EconGeo entropy
[[nodiscard]] double entropy_bits(std::span<const double> sizes);

/// What Litzenberger and Sternberg's cluster index takes of a region and an industry.
struct ClusterIndexInput {
    double jobs_here = 0.0; ///< of the industry in the region
    double jobs_all = 0.0;  ///< of the industry everywhere
    double area_here = 0.0;
    double area_all = 0.0;
    double people_here = 0.0;
    double people_all = 0.0;
    double firms_here = 0.0; ///< of the industry in the region
    double firms_all = 0.0;
};
/// Share of jobs times share of firms over share of people times share of area.
/// \source REAT litzenberger
[[nodiscard]] double cluster_index(const ClusterIndexInput& input);

/// Points of one kind among others, with weights, for distance-based measures.
struct WeightedPoints {
    std::span<const PlaneXY> position;
    std::span<const double> weight;
    std::span<const std::uint8_t> kind;
};
/// Marcon and Puech's M: how much more of kind `to` lies within `radius_m` of points of kind
/// `from` than everywhere. 1 = no more. Points with nothing near say nothing.
/// \complexity O(points²) \source Marcon and Puech 2010; dbmss MEnvelope's M
[[nodiscard]] double marcon_puech_m(const WeightedPoints& points, std::uint8_t from,
                                    std::uint8_t to, Metres radius);

/// Density of the distances between points at `r_m`: Gaussian kernel, reflected at zero.
/// \param bandwidth 0 = Silverman's rule of thumb on the distances
/// \complexity O(points²) \source Duranton and Overman 2005; dbmss KdHat
[[nodiscard]] double duranton_overman_kd(std::span<const PlaneXY> points, Metres r,
                                         Metres bandwidth = {});
/// Silverman's rule of thumb. \source R stats bw.nrd0
[[nodiscard]] double silverman_bandwidth(std::vector<double> values);

} // namespace icmap::describe
