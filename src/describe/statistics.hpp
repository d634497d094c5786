#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

// Measures of specialisation, concentration and relatedness as pure functions; others are in
// other_statistics.hpp. What cannot be said
// (nothing to divide by) is NaN. Sums run in input order, so that equal input gives equal bits.

/// How much larger a sector's share is here than in the comparison area:
/// (here_sector / here_all) / (all_sector / all_all). 1 = the same.
/// \source Florence 1939; REAT locq
[[nodiscard]] double location_quotient(double here_sector, double here_all, double all_sector,
                                       double all_all);

/// Sum of squared shares, 1/n to 1. \source REAT herf
[[nodiscard]] double herfindahl(std::span<const double> sizes);

/// Gini coefficient of location quotients: of an industry over regions (sizes of the industry,
/// sizes of the regions), or of a region over industries. 0 = spread like everything.
/// \source REAT gini.conc, gini.spec
[[nodiscard]] double gini_of_quotients(std::span<const double> sizes,
                                       std::span<const double> reference);
/// Half the sum of absolute differences of two distributions, 0–1. \source EconGeo hoover.index
[[nodiscard]] double hoover(std::span<const double> values, std::span<const double> reference);
/// Sum of absolute differences of two distributions, 0–2. \source REAT krugman.spec
[[nodiscard]] double krugman(std::span<const double> values, std::span<const double> reference);

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

} // namespace icmap::describe
