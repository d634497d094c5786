#pragma once

#include "base/units.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

// Measures of specialisation, concentration and relatedness as pure functions. What cannot be said
// (nothing to divide by) is NaN. Sums run in input order, so that equal input gives equal bits.

/// How much larger a sector's share is here than in the comparison area:
/// (here_sector / here_all) / (all_sector / all_all). 1 = the same.
/// \source Florence 1939; REAT locq
[[nodiscard]] double location_quotient(double here_sector, double here_all, double all_sector,
                                       double all_all);

/// Sum of squared shares, 1/n to 1. \source REAT herf
[[nodiscard]] double herfindahl(std::span<const double> sizes);
/// Herfindahl rescaled to 0–1 whatever the number of parts. \source REAT herf(coefnorm = TRUE)
[[nodiscard]] double normalised_herfindahl(std::span<const double> sizes);
/// How many equal parts would be as concentrated: 1 / Herfindahl. \source REAT herf(output = "eq")
[[nodiscard]] double equivalent_number(std::span<const double> sizes);

/// Gini coefficient of location quotients: of an industry over regions (sizes of the industry,
/// sizes of the regions), or of a region over industries. 0 = spread like everything.
/// \source REAT gini.conc, gini.spec
[[nodiscard]] double gini_of_quotients(std::span<const double> sizes,
                                       std::span<const double> reference);
/// Theil's T: mean of x/mean · ln(x/mean); zeros add nothing. \source pysal inequality Theil
[[nodiscard]] double theil_t(std::span<const double> values);
/// Theil's L (mean logarithmic deviation); NaN where a value is zero. \source REAT theil
[[nodiscard]] double theil_l(std::span<const double> values);
/// Half the sum of absolute differences of two distributions, 0–1. \source EconGeo hoover.index
[[nodiscard]] double hoover(std::span<const double> values, std::span<const double> reference);
/// Sum of absolute differences of two distributions, 0–2. \source REAT krugman.spec
[[nodiscard]] double krugman(std::span<const double> values, std::span<const double> reference);
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

/// Ellison and Glaeser's γ with its parts.
struct EllisonGlaeser {
    double gamma = 0.0;      ///< 0 = as if plants were thrown at the regions
    double raw = 0.0;        ///< G: sum of squared differences of shares
    double herfindahl = 0.0; ///< H of the plants
    double z = 0.0;          ///< (G − E[G]) / sd[G] when plants are thrown
    std::size_t plants = 0;
};
/// \param plant_size one per plant
/// \param plant_region its region, an index into `region_size`
/// \param region_size all jobs of each region
/// \source Ellison and Glaeser 1997, equations 5 and appendix A; REAT ellison.a
[[nodiscard]] EllisonGlaeser ellison_glaeser(std::span<const double> plant_size,
                                             std::span<const std::uint32_t> plant_region,
                                             std::span<const double> region_size);

/// How alike two industries are by the places that have both.
enum class Relatedness : std::uint8_t { cosine, association, probability, jaccard };
/// A square matrix of relatedness, row by row, zero on its diagonal.
/// \param presence places × industries, row by row, 0 or 1
/// \source van Eck and Waltman 2009; EconGeo relatedness
[[nodiscard]] std::vector<double> relatedness(std::span<const std::uint8_t> presence,
                                              std::size_t industries, Relatedness how);
/// For each industry the share of its relatedness that one place has, 0–1.
/// \source Hidalgo et al. 2007; EconGeo relatedness.density (percent there)
[[nodiscard]] std::vector<double> relatedness_density(std::span<const double> related,
                                                      std::span<const std::uint8_t> place);

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
