#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "serve/catalogue.hpp"
#include "serve/inside.hpp"
#include "serve/row_ranges.hpp"
#include "serve/z_grid.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace icmap::serve {

/// The sites of one sector that count in density.
struct SectorSites {
    std::vector<double> x_m, y_m;
    std::vector<std::uint32_t> firm; ///< firm_id
};

/// Sites in the plane.
struct PlaneSites {
    std::vector<double> x_m, y_m;
};

/// All located sites of active firms in memory, in the order of a Z-curve (see ZGrid), with what
/// selections count. A position in this table is called a row.
class SiteTable {
  public:
    [[nodiscard]] static Result<SiteTable> read(store::Connection& session,
                                                const Catalogue& catalogue);

    /// Where the rows are, and which are inside what is drawn.
    [[nodiscard]] const ZGrid& grid() const { return grid_; }
    /// The rows of sites by their ids; sites that are not in the table are left out.
    [[nodiscard]] RowRanges rows_of(std::span<const std::uint32_t> site_ids) const;

    /// The sites of rows, by id. \param keeps said of the sectors of a site's firm, where
    /// `by_sector`: one of them must be kept
    [[nodiscard]] std::vector<std::uint32_t> sites_of(const RowRanges& rows,
                                                      const std::function<bool(std::size_t)>& keeps,
                                                      bool by_sector) const;

    /// Where the registered office of a firm is; nothing where it is not in the table.
    [[nodiscard]] std::optional<PlaneXY> office_of(std::uint32_t firm_id) const;

    /// \complexity linear in the runs, and in the members of clusters and the sites of firms with
    /// several sites among the rows; over all threads
    [[nodiscard]] Inside count(const RowRanges& rows) const;

    /// \param sector index in the catalogue
    [[nodiscard]] SectorSites sector_sites(std::size_t sector) const;
    /// All sites that count in density.
    [[nodiscard]] PlaneSites all_sites() const;
    [[nodiscard]] std::size_t size() const { return firm_.size(); }
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
        /// Those of the indexes from `i` up to `end`, in their order.
        [[nodiscard]] std::span<const T> between(std::size_t i, std::size_t end) const {
            return std::span(values).subspan(first[i], first[end] - first[i]);
        }
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
    void sort_along_curve(std::span<const double> x_m, std::span<const double> y_m);
    void collect_sector_rows();
    void sum_blocks();
    Result<void> read_sectors(store::Connection& session, const Catalogue& catalogue,
                              std::size_t firms);
    [[nodiscard]] Inside nothing() const;
    void count_firm(std::uint32_t row, Inside& inside) const;
    void count_rows(RowRange rows, Inside& inside) const;
    void count_range(RowRange rows, Inside& inside) const;
    void count_several(const RowRanges& rows, Inside& inside) const;

    ZGrid grid_;
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
    /// What all rows before a block hold, clusters and the firms with several sites apart.
    std::vector<Inside> before_block_;
    std::vector<std::int32_t> block_largest_; ///< most employees of one firm, by block
    std::uint32_t block_rows_ = 1;
    std::vector<std::uint32_t> several_rows_; ///< of firms with several sites, ascending
    std::vector<std::uint32_t> several_firm_; ///< which one, beside it: below `several_firms_`
    std::size_t several_firms_ = 0;
};

} // namespace icmap::serve
