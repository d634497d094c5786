#include "describe/evidence_figures.hpp"

#include "base/numbering.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace icmap::describe {
namespace {

Result<Lists<std::uint32_t>> read_patents(store::Connection& connection, std::size_t firms) {
    Numbering numbers;
    std::vector<std::uint32_t> firm;
    std::vector<std::uint32_t> patent;
    ICMAP_TRY(connection.read("select p.firm_id, p.number from patent p "
                              "cross join describe_context c where p.firm_id is not null "
                              "and (p.filed is null or p.filed <= c.as_of)",
                              [&](const store::Chunk& chunk) {
                                  const auto firm_id = chunk.column<std::uint32_t>(0);
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      if (firm_id[i] < firms) {
                                          firm.push_back(firm_id[i]);
                                          patent.push_back(numbers.of(chunk.text(1, i)));
                                      }
                                  }
                              }));
    return lists_of(firm, patent, firms);
}

/// What is counted over the enterprises of one cluster.
struct Activity {
    std::uint32_t active = 0;
    std::uint32_t engaged = 0;   ///< in publicly funded projects
    std::uint32_t with_ukri = 0; ///< in projects of UKRI or its Innovate UK
    std::uint32_t inventors = 0;
    std::size_t patents = 0; ///< different ones
};

bool is_of_ukri(const Award& award) {
    return award.purse == Purse::innovate_uk || award.purse == Purse::ukri;
}

/// \param patents room to work in
Activity count(std::span<const EngagedFirm> firms, const EvidenceColumns& evidence,
               const MoneyColumns& money, std::vector<std::uint32_t>& patents) {
    Activity of;
    patents.clear();
    for (const EngagedFirm& each : firms) {
        const auto awards = money.awards.of(each.firm);
        const auto own = evidence.patents.of(each.firm);
        of.active += evidence.is_active[each.firm];
        of.engaged += awards.empty() ? 0U : 1U;
        of.with_ukri += std::any_of(awards.begin(), awards.end(), is_of_ukri) ? 1U : 0U;
        of.inventors += own.empty() ? 0U : 1U;
        patents.insert(patents.end(), own.begin(), own.end());
    }
    std::sort(patents.begin(), patents.end());
    of.patents =
        static_cast<std::size_t>(std::unique(patents.begin(), patents.end()) - patents.begin());
    return of;
}

} // namespace

Result<EvidenceColumns> read_evidence(store::Connection& connection, std::size_t firms) {
    EvidenceColumns evidence;
    ICMAP_ASSIGN(const auto active, store::read_column<std::uint32_t>(
                                        connection, "select firm_id from describe_active"));
    evidence.is_active.assign(firms, 0);
    for (const std::uint32_t firm : active) {
        if (firm < firms) {
            evidence.is_active[firm] = 1;
        }
    }
    ICMAP_ASSIGN(evidence.patents, read_patents(connection, firms));
    return evidence;
}

std::vector<std::uint32_t> count_active(const EngagedFirms& engaged,
                                        const EvidenceColumns& evidence) {
    std::vector<std::uint32_t> active(engaged.size(), 0);
    for (std::size_t row = 0; row < active.size(); ++row) {
        for (const EngagedFirm& each : engaged.of(row)) {
            active[row] += evidence.is_active[each.firm];
        }
    }
    return active;
}

void tell_activity(const Context& context, const ClusterTable& clusters,
                   const EngagedFirms& engaged, const EvidenceColumns& evidence,
                   const MoneyColumns& money, FigureTable& figures) {
    const bool has_evidence = context.has_projects || context.has_patents || context.has_deals;
    const bool has_ukri = context.has_innovate_uk || context.has_ukri;
    constexpr std::string_view kNoPatents = "no patent source in this project";
    std::vector<std::uint32_t> patents;
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        const Activity of = count(engaged.of(row), evidence, money, patents);
        const auto add = [&](std::string_view measure, bool is_known, double value,
                             std::string_view missing) {
            figures.set(row, measure, is_known ? value : std::nan(""), 1.0, missing);
        };
        const double all = clusters.enterprises[row];
        add("rdi_active_share", has_evidence, of.active / all,
            "no source of evidence (projects, patents, deals) in this project");
        add("public_rd_share", context.has_projects, of.engaged / all, kNoProjects);
        add("ukri_engagement_share", has_ukri, of.with_ukri / all,
            !context.has_projects ? kNoProjects
                                  : "no project in the sources is of Innovate UK or UKRI");
        add("patent_share", context.has_patents, of.inventors / all, kNoPatents);
        add("patents", context.has_patents, static_cast<double>(of.patents), kNoPatents);
    }
}

} // namespace icmap::describe
