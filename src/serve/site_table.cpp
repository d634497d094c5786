#include "serve/site_table.hpp"

#include "base/parallel.hpp"
#include "geo/area_index.hpp"
#include "serve/queries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

namespace icmap::serve {
namespace {
using store::Chunk;

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
constexpr double kMostCells = 4e6; ///< 16 MB of cell starts

void add(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& what) {
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[i] += what[i];
    }
}

template <class T>
void reorder(std::vector<T>& values, std::span<const std::uint32_t> order) {
    std::vector<T> sorted(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted[i] = values[order[i]];
    }
    values = std::move(sorted);
}

} // namespace

Inside& Inside::operator+=(const Inside& other) {
    sites += other.sites;
    firms += other.firms;
    rdi_active_firms += other.rdi_active_firms;
    offices += other.offices;
    reporting += other.reporting;
    employees += other.employees;
    largest_employees = std::max(largest_employees, other.largest_employees);
    density_sites += other.density_sites;
    add(sector_sites, other.sector_sites);
    add(sector_firms, other.sector_firms);
    add(cluster_sites, other.cluster_sites);
    return *this;
}

Result<void> SiteTable::read_sites(store::Connection& session) {
    ICMAP_TRY(read_rows(session, "sites", [&](const Chunk& chunk) {
        const auto site = chunk.column<std::uint32_t>(0);
        const auto firm = chunk.column<std::uint32_t>(1);
        const auto x = chunk.column<double>(2);
        const auto y = chunk.column<double>(3);
        const auto office = chunk.column<bool>(4);
        const auto density = chunk.column<bool>(5);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            site_id_.push_back(site[i]);
            firm_.push_back(firm[i]);
            x_m_.push_back(x[i]);
            y_m_.push_back(y[i]);
            flags_.push_back(static_cast<std::uint8_t>((density[i] ? in_density : 0) |
                                                       (office[i] ? is_office : 0)));
        }
    }));
    sort_along_grid();
    for (const std::uint8_t flags : flags_) {
        density_sites_ += (flags & in_density) != 0 ? 1 : 0;
    }
    return {};
}

void SiteTable::sort_along_grid() {
    if (x_m_.empty()) {
        return;
    }
    const auto [west, east] = std::minmax_element(x_m_.begin(), x_m_.end());
    const auto [south, north] = std::minmax_element(y_m_.begin(), y_m_.end());
    extent_ = {*west, *south, *east, *north};
    const double width = extent_.max_x - extent_.min_x + 1.0;
    const double height = extent_.max_y - extent_.min_y + 1.0;
    cell_m_ = std::max(cell_m_, std::sqrt(width * height / kMostCells));
    columns_ = static_cast<std::size_t>(width / cell_m_) + 1;
    grid_rows_ = static_cast<std::size_t>(height / cell_m_) + 1;
    std::vector<std::uint32_t> cell(x_m_.size());
    cell_first_.assign(columns_ * grid_rows_ + 1, 0);
    for (std::size_t i = 0; i < x_m_.size(); ++i) {
        const auto column = static_cast<std::size_t>((x_m_[i] - extent_.min_x) / cell_m_);
        const auto row = static_cast<std::size_t>((y_m_[i] - extent_.min_y) / cell_m_);
        cell[i] = static_cast<std::uint32_t>(row * columns_ + column);
        ++cell_first_[cell[i] + 1];
    }
    std::partial_sum(cell_first_.begin(), cell_first_.end(), cell_first_.begin());
    std::vector<std::uint32_t> next(cell_first_.begin(), cell_first_.end() - 1);
    std::vector<std::uint32_t> order(x_m_.size());
    for (std::uint32_t i = 0; i < cell.size(); ++i) {
        order[next[cell[i]]++] = i;
    }
    reorder(x_m_, order);
    reorder(y_m_, order);
    reorder(site_id_, order);
    reorder(firm_, order);
    reorder(flags_, order);
    row_of_site_.assign(*std::max_element(site_id_.begin(), site_id_.end()) + std::size_t{1},
                        kNoRow);
    for (std::uint32_t row = 0; row < site_id_.size(); ++row) {
        row_of_site_[site_id_[row]] = row;
    }
}

Result<void> SiteTable::read_firms(store::Connection& session, const Catalogue& catalogue) {
    ICMAP_ASSIGN(const std::int64_t count,
                 session.integer("select coalesce(max(firm_id) + 1, 0) from firm"));
    const auto firms = static_cast<std::size_t>(count);
    std::vector<std::int32_t> employees(firms, -1);
    ICMAP_TRY(session.read(
        "select firm_id, employees from firm where employees is not null", [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                employees[chunk.column<std::uint32_t>(0)[i]] = chunk.column<std::int32_t>(1)[i];
            }
        }));
    std::vector<std::uint8_t> is_active(firms, 0);
    ICMAP_TRY(session.read("select distinct firm_id from evidence where in_window",
                           [&](const Chunk& chunk) {
                               for (const std::uint32_t firm : chunk.column<std::uint32_t>(0)) {
                                   is_active[firm] = 1;
                               }
                           }));
    std::vector<std::uint8_t> sites(firms, 0);
    for (const std::uint32_t firm : firm_) {
        sites[firm] = static_cast<std::uint8_t>(std::min(2, sites[firm] + 1));
    }
    office_row_.assign(firms, kNoRow);
    employees_.resize(firm_.size());
    for (std::uint32_t row = 0; row < firm_.size(); ++row) {
        const std::uint32_t firm = firm_[row];
        employees_[row] = employees[firm];
        flags_[row] =
            static_cast<std::uint8_t>(flags_[row] | (is_active[firm] != 0 ? is_rdi_active : 0) |
                                      (sites[firm] > 1 ? has_several_sites : 0));
        if ((flags_[row] & is_office) != 0) {
            office_row_[firm] = row;
        }
    }
    return read_sectors(session, catalogue, firms);
}

Result<void> SiteTable::read_sectors(store::Connection& session, const Catalogue& catalogue,
                                     std::size_t firms) {
    Lists<std::uint16_t> by_firm;
    by_firm.first.assign(firms + 1, 0);
    ICMAP_TRY(session.read(
        "select firm_id, sector_id::uinteger from firm_sector order by firm_id, sector_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ++by_firm.first[chunk.column<std::uint32_t>(0)[i] + 1];
                by_firm.values.push_back(static_cast<std::uint16_t>(
                    catalogue.sector_of_id.at(chunk.column<std::uint32_t>(1)[i])));
            }
        }));
    by_firm.add_up();
    row_sectors_.first.push_back(0);
    for (const std::uint32_t firm : firm_) {
        const auto sectors = by_firm.at(firm);
        row_sectors_.values.insert(row_sectors_.values.end(), sectors.begin(), sectors.end());
        row_sectors_.first.push_back(static_cast<std::uint32_t>(row_sectors_.values.size()));
    }
    return {};
}

Result<void> SiteTable::read_memberships(store::Connection& session, const Catalogue& catalogue) {
    Lists<std::uint32_t> by_site;
    by_site.first.assign(row_of_site_.size() + 1, 0);
    ICMAP_TRY(session.read(
        "select site_id, cluster_id from cluster_member order by site_id, cluster_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t site = chunk.column<std::uint32_t>(0)[i];
                if (site < row_of_site_.size()) {
                    ++by_site.first[site + 1];
                    by_site.values.push_back(static_cast<std::uint32_t>(
                        catalogue.cluster_of_id.at(chunk.column<std::uint32_t>(1)[i])));
                }
            }
        }));
    by_site.add_up();
    row_clusters_.first.push_back(0);
    for (const std::uint32_t site : site_id_) {
        const auto clusters = by_site.at(site);
        row_clusters_.values.insert(row_clusters_.values.end(), clusters.begin(), clusters.end());
        row_clusters_.first.push_back(static_cast<std::uint32_t>(row_clusters_.values.size()));
    }
    cluster_count_ = catalogue.clusters.size();
    return {};
}

void SiteTable::collect_sector_rows() {
    for (std::uint32_t row = 0; row < firm_.size(); ++row) {
        if ((flags_[row] & in_density) != 0) {
            for (const std::uint16_t sector : row_sectors_.at(row)) {
                sector_rows_[sector].push_back(row);
            }
        }
    }
}

Result<SiteTable> SiteTable::read(store::Connection& session, const Catalogue& catalogue) {
    SiteTable table;
    table.sector_rows_.resize(catalogue.sectors.size());
    ICMAP_TRY(table.read_sites(session));
    ICMAP_TRY(table.read_firms(session, catalogue));
    ICMAP_TRY(table.read_memberships(session, catalogue));
    table.collect_sector_rows();
    return table;
}

template <class Keep>
std::vector<std::uint32_t> SiteTable::in_box(const Box& box, Keep&& keep) const {
    std::vector<std::uint32_t> rows;
    if (x_m_.empty() || !extent_.intersects(box)) {
        return rows;
    }
    const auto cell = [this](double value, double origin, std::size_t count) {
        const double at = std::floor((value - origin) / cell_m_);
        return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(count - 1)));
    };
    const std::size_t first_column = cell(box.min_x, extent_.min_x, columns_);
    const std::size_t last_column = cell(box.max_x, extent_.min_x, columns_);
    const std::size_t last_row = cell(box.max_y, extent_.min_y, grid_rows_);
    for (std::size_t y = cell(box.min_y, extent_.min_y, grid_rows_); y <= last_row; ++y) {
        const std::uint32_t end = cell_first_[y * columns_ + last_column + 1];
        for (std::uint32_t row = cell_first_[y * columns_ + first_column]; row < end; ++row) {
            if (keep(row)) {
                rows.push_back(row);
            }
        }
    }
    return rows;
}

std::vector<std::uint32_t> SiteTable::within(const geo::Geometry& plane) const {
    const Box box = plane.bounds();
    std::vector<std::uint32_t> rows =
        in_box(box, [&](std::uint32_t row) { return box.contains(x_m_[row], y_m_[row]); });
    std::vector<PlaneXY> positions(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        positions[i] = {x_m_[rows[i]], y_m_[rows[i]]};
    }
    const geo::AreaIndex index(std::span(&plane, 1));
    const std::vector<std::int32_t> found = index.locate(positions);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (found[i] != geo::kNoArea) {
            rows[kept++] = rows[i];
        }
    }
    rows.resize(kept);
    return rows;
}

std::vector<std::uint32_t> SiteTable::within(PlaneXY centre, Metres radius) const {
    const double r = radius.value;
    return in_box({centre.x_m - r, centre.y_m - r, centre.x_m + r, centre.y_m + r},
                  [&](std::uint32_t row) {
                      const double dx = x_m_[row] - centre.x_m;
                      const double dy = y_m_[row] - centre.y_m;
                      return dx * dx + dy * dy <= r * r;
                  });
}

std::vector<std::uint32_t> SiteTable::rows_of(std::span<const std::uint32_t> site_ids) const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t site : site_ids) {
        if (site < row_of_site_.size() && row_of_site_[site] != kNoRow) {
            rows.push_back(row_of_site_[site]);
        }
    }
    return rows;
}

std::vector<std::uint32_t> SiteTable::sites_of(std::span<const std::uint32_t> rows,
                                               const std::function<bool(std::size_t)>& keeps,
                                               bool by_sector) const {
    std::vector<std::uint32_t> sites;
    for (const std::uint32_t row : rows) {
        const auto sectors = row_sectors_.at(row);
        if (!by_sector || std::any_of(sectors.begin(), sectors.end(), keeps)) {
            sites.push_back(site_id_[row]);
        }
    }
    std::sort(sites.begin(), sites.end());
    return sites;
}

std::optional<PlaneXY> SiteTable::office_of(std::uint32_t firm_id) const {
    if (firm_id >= office_row_.size() || office_row_[firm_id] == kNoRow) {
        return std::nullopt;
    }
    return PlaneXY{x_m_[office_row_[firm_id]], y_m_[office_row_[firm_id]]};
}

Inside SiteTable::nothing() const {
    Inside inside;
    inside.sector_sites.assign(sector_rows_.size(), 0);
    inside.sector_firms.assign(sector_rows_.size(), 0);
    inside.cluster_sites.assign(cluster_count_, 0);
    return inside;
}

void SiteTable::count_firm(std::uint32_t row, Inside& inside) const {
    ++inside.firms;
    inside.rdi_active_firms += (flags_[row] & is_rdi_active) != 0 ? 1U : 0U;
    for (const std::uint16_t sector : row_sectors_.at(row)) {
        ++inside.sector_firms[sector];
    }
}

Inside SiteTable::count_some(std::span<const std::uint32_t> rows,
                             std::vector<std::uint32_t>& several) const {
    Inside inside = nothing();
    inside.sites = rows.size();
    for (const std::uint32_t row : rows) {
        const std::uint8_t flags = flags_[row];
        if ((flags & has_several_sites) != 0) {
            several.push_back(row);
        } else {
            count_firm(row, inside);
        }
        if ((flags & is_office) != 0) {
            ++inside.offices;
            inside.reporting += employees_[row] >= 0 ? 1U : 0U;
            inside.employees += std::max(0, employees_[row]);
            inside.largest_employees = std::max(inside.largest_employees, employees_[row]);
        }
        if ((flags & in_density) != 0) {
            ++inside.density_sites;
            for (const std::uint16_t sector : row_sectors_.at(row)) {
                ++inside.sector_sites[sector];
            }
        }
        for (const std::uint32_t cluster : row_clusters_.at(row)) {
            ++inside.cluster_sites[cluster];
        }
    }
    return inside;
}

Inside SiteTable::count(std::span<const std::uint32_t> rows) const {
    constexpr std::size_t kShare = 100'000; ///< rows of one task: a millisecond or so
    Inside total = nothing();
    std::vector<std::uint32_t> several;
    std::mutex mutex;
    // Sums of whole numbers: the order in which the shares are added does not matter.
    parallel_ranges(rows.size(), kShare, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> some_several;
        const Inside some = count_some(rows.subspan(begin, end - begin), some_several);
        const std::lock_guard lock(mutex);
        total += some;
        several.insert(several.end(), some_several.begin(), some_several.end());
    });
    // A firm with several sites inside counts once.
    std::sort(several.begin(), several.end(),
              [this](std::uint32_t a, std::uint32_t b) { return firm_[a] < firm_[b]; });
    for (std::size_t i = 0; i < several.size(); ++i) {
        if (i == 0 || firm_[several[i]] != firm_[several[i - 1]]) {
            count_firm(several[i], total);
        }
    }
    return total;
}

PlaneSites SiteTable::all_sites() const {
    PlaneSites sites;
    sites.x_m.reserve(density_sites_);
    sites.y_m.reserve(density_sites_);
    for (std::size_t row = 0; row < flags_.size(); ++row) {
        if ((flags_[row] & in_density) != 0) {
            sites.x_m.push_back(x_m_[row]);
            sites.y_m.push_back(y_m_[row]);
        }
    }
    return sites;
}

SectorSites SiteTable::sector_sites(std::size_t sector) const {
    SectorSites sites;
    const std::vector<std::uint32_t>& rows = sector_rows_[sector];
    sites.x_m.reserve(rows.size());
    sites.y_m.reserve(rows.size());
    sites.firm.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        sites.x_m.push_back(x_m_[row]);
        sites.y_m.push_back(y_m_[row]);
        sites.firm.push_back(firm_[row]);
    }
    return sites;
}

} // namespace icmap::serve
