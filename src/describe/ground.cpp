#include "describe/ground.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"
#include "store/stream.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace icmap::describe {

namespace {

/// Takes the areas of sites as they are read: of each location those of one of its sites.
class GroundReader {
  public:
    explicit GroundReader(const RegisterColumns& all)
        : all_(all), speaker_(all.locations.sites.size(), RegisterColumns::kNowhere) {}

    /// \param rows site, area, whether it is a local authority; those of a site follow each other
    void take(const store::Chunk& rows) {
        const auto sites = rows.column<std::uint32_t>(0);
        const auto areas = rows.column<std::uint32_t>(1);
        const auto is_authority = rows.column<bool>(2);
        find_sites(sites);
        for (std::size_t k = 0; k + 1 < site_begin_.size(); ++k) {
            const std::size_t begin = site_begin_[k];
            if (sites[begin] != site_) {
                begin_site(sites[begin]);
            }
            if (speaks_) {
                const std::size_t count = site_begin_[k + 1] - begin;
                take_areas(areas.subspan(begin, count), is_authority.subspan(begin, count));
            }
        }
    }

    /// By location, in the order in which they were taken.
    [[nodiscard]] Ground ground() && {
        Ground ground;
        ground.is_authority = std::move(is_authority_);
        auto& first = ground.areas.first;
        first.assign(speaker_.size() + 1, 0);
        begin_run(0);
        for (std::size_t run = 0; run + 1 < runs_.size(); ++run) {
            first[runs_[run].location] += runs_[run + 1].begin - runs_[run].begin;
        }
        std::partial_sum(first.begin(), first.end(), first.begin());
        ground.areas.value.assign(area_.size(), 0U);
        // From the end of each location's to their begin.
        for (std::size_t run = runs_.size() - 1; run-- > 0;) {
            const std::uint32_t size = runs_[run + 1].begin - runs_[run].begin;
            std::copy_n(area_.data() + runs_[run].begin, size,
                        ground.areas.value.data() + (first[runs_[run].location] -= size));
        }
        return ground;
    }

  private:
    struct Run {
        std::uint32_t location;
        std::uint32_t begin; ///< in area_
    };

    /// Where the rows of each site begin, and the end; asks for what is known of their locations.
    void find_sites(std::span<const std::uint32_t> sites) {
        site_begin_.clear();
        for (std::size_t i = 0; i < sites.size(); ++i) {
            if (i == 0 || sites[i] != sites[i - 1]) {
                site_begin_.push_back(i);
                const std::uint32_t at = location_of(sites[i]);
                if (at != RegisterColumns::kNowhere) {
                    __builtin_prefetch(&speaker_[at]);
                }
            }
        }
        site_begin_.push_back(sites.size());
    }

    [[nodiscard]] std::uint32_t location_of(std::uint32_t site) const {
        return site < all_.location_of_site.size() ? all_.location_of_site[site]
                                                   : RegisterColumns::kNowhere;
    }

    void begin_site(std::uint32_t site) {
        site_ = site;
        const std::uint32_t at = location_of(site);
        speaks_ = at != RegisterColumns::kNowhere &&
                  (speaker_[at] == RegisterColumns::kNowhere || speaker_[at] == site);
        if (speaks_) {
            speaker_[at] = site;
            begin_run(at);
        }
    }

    void begin_run(std::uint32_t location) {
        runs_.push_back({location, static_cast<std::uint32_t>(area_.size())});
    }

    void take_areas(std::span<const std::uint32_t> areas, std::span<const bool> is_authority) {
        for (std::size_t i = 0; i < areas.size(); ++i) {
            area_.push_back(areas[i]);
            if (areas[i] >= is_authority_.size()) {
                is_authority_.resize(areas[i] + 1, 0);
            }
            if (is_authority[i]) {
                is_authority_[areas[i]] = 1;
            }
        }
    }

    const RegisterColumns& all_;
    std::vector<std::uint32_t> speaker_; ///< site of each location
    std::vector<std::uint8_t> is_authority_;
    std::vector<std::uint32_t> area_;
    std::vector<Run> runs_;
    std::vector<std::size_t> site_begin_;            ///< of the rows at hand
    std::uint32_t site_ = RegisterColumns::kNowhere; ///< whose areas are taken
    bool speaks_ = false;                            ///< for its location
};

} // namespace

Result<Ground> read_ground(store::Connection& connection, const RegisterColumns& all) {
    GroundReader reader(all);
    ICMAP_TRY(store::stream(
        connection, "select site_id, area_id, level = 'lower_tier'::area_level from site_area",
        [&](const store::Chunk& chunk) { reader.take(chunk); }));
    return std::move(reader).ground();
}

std::vector<AreaSites> count_by_area(const Ground& ground, const MemberLocations& own) {
    std::vector<AreaSites> found(own.first.size() - 1);
    parallel_ranges(found.size(), 64, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> counts(ground.is_authority.size(), 0);
        std::vector<std::uint32_t> touched;
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = own.by_place[k];
            for (std::size_t at = own.first[i]; at < own.first[i + 1]; ++at) {
                for (const std::uint32_t area : ground.areas.of(own.location[at])) {
                    if (counts[area] == 0) {
                        touched.push_back(area);
                    }
                    counts[area] += own.sites[at];
                }
            }
            std::sort(touched.begin(), touched.end());
            found[i].reserve(touched.size());
            for (const std::uint32_t area : touched) {
                found[i].emplace_back(area, std::exchange(counts[area], 0U));
            }
            touched.clear();
        }
    });
    return found;
}

Result<void> write_ground(store::Connection& connection, const ClusterTable& clusters,
                          std::span<const AreaSites> sites_by_area) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint32_t> area_id;
    std::vector<std::uint32_t> sites;
    for (std::size_t i = 0; i < sites_by_area.size(); ++i) {
        for (const auto& [area, count] : sites_by_area[i]) {
            cluster_id.push_back(clusters.cluster_id[i]);
            area_id.push_back(area);
            sites.push_back(count);
        }
    }
    const auto column = [](const std::vector<std::uint32_t>& values) {
        return store::Column{std::span<const std::uint32_t>(values)};
    };
    return store::append_columns(
        connection, "main", "describe_ground",
        std::array<store::Column, 3>{column(cluster_id), column(area_id), column(sites)});
}

} // namespace icmap::describe
