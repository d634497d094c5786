#include "describe/cluster_rows.hpp"

#include "store/bulk_append.hpp"

#include <cmath>
#include <utility>

namespace icmap::describe {
namespace {

/// The local authorities with most sites.
void add_authorities(std::span<const PlaceShare> authorities, std::uint32_t sites,
                     ClusterRows& rows) {
    for (std::size_t k = 0; k < ClusterRows::kAuthorities; ++k) {
        const bool is_there = k < authorities.size();
        rows.authority.at(k).push_back(is_there ? std::optional(authorities[k].name)
                                                : std::nullopt);
        rows.authority_share.at(k).push_back(
            is_there ? static_cast<double>(authorities[k].sites) / sites : std::nan(""));
    }
}

void add_shape(const ClusterShape& shape, ClusterRows& rows) {
    const std::array<double, 8> numbers{shape.label.lon,    shape.label.lat,    shape.bounds.min_x,
                                        shape.bounds.min_y, shape.bounds.max_x, shape.bounds.max_y,
                                        shape.area_km2,     shape.extent_km};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        rows.shape[i].push_back(numbers[i]);
    }
}

} // namespace

ClusterRows cluster_rows(ClusterTable& clusters, std::span<const ClusterName> names,
                         std::span<const ClusterType> types) {
    ClusterRows rows;
    rows.cluster_id = clusters.cluster_id;
    rows.sector_id = clusters.sector_id;
    rows.sites = clusters.sites;
    rows.enterprises = clusters.enterprises;
    rows.geometry = std::move(clusters.wkb);
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        rows.slug.push_back(names[i].slug);
        rows.name.push_back(names[i].name);
        rows.type.push_back(types[i].type);
        rows.type_reason.push_back(types[i].reason);
        rows.is_rdi_active.push_back(types[i].is_rdi_active ? 1 : 0);
        add_authorities(names[i].authorities, clusters.sites[i], rows);
        add_shape(clusters.shape[i], rows);
    }
    return rows;
}

Result<void> ClusterRows::write(store::Connection& connection) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    std::vector<store::Column> columns{column(cluster_id), column(sector_id),  column(slug),
                                       column(name),       column(type),       column(type_reason),
                                       column(sites),      column(enterprises)};
    columns.push_back(column(is_rdi_active));
    columns.back().is_boolean = true;
    for (const auto& each : authority) {
        columns.push_back(column(each));
    }
    for (const auto& each : authority_share) {
        columns.push_back(column(each));
    }
    for (const auto& each : shape) {
        columns.push_back(column(each));
    }
    columns.push_back(column(geometry));
    columns.back().is_blob = true;
    return store::append_columns(connection, "main", "cluster", columns);
}

} // namespace icmap::describe
