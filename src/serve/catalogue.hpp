#pragma once

#include "base/cluster_counts.hpp"
#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "store/connection.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icmap::serve {

inline constexpr std::array<std::string_view, 5> kSectorTypes{"industrial_strategy", "frontier",
                                                              "sic", "technology", "user"};
inline constexpr std::array<std::string_view, 4> kClusterTypes{"specialised", "rdi_collaborating",
                                                               "diverse", "not_rdi_active"};

struct SectorEntry {
    std::uint32_t id = 0;
    std::string slug, name, type;
    std::string parent; ///< slug, empty: none
    bool is_frontier = false;
    std::string industrial_strategy_parent; ///< empty: none
    std::string definition, source;
    std::int64_t firms = 0, sites = 0, clusters = 0, clustered_sites = 0;
};

struct ClusterEntry {
    std::uint32_t id = 0;
    std::size_t sector = 0; ///< index into Catalogue::sectors
    std::string slug, name, type;
    bool is_rdi_active = false;
    std::uint32_t site_count = 0, enterprise_count = 0;
    std::array<std::string, 3> authorities; ///< empty: none
    LonLat label;
    Box bounds; ///< degrees
    double area_km2 = 0.0, extent_km = 0.0;
    geo::Geometry outline; ///< degrees
    std::string reference; ///< ClusterRef of the contract, as JSON
    std::string words;     ///< folded name, sector and authorities, for the filter q
};

/// How many sites of a cluster lie in an area.
struct SharedSites {
    std::size_t cluster = 0; ///< index into Catalogue::clusters
    std::uint32_t sites = 0;
};

/// What else an area is called.
struct AreaName {
    std::string name;
    std::string kind;   ///< former, later, other
    std::string day;    ///< ISO date: former until it, later from it on; empty: other
    std::string source; ///< in a sentence
};

struct AreaEntry {
    std::uint32_t id = 0;
    std::string code; ///< "level:code" where areas of several levels share it
    std::string name, level, parent_code;
    std::string level_words;           ///< "local authority"
    std::optional<std::size_t> parent; ///< index into Catalogue::areas
    std::optional<LonLat> label;
    Box bounds;
    std::int64_t sites = 0;
    geo::Geometry outline;             ///< degrees
    std::vector<SharedSites> clusters; ///< by cluster
    std::vector<AreaName> other_names; ///< the latest first
};

/// What a figure means (reference/measures.toml), or whatever else is told (reference/terms.toml).
struct MeasureEntry {
    std::string key, label, unit, definition, method, source, group, formula, caveat, better;
    std::string coverage_of; ///< empty: enterprises
    std::int64_t decimals = 0;
    std::vector<double> values; ///< one per cluster of the catalogue, NaN where there is none
    std::size_t valued = 0;
};

struct YearEntry {
    std::uint32_t cluster_id = 0;
    std::int32_t year = 0;
    std::uint32_t enterprises = 0;
};

/// The part of the atlas that is small and asked for all the time, in memory, read once.
struct Catalogue {
    std::map<std::string, std::string, std::less<>> run;
    std::string atlas_json; ///< the answer of /api/atlas
    std::string name;
    bool is_example = false;
    bool is_official = false;
    std::vector<std::string> attributions;
    Box bounds;
    std::string default_sector;         ///< slug of the sector shown at first; empty: none
    std::string first_incorporated;     ///< ISO date of the oldest member; empty: none has one
    std::vector<SectorEntry> sectors;   ///< parents before children, each tree in one piece
    std::vector<std::size_t> depths;    ///< of the sectors
    std::vector<ClusterEntry> clusters; ///< by id
    std::vector<AreaEntry> areas;       ///< by id
    std::vector<MeasureEntry> measures; ///< in the order of their definitions
    std::vector<MeasureEntry> terms;    ///< in the order of their definitions; without values
    std::vector<YearEntry> years;       ///< by cluster and year

    std::unordered_map<std::uint32_t, geo::Geometry> published_outlines; ///< by id, degrees

    /// Index of a sector by slug or id.
    [[nodiscard]] std::optional<std::size_t> find_sector(std::string_view key) const;
    /// Index of a cluster by slug or id.
    [[nodiscard]] std::optional<std::size_t> find_cluster(std::string_view key) const;
    /// Index of an area by code or level:code; of those that share a code, the first.
    [[nodiscard]] std::optional<std::size_t> find_area(std::string_view code) const;
    [[nodiscard]] const MeasureEntry* find_measure(std::string_view key) const;
    [[nodiscard]] const MeasureEntry* find_term(std::string_view key) const;
    /// A parameter of the run, empty where it has none.
    [[nodiscard]] std::string_view parameter(std::string_view name) const;
    /// All attributions in one line.
    [[nodiscard]] std::string attribution() const;
    /// Clusters, and sectors with clusters of those with sites.
    [[nodiscard]] ClusterCounts counts() const;

    std::unordered_map<std::string, std::size_t> sector_of_slug, cluster_of_slug, area_of_code;
    std::unordered_map<std::uint32_t, std::size_t> sector_of_id, cluster_of_id, area_of_id;
};

/// Reads the catalogue.
/// \param session from open_session
[[nodiscard]] Result<Catalogue> read_catalogue(store::Connection& session);

} // namespace icmap::serve
