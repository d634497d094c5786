#include "describe/figure_table.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace icmap::describe {
namespace {

/// Ranks the clusters of one sector.
void rank_family(std::span<const std::uint32_t> family, std::span<const double> values, bool is_up,
                 std::vector<Rank>& ranks) {
    std::vector<std::pair<double, std::uint32_t>> best_first;
    for (const std::uint32_t row : family) {
        if (!std::isnan(values[row])) {
            best_first.emplace_back(is_up ? -values[row] : values[row], row);
        }
    }
    std::sort(best_first.begin(), best_first.end());
    const std::size_t peers = best_first.size();
    for (std::size_t begin = 0; begin < peers;) {
        std::size_t end = begin + 1;
        while (end < peers && best_first[end].first == best_first[begin].first) {
            ++end;
        }
        const std::size_t alike = end - begin;
        if (alike == 1 || 2 * alike <= peers) {
            for (std::size_t i = begin; i < end; ++i) {
                ranks[best_first[i].second] = {static_cast<std::uint32_t>(begin + 1),
                                               static_cast<std::uint32_t>(peers)};
            }
        }
        begin = end;
    }
}

/// Which way each measure is better: "up", "down" or neither.
Result<std::map<std::string, std::string>> read_better(store::Connection& connection) {
    std::map<std::string, std::string> better;
    ICMAP_TRY(connection.read("select measure, better from describe_rule",
                              [&better](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      better[std::string(chunk.text(0, i))] = chunk.text(1, i);
                                  }
                              }));
    return better;
}

} // namespace

void FigureTable::set(std::size_t row, std::string_view measure, const Interval& figure,
                      double coverage, std::string_view missing_reason) {
    auto found = figures_.find(measure);
    if (found == figures_.end()) {
        const std::vector<double> unknown(clusters_, std::nan(""));
        found = figures_
                    .emplace(
                        measure,
                        Figure{unknown, {}, {}, unknown, std::vector(clusters_, Figure::kNoReason)})
                    .first;
    }
    Figure& into = found->second;
    into.value[row] = figure.value;
    into.coverage[row] = coverage;
    if (std::isnan(figure.value)) {
        into.reason[row] = reasons_.of(missing_reason);
    }
    if (!std::isnan(figure.low) || !std::isnan(figure.high)) {
        into.low.resize(clusters_, std::nan(""));
        into.high.resize(clusters_, std::nan(""));
        into.low[row] = figure.low;
        into.high[row] = figure.high;
    }
}

std::vector<double> FigureTable::values_of(std::string_view measure) const {
    const auto found = figures_.find(measure);
    return found == figures_.end() ? std::vector<double>(clusters_, std::nan(""))
                                   : found->second.value;
}

std::vector<Rank> rank_values(std::span<const double> values, const Lists<std::uint32_t>& of_sector,
                              bool is_up) {
    std::vector<Rank> ranks(values.size());
    for (std::size_t sector = 0; sector < of_sector.size(); ++sector) {
        rank_family(of_sector.of(sector), values, is_up, ranks);
    }
    return ranks;
}

void MeasureRows::resize(std::size_t rows) {
    for (auto* column : {&cluster_id, &measure, &reason}) {
        column->resize(rows);
    }
    for (auto* column : {&value, &low, &high, &coverage}) {
        column->resize(rows);
    }
    place.resize(rows);
    of.resize(rows);
}

void MeasureRows::set(std::size_t at, std::size_t row, const Figure& figure, const Rank& rank) {
    value[at] = figure.value[row];
    low[at] = figure.low.empty() ? std::nan("") : figure.low[row];
    high[at] = figure.high.empty() ? std::nan("") : figure.high[row];
    coverage[at] = figure.coverage[row];
    reason[at] = figure.reason[row];
    place[at] = rank.place > 0 ? std::optional(rank.place) : std::nullopt;
    of[at] = rank.place > 0 ? std::optional(rank.of) : std::nullopt;
}

Result<void> MeasureRows::write(store::Connection& connection) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    const std::array<store::Column, 9> columns{column(cluster_id),
                                               store::Column{store::Texts{measure, measures}},
                                               column(value),
                                               column(low),
                                               column(high),
                                               column(coverage),
                                               store::Column{store::Texts{reason, reasons}},
                                               column(place),
                                               column(of)};
    return store::append_columns(connection, "main", "cluster_measure", columns);
}

Result<MeasureRows> rank_measures(store::Connection& connection, const FigureTable& table,
                                  const ClusterTable& clusters) {
    ICMAP_ASSIGN(const auto better, read_better(connection));
    const Lists<std::uint32_t> of_sector = rows_by_sector(clusters);
    MeasureRows rows;
    rows.reasons = table.reasons();
    std::vector<const Figure*> figures;
    for (const auto& [name, figure] : table.figures()) {
        rows.measures.push_back(name);
        figures.push_back(&figure);
    }
    std::vector<std::vector<Rank>> ranks(figures.size());
    parallel_for_each(figures.size(), 1, [&](std::size_t m) {
        const auto rule = better.find(rows.measures[m]);
        const std::string_view way = rule == better.end() ? "" : std::string_view(rule->second);
        ranks[m] = way == "up" || way == "down"
                       ? rank_values(figures[m]->value, of_sector, way == "up")
                       : std::vector<Rank>(clusters.size());
    });
    rows.resize(clusters.size() * figures.size());
    // Cluster by cluster, so that rows are written one after the other.
    parallel_for_each(clusters.size(), 256, [&](std::size_t i) {
        for (std::size_t m = 0; m < figures.size(); ++m) {
            const std::size_t at = i * figures.size() + m;
            rows.cluster_id[at] = clusters.cluster_id[i];
            rows.measure[at] = static_cast<std::uint32_t>(m);
            rows.set(at, i, *figures[m], ranks[m][i]);
        }
    });
    return rows;
}

} // namespace icmap::describe
