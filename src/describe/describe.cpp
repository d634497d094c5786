#include "describe/describe.hpp"

#include "base/embedded.hpp"
#include "base/words.hpp"
#include "describe/area_sectors.hpp"
#include "describe/cluster_names.hpp"
#include "describe/cluster_rows.hpp"
#include "describe/cluster_sums.hpp"
#include "describe/cluster_type.hpp"
#include "describe/cluster_years.hpp"
#include "describe/context.hpp"
#include "describe/evidence_figures.hpp"
#include "describe/figure_table.hpp"
#include "describe/figures.hpp"
#include "describe/funders.hpp"
#include "describe/ground.hpp"
#include "describe/growth_figures.hpp"
#include "describe/institution_lists.hpp"
#include "describe/item_lists.hpp"
#include "describe/measure_rules.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "describe/money_figures.hpp"
#include "describe/money_lists.hpp"
#include "describe/peer_lists.hpp"
#include "describe/project_links.hpp"
#include "describe/register_columns.hpp"
#include "describe/sector_measures.hpp"
#include "describe/significance.hpp"
#include "describe/size_figures.hpp"
#include "describe/support_lists.hpp"
#include "describe/surroundings.hpp"
#include "describe/tallies.hpp"
#include "describe/tally_lists.hpp"
#include "store/bulk_append.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <future>
#include <limits>
#include <map>
#include <numeric>

namespace icmap::describe {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// What the steps hand to each other.
struct Description {
    explicit Description(RegisterColumns& of) : known(of) {}
    RegisterColumns& known; ///< of firms and sites
    Members members;
    Context context;
    TellingDate date;
    std::vector<std::uint8_t> is_engaged; ///< by firm_id
    EngagedFirms engaged;
    MoneyColumns money;
    EvidenceColumns evidence;
    Ground ground;
    std::vector<AreaSites> sites_by_area; ///< of each cluster
    Borders borders;                      ///< of the outlines
    std::vector<Tally> tallies;
    std::vector<double> sector_sites; ///< of each sector in the whole register
    std::vector<Interval> quotients;
    std::vector<double> concentration_p;
    std::vector<double> false_discovery;
    std::vector<Collaboration> collaborations;
    std::vector<ClusterName> names;
};

Result<void> check(const DescribeOptions& options) {
    const auto refuse = [](std::string_view what, double value, std::string_view limit) {
        return tl::unexpected(
            Error{ErrorKind::usage, fmt::format("The option {} is out of range", what), "", 0,
                  std::string(what), fmt::format("{}", value), fmt::format("Give {}", limit)});
    };
    if (options.bootstrap_replicates < 99 || options.bootstrap_replicates > 99'999) {
        return refuse("bootstrap_replicates", options.bootstrap_replicates, "99 to 99,999");
    }
    if (options.null_replicates < 99 || options.null_replicates > 99'999) {
        return refuse("null_replicates", options.null_replicates, "99 to 99,999");
    }
    if (options.list_length < 1 || options.list_length > 1000) {
        return refuse("list_length", options.list_length, "1 to 1,000");
    }
    return {};
}

Result<void> prepare(store::Connection& connection, const DescribeOptions& options) {
    ICMAP_TRY(connection.set_variable("describe_as_of", std::string_view(options.as_of)));
    ICMAP_TRY(connection.set_variable("describe_list_length",
                                      static_cast<std::int64_t>(options.list_length)));
    ICMAP_TRY(write_funders(connection));
    ICMAP_TRY(store::run_step(connection, "describe/working_tables.sql"));
    return write_measure_rules(connection);
}

/// Reads who the members are and where; counting goes on while tables are read.
Result<void> find_members(store::Connection& connection, const MemberRows* at_hand,
                          Description& all) {
    MemberRows read;
    if (at_hand == nullptr) {
        ICMAP_ASSIGN(read, read_member_rows(connection));
    }
    const MemberRows& rows = at_hand == nullptr ? read : *at_hand;
    const MemberRuns runs(rows, all.known);
    auto counting = std::async(std::launch::async, [&] {
        all.sector_sites = sites_by_sector(all.known);
        return count_members(rows, runs, all.known);
    });
    ICMAP_ASSIGN(ClusterTable clusters, read_clusters(connection, runs.cluster_ids()));
    ICMAP_ASSIGN(all.ground, read_ground(connection, all.known));
    ICMAP_ASSIGN(all.is_engaged, read_engaged(connection, all.known.firms()));
    all.members = members_of(std::move(clusters), counting.get());
    return {};
}

/// Counts all that is counted over the members in one walk.
Result<void> tell_members(store::Connection& connection, const DescribeOptions& options,
                          Description& all) {
    const ClusterTable& clusters = all.members.clusters;
    all.engaged = engaged_of(all.known, all.members, all.is_engaged);
    ICMAP_TRY(write_members(connection, clusters));
    all.sites_by_area = count_by_area(all.ground, all.members.locations);
    ICMAP_TRY(write_ground(connection, clusters, all.sites_by_area));
    ICMAP_ASSIGN(all.date, read_telling_date(connection));
    ICMAP_ASSIGN(all.borders, borders_of(clusters));
    ICMAP_ASSIGN(const Lists<std::uint32_t> former,
                 find_former_firms(connection, all.members, all.borders, all.known));
    all.tallies = tally_clusters(all.known, all.members, former, all.date,
                                 static_cast<std::size_t>(options.list_length));
    return {};
}

/// Reads what the members got and what shows that they are active.
Result<void> read_evidence_and_money(store::Connection& connection, Description& all) {
    ICMAP_ASSIGN(all.context, read_context(connection));
    ICMAP_ASSIGN(all.money, read_money(connection, all.known.firms()));
    ICMAP_ASSIGN(all.evidence, read_evidence(connection, all.known.firms()));
    return {};
}

/// Tells who works with whom and how the years went, and writes it aside.
Result<void> tell_history(store::Connection& connection, const AtHand& at_hand,
                          const Description& all) {
    ICMAP_TRY(write_filings(connection, all.known, all.date));
    ICMAP_TRY(store::run_step(connection, "describe/year_coverage.sql"));
    ICMAP_ASSIGN(const YearSpans spans, read_year_spans(connection));
    const ClusterTable& clusters = all.members.clusters;
    auto write = [years = tell_years(all.context, spans, all.date,
                                     {clusters, all.tallies, all.engaged, all.money}),
                  links = find_links(clusters, all.engaged, all.money),
                  sums = sum_up(clusters, all.tallies, all.engaged, all.money)](
                     store::Connection& own) -> Result<void> {
        ICMAP_TRY(years.write(own));
        ICMAP_TRY(links.write(own));
        return sums.write(own);
    };
    return at_hand.write_aside(connection, std::move(write));
}

/// The figures that are counted and summed up.
void tell_figures(const Description& all, FigureTable& figures) {
    const ClusterTable& clusters = all.members.clusters;
    tell_sizes(all.context, clusters, all.tallies, all.sector_sites, figures);
    tell_growth(all.context, clusters, all.tallies, all.date, figures);
    tell_activity(all.context, clusters, all.engaged, all.evidence, all.money, figures);
    tell_money(all.context, clusters, all.engaged, all.money, figures);
}

/// How surprising the sector's part of the sites inside each outline is: exact, then held against
/// the other clusters of the sector.
void measure_significance(std::span<const QuotientCounts> counts, Description& all) {
    const ClusterTable& clusters = all.members.clusters;
    std::map<std::uint16_t, std::vector<std::size_t>> of_sector;
    std::vector<double>& p = all.concentration_p;
    p.resize(clusters.size());
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        const auto inside = std::max(static_cast<std::uint64_t>(counts[i].local_sites),
                                     std::uint64_t{clusters.sites[i]});
        p[i] = hypergeometric_tail({static_cast<std::uint64_t>(counts[i].all_sites),
                                    static_cast<std::uint64_t>(counts[i].sector_sites), inside},
                                   clusters.sites[i]);
        of_sector[clusters.sector_id[i]].push_back(i);
    }
    all.false_discovery.resize(clusters.size());
    for (const auto& [sector, rows] : of_sector) {
        std::vector<double> family;
        for (const std::size_t i : rows) {
            family.push_back(p[i]);
        }
        const auto adjusted = benjamini_hochberg(family);
        for (std::size_t k = 0; k < rows.size(); ++k) {
            all.false_discovery[rows[k]] = adjusted[k];
        }
    }
}

void measure_quotients(const DescribeOptions& options, Description& all) {
    const auto inside =
        sites_inside(all.borders, all.members.locations.by_place, all.known.locations);
    const auto all_sites = std::accumulate(all.known.locations.sites.begin(),
                                           all.known.locations.sites.end(), std::uint64_t{0});
    const auto counts = quotient_counts(all.members.clusters, all.tallies, inside, all.sector_sites,
                                        static_cast<double>(all_sites));
    measure_significance(counts, all);
    all.quotients = quotient_intervals(counts, options.bootstrap_replicates, options.seed);
}

void tell_quotients(const Description& all, FigureTable& figures) {
    for (std::size_t i = 0; i < all.members.clusters.size(); ++i) {
        figures.set(i, "concentration_p", all.concentration_p[i], 1.0);
        figures.set(i, "significance", all.false_discovery[i], 1.0);
        figures.set(i, "location_quotient", all.quotients[i], 1.0,
                    "no site of any sector lies inside the outline");
    }
}

Result<void> measure_collaboration(store::Connection& connection, const DescribeOptions& options,
                                   Description& all, FigureTable& figures) {
    ICMAP_ASSIGN(const ProjectNetwork network, read_network(connection, all.engaged, all.money));
    // Another seed than the bootstrap's: the two must not share draws.
    all.collaborations = collaborations(network.slots, network.of_clusters(),
                                        options.null_replicates, options.seed + 1);
    for (std::size_t i = 0; i < all.members.clusters.size(); ++i) {
        const Collaboration& joint = all.collaborations[i];
        const auto add = [&](std::string_view measure, double value) {
            figures.set(i, measure, all.context.has_projects ? value : kUnknown, 1.0, kNoProjects);
        };
        add("joint_projects", joint.joint_projects);
        add("collaborating_pairs", joint.pairs);
        add("collaborating_pairs_expected", joint.expected_pairs);
        add("collaboration_p", joint.p);
        add("is_collaborating", joint.joint_projects > 0 ? 1.0 : 0.0);
    }
    return {};
}

Result<void> name_all(store::Connection& connection, const DescribeOptions& options,
                      Description& all, ItemLists& lists) {
    ICMAP_ASSIGN(all.names,
                 name_clusters(connection, all.members.clusters,
                               {all.known.locations, all.members.locations, all.sites_by_area}));
    ItemLists::Texts texts;
    ItemList& list = lists.make("place", "share", lists.add_texts({}));
    for (std::size_t i = 0; i < all.names.size(); ++i) {
        std::size_t position = 0;
        for (const PlaceShare& place : all.names[i].places) {
            if (position < static_cast<std::size_t>(options.list_length)) {
                list.add(i, {++position, static_cast<std::uint32_t>(texts.size()),
                             static_cast<double>(place.sites) / all.members.clusters.sites[i]});
                texts.push_back(place.name);
            }
        }
    }
    lists.texts_of(list.texts) = std::move(texts);
    return {};
}

/// The firms that lists name.
std::vector<std::uint8_t> with_employers(std::vector<std::uint8_t> firms,
                                         std::span<const Tally> tallies) {
    for (const Tally& of : tallies) {
        for (const auto& [firm, jobs] : of.largest_employers) {
            firms[firm] = 1;
        }
    }
    return firms;
}

/// The lists that are told last: of support, of money, and of what was counted.
Result<void> list_rest(store::Connection& connection, const DescribeOptions& options,
                       Description& all, ItemLists& lists) {
    const auto length = static_cast<std::size_t>(options.list_length);
    ICMAP_ASSIGN(FirmNames names,
                 read_firm_names(connection, with_employers(all.is_engaged, all.tallies)));
    names.texts = lists.add_texts({});
    ICMAP_TRY(read_participants(connection, names, all.money));
    list_money(all.engaged, all.money, names, length, lists);
    ICMAP_TRY(list_support(connection, all.members.clusters, length, lists));
    ICMAP_TRY(list_tallies(connection, all.members.clusters, all.tallies, names, length, lists));
    lists.texts_of(names.texts) = std::move(names.names);
    return {};
}

/// What is told of sectors, whatever their clusters.
struct SectorFacts {
    SectorMeasures measures;
    AreaSectors areas;
};

/// Nothing where it stands already: only clusters are made anew.
Result<std::future<SectorFacts>> find_sector_facts(store::Connection& connection,
                                                   const Description& all) {
    // Without local authorities there are areas alone.
    ICMAP_ASSIGN(const auto told,
                 connection.integer("select (select count(*) from sector_measure) + "
                                    "(select count(*) from area_sector)"));
    if (told > 0) {
        return std::future<SectorFacts>();
    }
    return std::async(std::launch::async, [&all] {
        return SectorFacts{measure_sectors(all.known, all.ground),
                           count_area_sectors(all.known, all.ground)};
    });
}

Result<void> write_sector_facts(store::Connection& connection, std::future<SectorFacts> found) {
    if (!found.valid()) {
        return {};
    }
    const SectorFacts facts = found.get();
    ICMAP_TRY(write_sector_measures(connection, facts.measures));
    return write_area_sectors(connection, facts.areas);
}

/// Gives back what nobody looks at once figures are told: most of what is known of firms, the
/// enterprises of clusters, the areas of locations and the borders of outlines; where locations are
/// is asked later, too. The lists and tables that follow take its place in memory.
void forget_what_is_told(const std::future<SectorFacts>& sector_facts, Description& all) {
    if (sector_facts.valid()) {
        sector_facts.wait(); // they are counted over all of it
    }
    RegisterColumns kept;
    kept.locations = std::move(all.known.locations);
    all.known = std::move(kept);
    all.members.enterprises = {};
    all.ground = {};
    all.borders = {};
}

/// Writes the last and largest table; all else is given back beside what comes after it: to free
/// millions of small things takes a while.
Result<void> write_items(store::Connection& connection, const AtHand& at_hand, Description all,
                         ItemLists lists) {
    ItemRows items(all.members.clusters.cluster_id, std::move(lists));
    ICMAP_TRY(items.write(connection, at_hand.aside));
    if (at_hand.forgetting != nullptr) {
        at_hand.forgetting->forget(std::pair(std::move(all), std::move(items)));
    }
    return {};
}

DescribeReport report_of(const std::vector<ClusterType>& types, std::uint64_t measures) {
    DescribeReport report;
    report.clusters = types.size();
    for (const ClusterType& type : types) {
        report.specialised += type.type == "specialised" ? 1U : 0U;
        report.rdi_collaborating += type.type == "rdi_collaborating" ? 1U : 0U;
        report.diverse += type.type == "diverse" ? 1U : 0U;
        report.not_rdi_active += type.type == "not_rdi_active" ? 1U : 0U;
    }
    report.measures = measures;
    report.summary = fmt::format("{} specialised, {} collaborating, {} diverse, {} not RD&I-active",
                                 grouped(report.specialised), grouped(report.rdi_collaborating),
                                 grouped(report.diverse), grouped(report.not_rdi_active));
    return report;
}

} // namespace

Result<DescribeReport> describe(store::Connection& connection, const DescribeOptions& options,
                                Progress& progress, const AtHand& at_hand) {
    ICMAP_TRY(check(options));
    ICMAP_TRY(prepare(connection, options));
    RegisterColumns read;
    if (at_hand.known == nullptr) {
        ICMAP_ASSIGN(read, read_register(connection));
    }
    Description all(at_hand.known == nullptr ? read : *at_hand.known);
    ICMAP_TRY(find_members(connection, at_hand.members, all));
    ICMAP_TRY(tell_members(connection, options, all));
    progress.step(1, 6);
    const ClusterTable& clusters = all.members.clusters;
    FigureTable figures(clusters.size());
    ItemLists lists;
    // Beside what is read and written, which leaves a processor half idle.
    ICMAP_ASSIGN(auto sector_facts, find_sector_facts(connection, all));
    auto quotients = std::async(std::launch::async, [&] { measure_quotients(options, all); });
    ICMAP_TRY(read_evidence_and_money(connection, all));
    ICMAP_TRY(tell_history(connection, at_hand, all));
    tell_figures(all, figures);
    progress.step(2, 6);
    quotients.get();
    tell_quotients(all, figures);
    progress.step(3, 6);
    forget_what_is_told(sector_facts, all);
    ICMAP_TRY(measure_collaboration(connection, options, all, figures));
    progress.step(4, 6);
    ICMAP_ASSIGN(const auto types,
                 decide_types(connection, clusters,
                              {count_active(all.engaged, all.evidence), all.quotients,
                               all.false_discovery, all.collaborations}));
    // Peers take all processors, what is read and told beside them one at a time.
    auto peers = std::async(std::launch::async,
                            [profiles = profiles_of(clusters, types, all.tallies, figures)] {
                                return find_peers(profiles, {});
                            });
    ICMAP_TRY(list_institutions(connection, options, {all.known.locations, all.members.locations},
                                figures, lists));
    ICMAP_TRY(name_all(connection, options, all, lists));
    ICMAP_TRY(at_hand.write_aside(connection,
                                  [rows = cluster_rows(all.members.clusters, all.names, types)](
                                      store::Connection& own) { return rows.write(own); }));
    ICMAP_ASSIGN(auto measures, rank_measures(connection, figures, clusters));
    const std::uint64_t told = measures.value.size();
    ICMAP_TRY(at_hand.write_aside(connection, [rows = std::move(measures)](store::Connection& own) {
        return rows.write(own);
    }));
    if (at_hand.aside != nullptr) {
        at_hand.aside->checkpoint(); // one table is left, and the lists take a while
    }
    progress.step(5, 6);
    ICMAP_TRY(list_rest(connection, options, all, lists));
    ICMAP_TRY(list_peers(connection, clusters, all.names, peers.get(), lists));
    ICMAP_TRY(write_sector_facts(connection, std::move(sector_facts)));
    ICMAP_TRY(write_items(connection, at_hand, std::move(all), std::move(lists)));
    ICMAP_TRY(store::run_step(connection, "describe/drop_tables.sql"));
    progress.step(6, 6);
    return report_of(types, told);
}

} // namespace icmap::describe
