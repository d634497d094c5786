#include "link/evidence_rules.hpp"

#include "base/embedded.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sstream>
#include <toml++/toml.h>

namespace icmap::link {
namespace {

tl::unexpected<Error> rule_error(std::string what, std::string field, std::string value,
                                 const toml::node& node) {
    Error error;
    error.what = std::move(what);
    error.file = "evidence.toml";
    error.line = node.source().begin.line;
    error.field = std::move(field);
    error.value = std::move(value);
    error.remedy = "Compare it with reference/evidence.toml of the project";
    return tl::unexpected(std::move(error));
}

Result<EvidenceKind> read_kind(const toml::table& table) {
    constexpr std::array<std::string_view, 4> kTables{"participation", "patent", "deal", "none"};
    EvidenceKind kind;
    kind.kind = table["kind"].value_or(std::string());
    if (kind.kind.empty()) {
        return rule_error("A kind of evidence needs a name", "kind", "", table);
    }
    kind.table = table["table"].value_or(std::string());
    if (std::find(kTables.begin(), kTables.end(), kind.table) == kTables.end()) {
        return rule_error("Evidence comes from participation, patent, deal or none", "table",
                          kind.table, table);
    }
    kind.counts = table["counts"].value_or(true);
    if (const toml::array* stages = table["stages"].as_array()) {
        for (const toml::node& stage : *stages) {
            kind.stages.push_back(stage.value_or(std::string()));
        }
    }
    return kind;
}

std::string iso_date(const toml::node_view<const toml::node>& node) {
    std::ostringstream text;
    if (const auto date = node.value<toml::date>()) {
        text << *date;
    }
    return text.str();
}

Result<EvidenceRules> read_rules(const toml::table& table) {
    EvidenceRules rules;
    rules.window_years = table["window_years"].value_or(rules.window_years);
    if (rules.window_years < 1 || rules.window_years > 100) {
        return rule_error("The window must be 1 to 100 years", "window_years",
                          std::to_string(rules.window_years), table);
    }
    if (const toml::array* kinds = table["evidence"].as_array()) {
        for (const toml::node& node : *kinds) {
            ICMAP_ASSIGN(auto kind, read_kind(*node.as_table()));
            const bool is_known =
                std::any_of(rules.kinds.begin(), rules.kinds.end(),
                            [&kind](const auto& other) { return other.kind == kind.kind; });
            if (is_known) {
                return rule_error("This kind of evidence is there twice", "kind", kind.kind, node);
            }
            rules.kinds.push_back(std::move(kind));
        }
    }
    if (const toml::array* periods = table["programme_period"].as_array()) {
        for (const toml::node& node : *periods) {
            const toml::table& period = *node.as_table();
            rules.periods.push_back(
                {period["programme"].value_or(std::string()), iso_date(period["last_day"])});
            if (rules.periods.back().programme.empty() || rules.periods.back().last_day.empty()) {
                return rule_error("A programme period needs programme and last_day (a date)",
                                  "programme_period", "", node);
            }
        }
    }
    return rules;
}

} // namespace

Result<EvidenceRules> read_evidence_rules(std::string_view text) {
    if (text.empty()) {
        text = base::find_text(reference::texts(), "evidence.toml").value_or("");
    }
    try {
        return read_rules(toml::parse(text));
    } catch (const toml::parse_error& failure) {
        Error error;
        error.what = std::string(failure.description());
        error.file = "evidence.toml";
        error.line = failure.source().begin.line;
        return tl::unexpected(std::move(error));
    }
}

Result<void> write_evidence_rules(store::Connection& connection, const EvidenceRules& rules) {
    ICMAP_TRY(connection.run(
        "create or replace temp table evidence_kind (kind varchar, source_table varchar, counts "
        "boolean);"
        "create or replace temp table evidence_stage (kind varchar, stage varchar);"
        "create or replace temp table programme_period (programme varchar, last_day date);"));
    for (const EvidenceKind& kind : rules.kinds) {
        ICMAP_TRY(connection.execute(
            "insert into evidence_kind values ($1, $2, $3)",
            {std::string_view(kind.kind), std::string_view(kind.table), kind.counts}));
        for (const std::string& stage : kind.stages) {
            ICMAP_TRY(connection.execute("insert into evidence_stage values ($1, $2)",
                                         {std::string_view(kind.kind), std::string_view(stage)}));
        }
    }
    for (const auto& period : rules.periods) {
        ICMAP_TRY(connection.execute(
            "insert into programme_period values ($1, cast($2 as date))",
            {std::string_view(period.programme), std::string_view(period.last_day)}));
    }
    return {};
}

} // namespace icmap::link
