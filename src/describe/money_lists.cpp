#include "describe/money_lists.hpp"

#include "base/parallel.hpp"
#include "describe/exact_decimal.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace icmap::describe {
namespace {

/// An entry on its way: what it names, by the number of its text.
struct Candidate {
    double value = 0.0;
    std::uint32_t label = 0;
    std::optional<std::uint32_t> ref_id{};
};

enum ListNumber : std::size_t {
    open_project_firm,
    programme,
    funder,
    top_investor,
    stage,
    top_partner,
    partner_institution,
    kLists
};

struct ListKind {
    std::string_view name;
    std::string_view unit;
};
constexpr std::array<ListKind, kLists> kKinds{{{"open_project_firm", "projects"},
                                               {"programme", "projects"},
                                               {"funder", "gbp"},
                                               {"top_investor", "deals"},
                                               {"stage", "share"},
                                               {"top_partner", "projects"},
                                               {"partner_institution", "projects"}}};

using Candidates = std::vector<Candidate>;

/// Pairs of a thing and one of what is counted of it.
template <class Thing>
using Pairs = std::vector<std::pair<Thing, std::uint32_t>>;

/// Calls `visit(thing, count)` with how many different ones each thing has, and leaves nothing.
template <class Thing, class Visit>
void count_distinct(Pairs<Thing>& pairs, Visit&& visit) {
    std::sort(pairs.begin(), pairs.end());
    const auto end = std::unique(pairs.begin(), pairs.end());
    for (auto begin = pairs.begin(); begin != end;) {
        auto next = begin;
        while (next != end && next->first == begin->first) {
            ++next;
        }
        visit(begin->first, static_cast<double>(next - begin));
        begin = next;
    }
    pairs.clear();
}

/// What one thread needs; left empty after each cluster.
struct Bench {
    Pairs<std::uint32_t> programmes;
    Pairs<std::uint32_t> investors;
    /// Organisation (label, institution or nought, whether it does research) and project.
    Pairs<std::tuple<std::uint32_t, std::uint32_t, bool>> partners;
    std::vector<std::uint32_t> projects;
    std::map<std::uint32_t, ExactDecimal> funders;
    std::map<std::uint32_t, double> stages;
};

/// Goes through the enterprises of one cluster.
class Lister {
  public:
    Lister(const MoneyColumns& money, const FirmNames& names) : money_(money), names_(names) {}

    std::array<Candidates, kLists> list(std::span<const EngagedFirm> firms, Bench& bench) const {
        std::array<Candidates, kLists> lists;
        for (const EngagedFirm& each : firms) {
            add_awards(each, bench, lists);
            add_deals(each, bench);
        }
        count_distinct(bench.programmes, [&](std::uint32_t what, double count) {
            lists[programme].push_back({count, what});
        });
        count_distinct(bench.investors, [&](std::uint32_t what, double count) {
            lists[top_investor].push_back({count, what});
        });
        for (const auto& [what, sum] : std::exchange(bench.funders, {})) {
            lists[funder].push_back({sum.value(), what});
        }
        double staged = 0.0;
        for (const auto& [what, count] : bench.stages) {
            staged += count;
        }
        for (const auto& [what, count] : std::exchange(bench.stages, {})) {
            lists[stage].push_back({count / staged, what});
        }
        add_partners(firms, bench, lists);
        return lists;
    }

  private:
    void add_awards(const EngagedFirm& each, Bench& bench,
                    std::array<Candidates, kLists>& lists) const {
        double open = 0.0;
        for (const Award& award : money_.awards.of(each.firm)) {
            bench.projects.push_back(award.project);
            open += award.is_open ? 1.0 : 0.0;
            if (award.programme != MoneyColumns::kNoText) {
                bench.programmes.emplace_back(award.programme, award.project);
            }
            if (award.pence) {
                bench.funders[award.funder].add_share(*award.pence, each.weight);
            }
        }
        if (open > 0.0) {
            lists[open_project_firm].push_back({open, names_.number[each.firm], each.firm});
        }
    }

    void add_deals(const EngagedFirm& each, Bench& bench) const {
        const Deal* newest = nullptr;
        for (const Deal& deal : money_.deals.of(each.firm)) {
            for (const std::uint32_t investor : money_.investors.of(deal.deal)) {
                bench.investors.emplace_back(investor, deal.deal);
            }
            if (deal.stage != MoneyColumns::kNoText &&
                (newest == nullptr || newest->day <= deal.day)) {
                newest = &deal;
            }
        }
        if (newest != nullptr) {
            bench.stages[newest->stage] += 1.0;
        }
    }

    /// Organisations outside the cluster that its members share projects with.
    void add_partners(std::span<const EngagedFirm> firms, Bench& bench,
                      std::array<Candidates, kLists>& lists) const {
        std::vector<std::uint32_t>& projects = bench.projects;
        std::sort(projects.begin(), projects.end());
        projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
        const auto is_member = [firms](std::uint32_t firm) {
            return std::binary_search(
                firms.begin(), firms.end(), EngagedFirm{firm, 0.0},
                [](const EngagedFirm& a, const EngagedFirm& b) { return a.firm < b.firm; });
        };
        for (const std::uint32_t project : projects) {
            for (const Participant& other : money_.participants.of(project)) {
                if (!other.firm || !is_member(*other.firm)) {
                    const std::uint32_t asset = other.asset ? *other.asset + 1 : 0;
                    bench.partners.emplace_back(std::tuple(other.label, asset, other.does_research),
                                                project);
                }
            }
        }
        projects.clear();
        count_distinct(bench.partners, [&](const auto& what, double count) {
            const auto& [label, asset, does_research] = what;
            lists[top_partner].push_back({count, label});
            if (does_research) {
                lists[partner_institution].push_back({count, label, asset - 1});
            }
        });
    }

    const MoneyColumns& money_;
    const FirmNames& names_;
};

/// The first of a list, largest first, then by label.
template <class RankOf>
void keep_first(Candidates& list, std::size_t length, RankOf rank_of) {
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(std::min(length, list.size()));
    std::partial_sort(list.begin(), end, list.end(), [&](const Candidate& a, const Candidate& b) {
        return std::tuple(-a.value, rank_of(a.label), a.ref_id) <
               std::tuple(-b.value, rank_of(b.label), b.ref_id);
    });
    list.erase(end, list.end());
}

} // namespace

void list_money(const EngagedFirms& engaged, MoneyColumns& money, const FirmNames& names,
                std::size_t length, ItemLists& lists) {
    const Lister lister(money, names);
    std::vector<std::array<Candidates, kLists>> found(engaged.size());
    parallel_ranges(found.size(), 64, [&](std::size_t begin, std::size_t end) {
        Bench bench;
        for (std::size_t row = begin; row < end; ++row) {
            found[row] = lister.list(engaged.of(row), bench);
            keep_first(
                found[row][open_project_firm], length,
                [&names](std::uint32_t label) -> const std::string& { return names.names[label]; });
            for (std::size_t list = programme; list < kLists; ++list) {
                keep_first(found[row][list], length,
                           [&money](std::uint32_t label) { return money.rank[label]; });
            }
        }
    });
    const std::size_t texts = lists.add_texts({});
    std::array<ItemList*, kLists> list{};
    for (std::size_t kind = 0; kind < kLists; ++kind) {
        list.at(kind) = &lists.make(kKinds.at(kind).name, kKinds.at(kind).unit,
                                    kind == open_project_firm ? names.texts : texts);
    }
    parallel_for_each(kLists, 1, [&](std::size_t kind) {
        for (std::size_t row = 0; row < found.size(); ++row) {
            std::size_t position = 0;
            for (const Candidate& each : found[row].at(kind)) {
                list.at(kind)->add(row, {++position, each.label, each.value, each.ref_id});
            }
        }
    });
    lists.texts_of(texts) = money.texts.take();
}

} // namespace icmap::describe
