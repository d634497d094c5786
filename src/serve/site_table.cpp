#include "serve/site_table.hpp"

#include "serve/queries.hpp"

#include <algorithm>
#include <limits>

namespace icmap::serve {
namespace {
using store::Chunk;

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

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
    std::vector<double> x_m, y_m;
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
            x_m.push_back(x[i]);
            y_m.push_back(y[i]);
            flags_.push_back(static_cast<std::uint8_t>((density[i] ? in_density : 0) |
                                                       (office[i] ? is_office : 0)));
        }
    }));
    sort_along_curve(x_m, y_m);
    for (const std::uint8_t flags : flags_) {
        density_sites_ += (flags & in_density) != 0 ? 1 : 0;
    }
    return {};
}

void SiteTable::sort_along_curve(std::span<const double> x_m, std::span<const double> y_m) {
    if (x_m.empty()) {
        return;
    }
    std::vector<std::uint32_t> order;
    grid_ = ZGrid(x_m, y_m, order);
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
    table.sum_blocks();
    return table;
}

RowRanges SiteTable::rows_of(std::span<const std::uint32_t> site_ids) const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t site : site_ids) {
        if (site < row_of_site_.size() && row_of_site_[site] != kNoRow) {
            rows.push_back(row_of_site_[site]);
        }
    }
    return RowRanges(std::move(rows));
}

std::vector<std::uint32_t> SiteTable::sites_of(const RowRanges& rows,
                                               const std::function<bool(std::size_t)>& keeps,
                                               bool by_sector) const {
    std::vector<std::uint32_t> sites;
    for (const RowRange& range : rows.all()) {
        for (std::uint32_t row = range.first; row < range.end; ++row) {
            const auto sectors = row_sectors_.at(row);
            if (!by_sector || std::any_of(sectors.begin(), sectors.end(), keeps)) {
                sites.push_back(site_id_[row]);
            }
        }
    }
    std::sort(sites.begin(), sites.end());
    return sites;
}

std::optional<PlaneXY> SiteTable::office_of(std::uint32_t firm_id) const {
    if (firm_id >= office_row_.size() || office_row_[firm_id] == kNoRow) {
        return std::nullopt;
    }
    const std::uint32_t row = office_row_[firm_id];
    return PlaneXY{grid_.x_m()[row], grid_.y_m()[row]};
}

PlaneSites SiteTable::all_sites() const {
    PlaneSites sites;
    sites.x_m.reserve(density_sites_);
    sites.y_m.reserve(density_sites_);
    for (std::size_t row = 0; row < flags_.size(); ++row) {
        if ((flags_[row] & in_density) != 0) {
            sites.x_m.push_back(grid_.x_m()[row]);
            sites.y_m.push_back(grid_.y_m()[row]);
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
        sites.x_m.push_back(grid_.x_m()[row]);
        sites.y_m.push_back(grid_.y_m()[row]);
        sites.firm.push_back(firm_[row]);
    }
    return sites;
}

} // namespace icmap::serve
