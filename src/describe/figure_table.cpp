#include "describe/figure_table.hpp"

#include "base/lists.hpp"
#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

namespace icmap::describe {
namespace {

/// Numbers for texts that stand there over and over.
class Numbering {
  public:
    std::uint32_t of(std::string_view text) {
        if (const auto known = number_.find(text); known != number_.end()) {
            return known->second;
        }
        const auto next = static_cast<std::uint32_t>(number_.size());
        number_.emplace(text, next);
        return next;
    }
    [[nodiscard]] std::vector<std::string> texts() const {
        std::vector<std::string> all(number_.size());
        for (const auto& [text, number] : number_) {
            all[number] = text;
        }
        return all;
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> number_;
};

/// Puts the texts into alphabetical order. \returns the new number of each
std::vector<std::uint32_t> put_in_order(std::vector<std::string>& texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&texts](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::uint32_t> place(texts.size());
    std::vector<std::string> ordered;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        ordered.push_back(std::move(texts[order[i]]));
    }
    texts = std::move(ordered);
    return place;
}

template <class T>
void reorder(std::vector<T>& values, std::span<const std::uint32_t> order) {
    std::vector<T> ordered(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        ordered[i] = values[order[i]];
    }
    values = std::move(ordered);
}

/// Rows by cluster, and those of a cluster by measure. \param row_of the cluster of each
void put_in_order(FigureTable& table, std::span<const std::uint32_t> row_of, std::size_t clusters) {
    Lists<std::uint32_t> order = rows_by_key(row_of, clusters);
    for (std::size_t i = 0; i < clusters; ++i) {
        const std::span<std::uint32_t> own = order.of(i);
        std::sort(own.begin(), own.end(), [&table](std::uint32_t a, std::uint32_t b) {
            return table.measure[a] < table.measure[b];
        });
    }
    table.first = std::move(order.first);
    reorder(table.measure, order.value);
    reorder(table.reason, order.value);
    for (std::vector<double>* numbers : {&table.value, &table.low, &table.high, &table.coverage}) {
        reorder(*numbers, order.value);
    }
}

/// Ranks the figures of one sector and measure.
void rank_family(std::span<const std::uint32_t> family, const FigureTable& figures, bool is_up,
                 std::vector<Rank>& ranks) {
    std::vector<std::pair<double, std::uint32_t>> best_first;
    for (const std::uint32_t row : family) {
        if (!std::isnan(figures.value[row])) {
            best_first.emplace_back(is_up ? -figures.value[row] : figures.value[row], row);
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

Result<std::vector<std::string>> read_better(store::Connection& connection,
                                             const FigureTable& figures) {
    std::vector<std::string> better(figures.measures.size());
    ICMAP_TRY(connection.read(
        "select measure, better from describe_rule", [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const auto found = std::lower_bound(figures.measures.begin(),
                                                    figures.measures.end(), chunk.text(0, i));
                if (found != figures.measures.end() && *found == chunk.text(0, i)) {
                    better[static_cast<std::size_t>(found - figures.measures.begin())] =
                        chunk.text(1, i);
                }
            }
        }));
    return better;
}

} // namespace

std::vector<double> FigureTable::values_of(std::string_view of) const {
    std::vector<double> values(first.size() - 1, std::nan(""));
    const auto found = std::lower_bound(measures.begin(), measures.end(), of);
    if (found == measures.end() || *found != of) {
        return values;
    }
    const auto wanted = static_cast<std::uint32_t>(found - measures.begin());
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t row = first[i]; row < first[i + 1]; ++row) {
            if (measure[row] == wanted) {
                values[i] = value[row];
            }
        }
    }
    return values;
}

Result<FigureTable> read_figures(store::Connection& connection, const ClusterTable& clusters) {
    FigureTable table;
    Numbering measures;
    Numbering reasons;
    std::vector<std::uint32_t> row_of;
    ICMAP_TRY(connection.read(
        "select cluster_id, measure, value, low, high, coverage, missing_reason "
        "from describe_figure",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const auto number = [&](std::size_t column) {
                    return chunk.is_null(column, i) ? std::nan("")
                                                    : chunk.column<double>(column)[i];
                };
                row_of.push_back(
                    static_cast<std::uint32_t>(clusters.row(chunk.column<std::uint32_t>(0)[i])));
                table.measure.push_back(measures.of(chunk.text(1, i)));
                table.value.push_back(number(2));
                table.low.push_back(number(3));
                table.high.push_back(number(4));
                table.coverage.push_back(number(5));
                table.reason.push_back(chunk.is_null(6, i) ? FigureTable::kNoReason
                                                           : reasons.of(chunk.text(6, i)));
            }
        }));
    table.measures = measures.texts();
    table.reasons = reasons.texts();
    const std::vector<std::uint32_t> place = put_in_order(table.measures);
    for (std::uint32_t& measure : table.measure) {
        measure = place[measure];
    }
    put_in_order(table, row_of, clusters.size());
    return table;
}

std::vector<Rank> rank_figures(const FigureTable& figures, const ClusterTable& clusters,
                               const std::vector<std::string>& better) {
    std::map<std::pair<std::uint16_t, std::uint32_t>, std::vector<std::uint32_t>> families;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        for (std::size_t row = figures.first[i]; row < figures.first[i + 1]; ++row) {
            const std::uint32_t measure = figures.measure[row];
            if (better[measure] == "up" || better[measure] == "down") {
                families[{clusters.sector_id[i], measure}].push_back(
                    static_cast<std::uint32_t>(row));
            }
        }
    }
    std::vector<
        const std::pair<const std::pair<std::uint16_t, std::uint32_t>, std::vector<std::uint32_t>>*>
        each;
    for (const auto& family : families) {
        each.push_back(&family);
    }
    std::vector<Rank> ranks(figures.value.size());
    parallel_for_each(each.size(), 1, [&](std::size_t i) {
        rank_family(each[i]->second, figures, better[each[i]->first.second] == "up", ranks);
    });
    return ranks;
}

Result<void> write_measures(store::Connection& connection, const FigureTable& figures,
                            const ClusterTable& clusters) {
    ICMAP_ASSIGN(const auto better, read_better(connection, figures));
    const std::vector<Rank> ranks = rank_figures(figures, clusters, better);
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::optional<std::uint32_t>> place;
    std::vector<std::optional<std::uint32_t>> of;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        cluster_id.insert(cluster_id.end(), figures.first[i + 1] - figures.first[i],
                          clusters.cluster_id[i]);
    }
    for (const Rank& rank : ranks) {
        place.push_back(rank.place > 0 ? std::optional(rank.place) : std::nullopt);
        of.push_back(rank.place > 0 ? std::optional(rank.of) : std::nullopt);
    }
    const auto numbers = [](const std::vector<double>& values) {
        return store::Column{std::span<const double>(values)};
    };
    const std::array<store::Column, 9> columns{
        store::Column{std::span<const std::uint32_t>(cluster_id)},
        store::Column{store::Texts{figures.measure, figures.measures}},
        numbers(figures.value),
        numbers(figures.low),
        numbers(figures.high),
        numbers(figures.coverage),
        store::Column{store::Texts{figures.reason, figures.reasons}},
        store::Column{std::span<const std::optional<std::uint32_t>>(place)},
        store::Column{std::span<const std::optional<std::uint32_t>>(of)}};
    return store::append_columns(connection, "main", "cluster_measure", columns);
}

} // namespace icmap::describe
