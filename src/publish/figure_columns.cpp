#include "publish/figure_columns.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>
#include <vector>

namespace icmap::publish {
namespace {

/// What the columns of a figure are made by.
struct FigureColumn {
    std::string name;
    std::string unit;
    int decimals = 3;
    bool has_interval = false;
    bool has_coverage = false; ///< it is not the whole for every cluster
};

/// Figures without a definition keep the unit of a plain number.
Result<void> add_units(std::map<std::string, FigureColumn>& figures) {
    ICMAP_ASSIGN(const toml::Table table,
                 toml::parse(base::find_text(reference::texts(), "measures.toml").value_or(""),
                             "reference/measures.toml"));
    const toml::Array* definitions = table["measure"].as_array();
    if (definitions == nullptr) {
        return {};
    }
    for (const toml::Node& node : *definitions) {
        const toml::Table* entry = node.as_table();
        if (entry == nullptr) {
            continue;
        }
        const auto found = figures.find((*entry)["measure"].value_or(std::string()));
        if (found != figures.end()) {
            found->second.unit = (*entry)["unit"].value_or(std::string());
            found->second.decimals = (*entry)["decimals"].value_or(3);
        }
    }
    return {};
}

/// The figures that become columns: those asked for in their order, or all by name.
Result<std::vector<FigureColumn>> chosen_figures(store::Connection& atlas,
                                                 const ExportRequest& request) {
    std::map<std::string, FigureColumn> held;
    ICMAP_TRY(atlas.read("select measure, bool_or(low is not null), "
                         "bool_or(value is not null and coverage < 1) "
                         "from cluster_measure group by measure",
                         [&held](const store::Chunk& chunk) {
                             for (std::size_t row = 0; row < chunk.size(); ++row) {
                                 FigureColumn figure;
                                 figure.name = chunk.text(0, row);
                                 figure.has_interval = chunk.column<bool>(1)[row];
                                 figure.has_coverage =
                                     !chunk.is_null(2, row) && chunk.column<bool>(2)[row];
                                 held.emplace(figure.name, figure);
                             }
                         }));
    ICMAP_TRY(add_units(held));
    std::vector<FigureColumn> chosen;
    if (!request.measures) {
        for (const auto& [name, figure] : held) {
            chosen.push_back(figure);
        }
        return chosen;
    }
    for (const std::string& name : *request.measures) {
        if (const auto found = held.find(name); found != held.end()) {
            chosen.push_back(found->second);
            held.erase(found); // once is enough
        }
    }
    return chosen;
}

} // namespace

std::string rounded_figure(std::string_view expression, std::string_view measure,
                           std::string_view unit, int decimals) {
    if (measure.starts_with("is_")) {
        return fmt::format("({}) <> 0", expression);
    }
    const bool is_whole =
        decimals == 0 && (unit == "jobs" || unit == "gbp" || unit == "count" || unit == "year" ||
                          unit == "enterprises" || unit == "sites");
    if (is_whole) {
        return fmt::format("round({})::bigint", expression);
    }
    if (unit == "share") {
        return fmt::format("round({}, 6)", expression);
    }
    if (unit.empty()) {
        return fmt::format("case when {0} = 0 then {0} else round({0}, "
                           "3 - floor(log10(abs({0})))::integer) end",
                           expression);
    }
    return fmt::format("round({}, {})", expression, decimals + 3);
}

Result<void> pivot_figures(store::Connection& atlas, const ExportRequest& request) {
    ICMAP_ASSIGN(const auto figures, chosen_figures(atlas, request));
    std::string columns;
    std::string names;
    for (const FigureColumn& figure : figures) {
        const std::string literal = store::sql_literal(figure.name);
        const auto held = [&literal](std::string_view part) {
            return fmt::format("(max({}) filter (measure = {}))", part, literal);
        };
        const auto add = [&columns](const std::string& expression, const std::string& as) {
            columns += fmt::format(", {} as {}", expression, store::identifier(as));
        };
        const auto add_figure = [&](std::string_view part, const std::string& as) {
            add(rounded_figure(held(part), figure.name, figure.unit, figure.decimals), as);
        };
        names += (names.empty() ? "" : ", ") + literal;
        add_figure("value", figure.name);
        if (figure.has_interval) {
            add_figure("low", figure.name + "_low");
            add_figure("high", figure.name + "_high");
        }
        if (figure.has_coverage) {
            add(rounded_figure(held("coverage"), figure.name, "share", 1),
                figure.name + "_coverage");
        }
    }
    return atlas.run(fmt::format(
        "create or replace temp table export_figures as "
        "select cluster_id{}, string_agg(measure, '; ' order by measure) filter (suppressed and "
        "measure in ({})) as suppressed from cluster_measure "
        "where cluster_id in (select cluster_id from export_cluster) group by cluster_id",
        columns, names.empty() ? "null" : names));
}

} // namespace icmap::publish
