#include "link/evidence_rules.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace icmap::link {
namespace {

constexpr std::string_view kRemedy = "Compare it with reference/evidence.toml of the project";

tl::unexpected<Error> rule_error(std::string what, std::string field, std::string value,
                                 std::uint32_t line) {
    Error error;
    error.what = std::move(what);
    error.file = "evidence.toml";
    error.line = line;
    error.field = std::move(field);
    error.value = std::move(value);
    error.remedy = kRemedy;
    return tl::unexpected(std::move(error));
}

Result<EvidenceKind> read_kind(const toml::Table& table) {
    constexpr std::array<std::string_view, 4> kTables{"participation", "patent", "deal", "none"};
    EvidenceKind kind;
    kind.kind = table["kind"].value_or(std::string());
    if (kind.kind.empty()) {
        return rule_error("A kind of evidence needs a name", "kind", "", table.line());
    }
    kind.table = table["table"].value_or(std::string());
    if (std::find(kTables.begin(), kTables.end(), kind.table) == kTables.end()) {
        return rule_error("Evidence comes from participation, patent, deal or none", "table",
                          kind.table, table.line());
    }
    kind.counts = table["counts"].value_or(true);
    if (const toml::Array* stages = table["stages"].as_array()) {
        for (const toml::Node& stage : *stages) {
            kind.stages.push_back(stage.value_or(std::string()));
        }
    }
    return kind;
}

Result<EvidenceRules> read_rules(const toml::Table& table) {
    EvidenceRules rules;
    rules.window_years = table["window_years"].value_or(rules.window_years);
    if (rules.window_years < 1 || rules.window_years > 100) {
        return rule_error("The window must be 1 to 100 years", "window_years",
                          std::to_string(rules.window_years), table.line());
    }
    if (const toml::Array* kinds = table["evidence"].as_array()) {
        for (const toml::Node& node : *kinds) {
            if (node.as_table() == nullptr) {
                return rule_error("A kind of evidence is a table", "evidence", "", node.line());
            }
            ICMAP_ASSIGN(auto kind, read_kind(*node.as_table()));
            const bool is_known =
                std::any_of(rules.kinds.begin(), rules.kinds.end(),
                            [&kind](const auto& other) { return other.kind == kind.kind; });
            if (is_known) {
                return rule_error("This kind of evidence is there twice", "kind", kind.kind,
                                  node.line());
            }
            rules.kinds.push_back(std::move(kind));
        }
    }
    if (const toml::Array* periods = table["programme_period"].as_array()) {
        for (const toml::Node& node : *periods) {
            if (node.as_table() == nullptr) {
                return rule_error("A programme period is a table", "programme_period", "",
                                  node.line());
            }
            const toml::Table& period = *node.as_table();
            rules.periods.push_back({period["programme"].value_or(std::string()),
                                     period["last_day"].value_or(toml::Date{}).iso});
            if (rules.periods.back().programme.empty() || rules.periods.back().last_day.empty()) {
                return rule_error("A programme period needs programme and last_day (a date)",
                                  "programme_period", "", node.line());
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
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, "evidence.toml", kRemedy));
    return read_rules(table);
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
