#include "describe/project_links.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace icmap::describe {
namespace {

/// That a member took part in a project.
struct Stub {
    std::uint32_t project = 0;
    std::uint32_t firm = 0;
    std::optional<std::int64_t> pence{};
};

/// Two that met in one project, or in so many once they are added up.
struct Meeting {
    std::uint32_t from = 0;
    bool is_with_institution = false; ///< firms come before institutions
    std::uint32_t to = 0;
    std::uint32_t projects = 1;
    std::optional<std::int64_t> pence{};

    [[nodiscard]] auto pair() const { return std::tie(from, is_with_institution, to); }
};

/// What is known of two amounts, or of none.
std::optional<std::int64_t> together(const std::optional<std::int64_t>& one,
                                     const std::optional<std::int64_t>& other) {
    return one || other ? std::optional(one.value_or(0) + other.value_or(0)) : std::nullopt;
}

/// The members' projects, by project, then firm.
std::vector<Stub> stubs_of(std::span<const EngagedFirm> firms, const MoneyColumns& money) {
    std::vector<Stub> stubs;
    for (const EngagedFirm& each : firms) {
        for (const Award& award : money.awards.of(each.firm)) {
            stubs.push_back({award.project, each.firm, award.pence});
        }
    }
    std::sort(stubs.begin(), stubs.end(), [](const Stub& a, const Stub& b) {
        return std::tie(a.project, a.firm) < std::tie(b.project, b.firm);
    });
    return stubs;
}

std::vector<Meeting> meetings_of(std::span<const Stub> stubs,
                                 const Lists<InstitutionAward>& institutions) {
    std::vector<Meeting> meetings;
    for (std::size_t i = 0; i < stubs.size(); ++i) {
        const Stub& one = stubs[i];
        for (std::size_t k = i + 1; k < stubs.size() && stubs[k].project == one.project; ++k) {
            meetings.push_back(
                {one.firm, false, stubs[k].firm, 1, together(one.pence, stubs[k].pence)});
        }
        for (const InstitutionAward& other : institutions.of(one.project)) {
            meetings.push_back({one.firm, true, other.asset, 1, together(one.pence, other.pence)});
        }
    }
    return meetings;
}

/// One for each pair.
void add_up(std::vector<Meeting>& meetings) {
    std::sort(meetings.begin(), meetings.end(),
              [](const Meeting& a, const Meeting& b) { return a.pair() < b.pair(); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        if (kept > 0 && meetings[kept - 1].pair() == meetings[i].pair()) {
            Meeting& sum = meetings[kept - 1];
            ++sum.projects;
            sum.pence = together(sum.pence, meetings[i].pence);
        } else {
            meetings[kept++] = meetings[i];
        }
    }
    meetings.resize(kept);
}

} // namespace

ProjectLinks find_links(const ClusterTable& clusters, const EngagedFirms& engaged,
                        const MoneyColumns& money) {
    std::vector<std::vector<Meeting>> found(clusters.size());
    parallel_for_each(clusters.size(), 16, [&](std::size_t row) {
        found[row] = meetings_of(stubs_of(engaged.of(row), money), money.institutions);
        add_up(found[row]);
    });
    ProjectLinks links;
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        for (const Meeting& each : found[row]) {
            const auto to = [&each](bool is_wanted) {
                return is_wanted ? std::optional(each.to) : std::nullopt;
            };
            links.cluster_id.push_back(clusters.cluster_id[row]);
            links.from_firm.push_back(each.from);
            links.to_firm.push_back(to(!each.is_with_institution));
            links.to_asset.push_back(to(each.is_with_institution));
            links.projects.push_back(each.projects);
            links.award_gbp.push_back(each.pence ? static_cast<double>(*each.pence) / 100.0
                                                 : std::nan(""));
        }
    }
    return links;
}

Result<void> ProjectLinks::write(store::Connection& connection) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    return store::append_columns(connection, "main", "cluster_link",
                                 std::array<store::Column, 6>{column(cluster_id), column(from_firm),
                                                              column(to_firm), column(to_asset),
                                                              column(projects), column(award_gbp)});
}

} // namespace icmap::describe
