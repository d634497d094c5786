#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace icmap::serve {

/// What lies inside a selection of sites.
struct Inside {
    std::size_t sites = 0;
    std::size_t firms = 0;
    std::size_t rdi_active_firms = 0;
    std::size_t offices = 0;                  ///< registered offices
    std::size_t reporting = 0;                ///< of those, whose firm reports employees
    std::int64_t employees = 0;               ///< which those report
    std::int32_t largest_employees = 0;       ///< of one firm
    std::size_t density_sites = 0;            ///< sites that count in density
    std::vector<std::uint32_t> sector_sites;  ///< density sites, by sector of the catalogue
    std::vector<std::uint32_t> sector_firms;  ///< distinct firms, by sector of the catalogue
    std::vector<std::uint32_t> cluster_sites; ///< by cluster of the catalogue

    /// \param other of the same catalogue, or without sectors or clusters where none were counted
    Inside& operator+=(const Inside& other);
    /// Leaves largest_employees, which nothing can be taken from. \param other a part of this
    Inside& operator-=(const Inside& other);
};

} // namespace icmap::serve
