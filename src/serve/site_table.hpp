#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "serve/catalogue.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
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

    /// \param other of the same catalogue
    Inside& operator+=(const Inside& other);
};

/// The sites of one sector that count in density.
struct SectorSites {
    std::vector<double> x_m, y_m;
    std::vector<std::uint32_t> firm; ///< firm_id
};

/// Sites in the plane.
struct PlaneSites {
    std::vector<double> x_m, y_m;
};

/// All located sites of active firms in memory, sorted along a grid, with what selections count.
/// A position in this table is called a row; rows of one grid cell stand together.
class SiteTable {
  public:
    [[nodiscard]] static Result<SiteTable> read(store::Connection& session,
                                                const Catalogue& catalogue);

    /// Rows inside or on the border of the geometry (project CRS).
    [[nodiscard]] std::vector<std::uint32_t> within(const geo::Geometry& plane) const;
    /// Rows at most `radius` from the centre.
    [[nodiscard]] std::vector<std::uint32_t> within(PlaneXY centre, Metres radius) const;
    /// The rows of sites by their ids; sites that are not in the table are left out.
    [[nodiscard]] std::vector<std::uint32_t> rows_of(std::span<const std::uint32_t> site_ids) const;

    /// The sites of rows, by id. \param keeps said of the sectors of a site's firm, where
    /// `by_sector`: one of them must be kept
    [[nodiscard]] std::vector<std::uint32_t> sites_of(std::span<const std::uint32_t> rows,
                                                      const std::function<bool(std::size_t)>& keeps,
                                                      bool by_sector) const;

    /// Where the registered office of a firm is; nothing where it is not in the table.
    [[nodiscard]] std::optional<PlaneXY> office_of(std::uint32_t firm_id) const;

    /// \complexity linear, over all threads
    [[nodiscard]] Inside count(std::span<const std::uint32_t> rows) const;

    /// \param sector index in the catalogue
    [[nodiscard]] SectorSites sector_sites(std::size_t sector) const;
    /// All sites that count in density.
    [[nodiscard]] PlaneSites all_sites() const;
    [[nodiscard]] std::size_t size() const { return x_m_.size(); }
    [[nodiscard]] std::size_t density_sites() const { return density_sites_; }
    /// Density sites of a sector of the catalogue, over the whole atlas.
    [[nodiscard]] std::size_t density_sites(std::size_t sector) const {
        return sector_rows_[sector].size();
    }

  private:
    enum Flag : std::uint8_t {
        in_density = 1,
        is_office = 2,
        is_rdi_active = 4,     ///< its firm
        has_several_sites = 8, ///< its firm, in this table
    };
    /// Lists by index: those of i are values[first[i]] up to values[first[i + 1]].
    template <class T>
    struct Lists {
        std::vector<std::uint32_t> first;
        std::vector<T> values;
        /// Makes starts of counts.
        void add_up() { std::partial_sum(first.begin(), first.end(), first.begin()); }
        [[nodiscard]] std::span<const T> at(std::size_t i) const {
            if (i + 1 >= first.size()) {
                return {};
            }
            return std::span(values).subspan(first[i], first[i + 1] - first[i]);
        }
    };

    Result<void> read_sites(store::Connection& session);
    Result<void> read_firms(store::Connection& session, const Catalogue& catalogue);
    Result<void> read_memberships(store::Connection& session, const Catalogue& catalogue);
    void sort_along_grid();
    void collect_sector_rows();
    Result<void> read_sectors(store::Connection& session, const Catalogue& catalogue,
                              std::size_t firms);
    [[nodiscard]] Inside nothing() const;
    void count_firm(std::uint32_t row, Inside& inside) const;
    /// All but the firms with several sites, whose rows go to `several`.
    [[nodiscard]] Inside count_some(std::span<const std::uint32_t> rows,
                                    std::vector<std::uint32_t>& several) const;
    template <class Keep>
    [[nodiscard]] std::vector<std::uint32_t> in_box(const Box& box, Keep&& keep) const;

    std::vector<double> x_m_, y_m_;
    std::vector<std::uint32_t> site_id_, firm_;
    std::vector<std::uint8_t> flags_;
    std::vector<std::uint32_t> row_of_site_; ///< kNoRow: not in the table
    // All of a row stands in the order of the rows, so that counting reads memory from front to
    // back.
    std::vector<std::int32_t> employees_;   ///< of its firm, -1: not known
    Lists<std::uint16_t> row_sectors_;      ///< of its firm, indexes of the catalogue
    Lists<std::uint32_t> row_clusters_;     ///< indexes of the catalogue
    std::vector<std::uint32_t> office_row_; ///< by firm_id; kNoRow: none
    std::vector<std::vector<std::uint32_t>> sector_rows_;
    std::size_t density_sites_ = 0;
    std::size_t cluster_count_ = 0;

    Box extent_;
    double cell_m_ = 1000.0;
    std::size_t columns_ = 0, grid_rows_ = 0;
    std::vector<std::uint32_t> cell_first_;
};

} // namespace icmap::serve
