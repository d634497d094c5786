#include "describe/memberships.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>

namespace icmap::describe {
namespace {

/// Numbers with how often each stands there, ascending.
void count_each(std::vector<std::uint32_t>& numbers, std::vector<std::uint32_t>& counts) {
    // Sites come in order of their firms, as a rule.
    if (!std::is_sorted(numbers.begin(), numbers.end())) {
        std::sort(numbers.begin(), numbers.end());
    }
    counts.clear();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && numbers[i] == numbers[kept - 1]) {
            ++counts.back();
        } else {
            numbers[kept++] = numbers[i];
            counts.push_back(1);
        }
    }
    numbers.resize(kept);
}

/// Distinct numbers of each cluster and their counts.
struct Counted {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> number;
    std::vector<std::uint32_t> count;
};

/// \param number_of_site what is counted of a site
Counted count_by_cluster(const Lists<std::uint32_t>& sites,
                         std::span<const std::uint32_t> number_of_site) {
    const std::size_t clusters = sites.size();
    std::vector<std::vector<std::uint32_t>> numbers(clusters);
    std::vector<std::vector<std::uint32_t>> counts(clusters);
    parallel_for_each(clusters, 64, [&](std::size_t i) {
        numbers[i].reserve(sites.of(i).size());
        for (const std::uint32_t site : sites.of(i)) {
            numbers[i].push_back(number_of_site[site]);
        }
        count_each(numbers[i], counts[i]);
    });
    Counted all;
    all.first.push_back(0);
    for (std::size_t i = 0; i < clusters; ++i) {
        all.number.insert(all.number.end(), numbers[i].begin(), numbers[i].end());
        all.count.insert(all.count.end(), counts[i].begin(), counts[i].end());
        all.first.push_back(all.number.size());
    }
    return all;
}

std::vector<std::uint8_t> engaged_firms(std::span<const std::uint32_t> ids, std::size_t firms) {
    std::vector<std::uint8_t> is_engaged(firms, 0);
    for (const std::uint32_t id : ids) {
        if (id < firms) {
            is_engaged[id] = 1;
        }
    }
    return is_engaged;
}

} // namespace

Result<MemberRows> read_member_rows(store::Connection& connection) {
    MemberRows rows;
    ICMAP_TRY(connection.read(
        "select cluster_id, site_id from cluster_member", [&rows](const store::Chunk& chunk) {
            const auto clusters = chunk.column<std::uint32_t>(0);
            const auto sites = chunk.column<std::uint32_t>(1);
            rows.cluster_id.insert(rows.cluster_id.end(), clusters.begin(), clusters.end());
            rows.site_id.insert(rows.site_id.end(), sites.begin(), sites.end());
        }));
    return rows;
}

namespace {

/// The sites that count of each cluster that has any.
struct CountedSites {
    std::vector<std::uint32_t> cluster_id; ///< ascending
    Lists<std::uint32_t> sites;
};

CountedSites sites_that_count(const MemberRows& rows, const RegisterColumns& all) {
    std::vector<std::uint32_t> sites;
    std::vector<std::uint32_t> cluster;
    sites.reserve(rows.site_id.size());
    cluster.reserve(rows.site_id.size());
    for (std::size_t i = 0; i < rows.site_id.size(); ++i) {
        const std::uint32_t site = rows.site_id[i];
        if (site < all.location_of_site.size() &&
            all.location_of_site[site] != RegisterColumns::kNowhere) {
            sites.push_back(site);
            cluster.push_back(rows.cluster_id[i]);
        }
    }
    CountedSites counted;
    counted.cluster_id = cluster;
    std::vector<std::uint32_t>& ids = counted.cluster_id;
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::uint32_t row = 0;
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        if (i == 0 || cluster[i] != ids[row]) {
            row = static_cast<std::uint32_t>(std::lower_bound(ids.begin(), ids.end(), cluster[i]) -
                                             ids.begin());
        }
        cluster[i] = row;
    }
    counted.sites = lists_of(cluster, sites, ids.size());
    return counted;
}

} // namespace

Result<Members> read_members(store::Connection& connection, const RegisterColumns& all,
                             const MemberRows& rows) {
    const CountedSites counted = sites_that_count(rows, all);
    const Lists<std::uint32_t>& sites = counted.sites;
    Members members;
    ICMAP_ASSIGN(members.clusters, read_clusters(connection, counted.cluster_id));
    const ClusterTable& clusters = members.clusters;
    Counted firms = count_by_cluster(sites, all.firm_of_site);
    Counted places = count_by_cluster(sites, all.location_of_site);
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        members.clusters.sites.push_back(static_cast<std::uint32_t>(sites.of(i).size()));
        members.clusters.enterprises.push_back(
            static_cast<std::uint32_t>(firms.first[i + 1] - firms.first[i]));
    }
    members.enterprises = {std::move(firms.first), std::move(firms.number), std::move(firms.count)};
    members.locations = {std::move(places.first), std::move(places.number),
                         std::move(places.count)};
    return members;
}

Result<std::vector<std::uint8_t>> read_engaged(store::Connection& connection, std::size_t firms) {
    ICMAP_ASSIGN(const auto ids,
                 store::read_column<std::uint32_t>(
                     connection, "select firm_id from evidence union "
                                 "select firm_id from participation where firm_id is not null "
                                 "union select firm_id from patent where firm_id is not null "
                                 "union select firm_id from deal where firm_id is not null"));
    return engaged_firms(ids, firms);
}

EngagedFirms engaged_of(const RegisterColumns& all, const Members& members,
                        std::span<const std::uint8_t> is_engaged) {
    EngagedFirms engaged;
    const Memberships& own = members.enterprises;
    for (std::size_t i = 0; i < members.clusters.size(); ++i) {
        for (std::size_t at = own.first[i]; at < own.first[i + 1]; ++at) {
            const std::uint32_t firm = own.firm[at];
            if (is_engaged[firm] != 0) {
                engaged.value.push_back(
                    {firm, weight_of(all.firm[firm].density_sites, own.sites[at])});
            }
        }
        engaged.first.push_back(engaged.value.size());
    }
    return engaged;
}

Result<void> write_members(store::Connection& connection, const ClusterTable& clusters) {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    return store::append_columns(
        connection, "main", "describe_cluster",
        std::array<store::Column, 4>{column(clusters.cluster_id), column(clusters.sector_id),
                                     column(clusters.sites), column(clusters.enterprises)});
}

} // namespace icmap::describe
