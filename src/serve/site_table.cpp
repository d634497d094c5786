#include "serve/site_table.hpp"

#include "geo/area_index.hpp"
#include "serve/queries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace icmap::serve {
namespace {
using store::Chunk;

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
constexpr double kMostCells = 4e6; ///< 16 MB of cell starts

template <class T>
void reorder(std::vector<T>& values, std::span<const std::uint32_t> order) {
    std::vector<T> sorted(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted[i] = values[order[i]];
    }
    values = std::move(sorted);
}

} // namespace

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
    firms_.resize(static_cast<std::size_t>(count));
    ICMAP_TRY(session.read("select firm_id, employees from firm where employees is not null",
                           [&](const Chunk& chunk) {
                               for (std::size_t i = 0; i < chunk.size(); ++i) {
                                   firms_[chunk.column<std::uint32_t>(0)[i]].employees =
                                       chunk.column<std::int32_t>(1)[i];
                               }
                           }));
    ICMAP_TRY(session.read("select distinct firm_id from evidence where in_window",
                           [&](const Chunk& chunk) {
                               for (const std::uint32_t firm : chunk.column<std::uint32_t>(0)) {
                                   firms_[firm].is_rdi_active = true;
                               }
                           }));
    std::vector<std::uint8_t> seen(firms_.size(), 0);
    for (const std::uint32_t firm : firm_) {
        firms_[firm].has_several_sites = firms_[firm].has_several_sites || seen[firm] != 0;
        seen[firm] = 1;
    }
    firm_sectors_.first.assign(firms_.size() + 1, 0);
    return session.read(
        "select firm_id, sector_id::uinteger from firm_sector order by firm_id, sector_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ++firm_sectors_.first[chunk.column<std::uint32_t>(0)[i] + 1];
                firm_sectors_.values.push_back(static_cast<std::uint16_t>(
                    catalogue.sector_of_id.at(chunk.column<std::uint32_t>(1)[i])));
            }
        });
}

Result<void> SiteTable::read_memberships(store::Connection& session, const Catalogue& catalogue) {
    site_clusters_.first.assign(row_of_site_.size() + 1, 0);
    ICMAP_TRY(session.read(
        "select site_id, cluster_id from cluster_member order by site_id, cluster_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t site = chunk.column<std::uint32_t>(0)[i];
                if (site < row_of_site_.size()) {
                    ++site_clusters_.first[site + 1];
                    site_clusters_.values.push_back(static_cast<std::uint32_t>(
                        catalogue.cluster_of_id.at(chunk.column<std::uint32_t>(1)[i])));
                }
            }
        }));
    const auto total = [](std::vector<std::uint32_t>& first) {
        std::partial_sum(first.begin(), first.end(), first.begin());
    };
    total(site_clusters_.first);
    total(firm_sectors_.first);
    cluster_count_ = catalogue.clusters.size();
    return {};
}

void SiteTable::collect_sector_rows() {
    for (std::uint32_t row = 0; row < firm_.size(); ++row) {
        if ((flags_[row] & in_density) != 0) {
            for (const std::uint16_t sector : firm_sectors_.at(firm_[row])) {
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

Inside SiteTable::count(std::span<const std::uint32_t> rows) const {
    Inside inside;
    inside.sector_sites.assign(sector_rows_.size(), 0);
    inside.sector_firms.assign(sector_rows_.size(), 0);
    inside.cluster_sites.assign(cluster_count_, 0);
    std::vector<bool> seen(firms_.size(), false);
    inside.sites = rows.size();
    for (const std::uint32_t row : rows) {
        const std::uint32_t firm_id = firm_[row];
        const Firm& firm = firms_[firm_id];
        const bool is_new = !firm.has_several_sites || !seen[firm_id];
        if (firm.has_several_sites) {
            seen[firm_id] = true;
        }
        const bool counts = (flags_[row] & in_density) != 0;
        inside.density_sites += counts ? 1 : 0;
        inside.firms += is_new ? 1 : 0;
        inside.rdi_active_firms += is_new && firm.is_rdi_active ? 1 : 0;
        if ((flags_[row] & is_office) != 0) {
            ++inside.offices;
            if (firm.employees >= 0) {
                ++inside.reporting;
                inside.employees += firm.employees;
            }
        }
        for (const std::uint16_t sector : firm_sectors_.at(firm_id)) {
            inside.sector_firms[sector] += is_new ? 1 : 0;
            inside.sector_sites[sector] += counts ? 1 : 0;
        }
        for (const std::uint32_t cluster : site_clusters_.at(site_id_[row])) {
            ++inside.cluster_sites[cluster];
        }
    }
    return inside;
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
