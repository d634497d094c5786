#include "describe/memberships.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <numeric>

namespace icmap::describe {
namespace {

/// Sorts by digits from the least number on: numbers of a cluster lie near each other.
void sort_numbers(std::span<std::uint32_t> numbers, std::vector<std::uint32_t>& room) {
    constexpr std::size_t kFew = 48;
    constexpr unsigned kDigit = 8;
    if (numbers.size() <= kFew) {
        std::sort(numbers.begin(), numbers.end());
        return;
    }
    const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
    const std::uint32_t from = *least;
    const std::uint32_t range = *most - from;
    room.resize(numbers.size());
    std::span<std::uint32_t> read = numbers;
    std::span<std::uint32_t> write = room;
    for (unsigned shift = 0; shift < 32 && range >> shift > 0; shift += kDigit) {
        std::array<std::uint32_t, std::size_t{1} << kDigit> next{};
        const auto digit_of = [&](std::uint32_t number) {
            return (number - from) >> shift & ((1U << kDigit) - 1);
        };
        for (const std::uint32_t number : read) {
            ++next[digit_of(number)];
        }
        std::exclusive_scan(next.begin(), next.end(), next.begin(), 0U);
        for (const std::uint32_t number : read) {
            write[next[digit_of(number)]++] = number;
        }
        std::swap(read, write);
    }
    if (read.data() != numbers.data()) {
        std::copy(read.begin(), read.end(), numbers.begin());
    }
}

/// Numbers of the sites of clusters, each once with how often it stands there: those of a run from
/// its begin on.
class Counter {
  public:
    explicit Counter(const MemberRuns& runs)
        : runs_(runs), number_(std::make_unique_for_overwrite<std::uint32_t[]>(runs.rows())),
          count_(std::make_unique_for_overwrite<std::uint32_t[]>(runs.rows())),
          first_(runs.size() + 1, 0) {}

    /// Room for what is counted of a run.
    [[nodiscard]] std::uint32_t* numbers(std::size_t run) { return &number_[runs_.of(run).begin]; }
    /// Counts the first numbers of the room. \param room of one thread
    void count(std::size_t run, std::size_t size, std::vector<std::uint32_t>& room) {
        const std::span<std::uint32_t> own(numbers(run), size);
        std::uint32_t* counts = &count_[runs_.of(run).begin];
        // Sites come in order of their firms, as a rule.
        if (!std::is_sorted(own.begin(), own.end())) {
            sort_numbers(own, room);
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size; ++i) {
            if (i > 0 && own[i] == own[kept - 1]) {
                ++counts[kept - 1];
            } else {
                own[kept] = own[i];
                counts[kept++] = 1;
            }
        }
        first_[run + 1] = kept;
    }
    /// The lists of all runs, one after the other.
    void take(std::vector<std::size_t>& first, UnfilledVector<std::uint32_t>& number,
              UnfilledVector<std::uint32_t>& count) {
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        number.resize(first_.back());
        count.resize(first_.back());
        parallel_for_each(runs_.size(), 256, [&](std::size_t run) {
            const auto size = static_cast<std::ptrdiff_t>(first_[run + 1] - first_[run]);
            const auto at = static_cast<std::ptrdiff_t>(first_[run]);
            std::copy_n(&number_[runs_.of(run).begin], size, number.begin() + at);
            std::copy_n(&count_[runs_.of(run).begin], size, count.begin() + at);
        });
        first = std::move(first_);
    }

  private:
    const MemberRuns& runs_;
    std::unique_ptr<std::uint32_t[]> number_;
    std::unique_ptr<std::uint32_t[]> count_;
    std::vector<std::size_t> first_; ///< how many are kept of each run, one later
};

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

MemberRuns::MemberRuns(const MemberRows& rows, const RegisterColumns& all)
    : rows_(rows.site_id.size()) {
    for (std::size_t i = 0; i < rows_; ++i) {
        if (i == 0 || rows.cluster_id[i] != rows.cluster_id[i - 1]) {
            runs_.push_back({rows.cluster_id[i], i, i});
        }
        ++runs_.back().end;
    }
    const auto counts = [&](const Run& run) {
        return std::any_of(rows.site_id.data() + run.begin, rows.site_id.data() + run.end,
                           [&](std::uint32_t site) { return all.counts(site); });
    };
    runs_.erase(std::remove_if(runs_.begin(), runs_.end(), std::not_fn(counts)), runs_.end());
    std::sort(runs_.begin(), runs_.end(),
              [](const Run& a, const Run& b) { return a.cluster_id < b.cluster_id; });
}

std::vector<std::uint32_t> MemberRuns::cluster_ids() const {
    std::vector<std::uint32_t> ids;
    for (const Run& run : runs_) {
        ids.push_back(run.cluster_id);
    }
    return ids;
}

MemberCounts count_members(const MemberRows& rows, const MemberRuns& runs,
                           const RegisterColumns& all) {
    MemberCounts counts;
    counts.sites.assign(runs.size(), 0);
    Counter firms(runs);
    Counter places(runs);
    parallel_ranges(runs.size(), 64, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> room;
        for (std::size_t run = begin; run < end; ++run) {
            std::uint32_t* firm = firms.numbers(run);
            std::uint32_t* place = places.numbers(run);
            std::size_t sites = 0;
            for (std::size_t row = runs.of(run).begin; row < runs.of(run).end; ++row) {
                if (const std::uint32_t site = rows.site_id[row]; all.counts(site)) {
                    firm[sites] = all.firm_of_site[site];
                    place[sites++] = all.location_of_site[site];
                }
            }
            firms.count(run, sites, room);
            places.count(run, sites, room);
            counts.sites[run] = static_cast<std::uint32_t>(sites);
        }
    });
    firms.take(counts.enterprises.first, counts.enterprises.firm, counts.enterprises.sites);
    places.take(counts.locations.first, counts.locations.location, counts.locations.sites);
    return counts;
}

Members members_of(ClusterTable clusters, MemberCounts counts) {
    Members members{std::move(clusters), std::move(counts.enterprises),
                    std::move(counts.locations)};
    members.clusters.sites = std::move(counts.sites);
    members.locations.by_place = rows_by_place(members.clusters);
    for (std::size_t i = 0; i < members.clusters.size(); ++i) {
        members.clusters.enterprises.push_back(
            static_cast<std::uint32_t>(members.enterprises.size(i)));
    }
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
    engaged.first.assign(members.clusters.size() + 1, 0);
    parallel_for_each(members.clusters.size(), 64, [&](std::size_t i) {
        engaged.first[i + 1] = static_cast<std::uint32_t>(
            std::count_if(own.firm.data() + own.first[i], own.firm.data() + own.first[i + 1],
                          [&](std::uint32_t firm) { return is_engaged[firm] != 0; }));
    });
    std::partial_sum(engaged.first.begin(), engaged.first.end(), engaged.first.begin());
    engaged.value.assign(engaged.first.back(), EngagedFirm{});
    parallel_for_each(members.clusters.size(), 64, [&](std::size_t i) {
        std::size_t row = engaged.first[i];
        for (std::size_t at = own.first[i]; at < own.first[i + 1]; ++at) {
            if (const std::uint32_t firm = own.firm[at]; is_engaged[firm] != 0) {
                engaged.value[row++] = {firm,
                                        weight_of(all.firm[firm].density_sites, own.sites[at])};
            }
        }
    });
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
