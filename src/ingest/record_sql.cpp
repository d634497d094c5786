#include "ingest/record_sql.hpp"

#include "ingest/field_types.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>

namespace icmap::ingest {
namespace {
using store::identifier;
using store::sql_literal;

FieldRule projected_field(std::string name) {
    FieldRule rule;
    rule.name = std::move(name);
    rule.type = "number";
    return rule;
}

/// The columns of the steps from what a source gives to what is kept; each step is a query over the
/// one before.
struct Steps {
    std::vector<std::string> inputs;  ///< the source's own columns and the user's expressions
    std::vector<std::string> raw;     ///< the kind's fields, as they are mapped
    std::vector<std::string> cleaned; ///< texts without what means nothing
    std::vector<std::string> typed;   ///< values, beside the texts that may not have become one
    std::vector<std::string> kept;    ///< values, and the texts of those that did not

    void add(const FieldRule& rule, const std::string& expression) {
        const std::string name = identifier(rule.name);
        const TypeRule& type = type_rule(rule.type);
        const bool is_geometry = rule.type == "geometry";
        const bool as_text = !is_list(rule) && !is_geometry;
        raw.push_back(fmt::format(fmt::runtime(as_text ? "({})::varchar as {}" : "({}) as {}"),
                                  expression, name));
        cleaned.push_back(fmt::format("{} as {}", fill_in(type.clean, name), name));
        const std::string value = identifier("typed " + rule.name);
        typed.push_back(fmt::format("{} as {}", fill_in(type.typed, name), value));
        kept.push_back(
            fmt::format("{} as {}", value, is_geometry ? identifier("raw " + rule.name) : name));
        if (type.can_fail) {
            typed.push_back(name);
            kept.push_back(fmt::format("case when {} is null then {} end as {}", value, name,
                                       doubt(rule.name)));
        } else if (rule.type == "sic_list") {
            typed.push_back(fmt::format("unknown_sic_of({}) as {}", name, name));
            kept.push_back(fmt::format("{} as {}", name, doubt(rule.name)));
        }
    }
};

std::vector<std::string> input_columns(const Target& target, const MatchedColumns& columns) {
    std::vector<std::string> inputs;
    for (const auto& [input, sql] : columns.inputs) {
        inputs.push_back(fmt::format("{} as {}", sql, identifier(input)));
    }
    for (const FieldSource& field : columns.fields) {
        if (field.over_source) {
            inputs.push_back(
                fmt::format("{} as {}", field.expression, identifier("user " + field.field)));
        }
    }
    if (target.is_line_json) {
        inputs.emplace_back(
            "case when record is null then left(line, 200) end as \"user json line\"");
    }
    if (!target.only_column.empty()) {
        inputs.push_back(fmt::format("{} as {}", identifier(target.only_column),
                                     identifier("user only column")));
    }
    if (!target.source.where.empty()) {
        inputs.push_back(fmt::format("({}) as {}", target.source.where, identifier("user where")));
    }
    return inputs;
}

/// True for the rows that the preset and the user want.
std::string inside_condition(const Target& target) {
    std::string inside = "true";
    if (!target.mapping.where.empty()) {
        inside = fmt::format("coalesce(({}), false)", target.mapping.where);
    }
    if (!target.source.where.empty()) {
        inside += fmt::format(" and coalesce({}, false)", identifier("user where"));
    }
    if (!target.only_column.empty()) {
        inside += fmt::format(" and {} is not null", identifier("user only column"));
    }
    return inside;
}

} // namespace

RecordSql::RecordSql(const Target& target, const MatchedColumns& columns, std::string relation,
                     std::array<double, 4> bounds)
    : target_(target), columns_(columns), relation_(std::move(relation)), bounds_(bounds) {
    for (const FieldSource& field : columns.fields) {
        const std::string over_inputs =
            field.over_source ? identifier("user " + field.field) : field.expression;
        if (const FieldRule* rule = target.kind.field(field.field)) {
            made_.push_back({*rule, over_inputs});
        } else if (field.field == "x_m" || field.field == "y_m") {
            made_.push_back({projected_field(field.field), over_inputs});
        }
    }
    if (target.is_line_json) {
        FieldRule line;
        line.name = "json line";
        line.type = "text";
        made_.push_back({line, identifier("user json line")});
    }
    add_checks();
}

bool RecordSql::has_field(std::string_view name) const {
    return std::any_of(made_.begin(), made_.end(),
                       [&](const Made& made) { return made.rule.name == name; });
}

std::string RecordSql::typed_query() const {
    Steps steps;
    steps.inputs = input_columns(target_, columns_);
    for (const Made& made : made_) {
        steps.add(made.rule, made.expression);
    }
    for (auto* step : {&steps.cleaned, &steps.typed, &steps.kept}) {
        step->push_back(identifier("inside"));
    }
    std::string relation = relation_;
    if (sorts_rows_) {
        relation =
            fmt::format("(select *, row_number() over () as \"source row\" from {})", relation_);
        for (auto* step : {&steps.inputs, &steps.raw, &steps.cleaned, &steps.typed}) {
            step->emplace_back("\"source row\"");
        }
    }
    steps.raw.push_back(fmt::format("({}) as inside", inside_condition(target_)));
    if (steps.inputs.empty()) {
        steps.inputs.emplace_back("1 as nothing");
    }
    return fmt::format("select {} from (select {} from (select {} from (select {} from "
                       "(select {} from {})))){}",
                       fmt::join(steps.kept, ", "), fmt::join(steps.typed, ", "),
                       fmt::join(steps.cleaned, ", "), fmt::join(steps.raw, ", "),
                       fmt::join(steps.inputs, ", "), relation,
                       sorts_rows_ ? " order by \"source row\"" : "");
}

std::string RecordSql::create_typed() const {
    return fmt::format("create or replace table staging.ingest_typed as {}", typed_query());
}

std::string RecordSql::rows_of(std::string_view table) const {
    std::vector<std::string> columns{"t.rowid as r", "t.*"};
    const bool has_side = is_projected() || has_geometry();
    if (has_side) {
        columns.emplace_back("s.*");
    }
    for (const FieldRule& rule : target_.kind.fields) {
        const bool is_position = rule.name == "lon_deg" || rule.name == "lat_deg";
        if (!has_field(rule.name) && !(is_position && is_projected())) {
            columns.push_back(fmt::format("null::{} as {}", type_rule(rule.type).sql_type,
                                          identifier(rule.name)));
        }
    }
    return fmt::format("select {} from {} t{} where t.inside", fmt::join(columns, ", "), table,
                       has_side ? " positional join ingest_side s" : "");
}

std::string RecordSql::create_row_view() const {
    return "create or replace temp view ingest_row as " + rows_of("staging.ingest_typed");
}

std::string RecordSql::find_problems(const Check& check) {
    return fmt::format("insert into ingest_problem select r, {}, {}, left({}, 200), {}, {} from "
                       "ingest_row where {}",
                       sql_literal(check.field), sql_literal(check.code), check.value,
                       sql_literal(check.severity), check.limit.empty() ? "null" : check.limit,
                       check.condition);
}

std::string RecordSql::key_expression() const {
    std::vector<std::string> parts;
    for (const std::string& field : target_.kind.key) {
        if (has_field(field)) {
            parts.push_back(identifier(field));
        } else if (const FieldRule* rule = target_.kind.field(field);
                   rule != nullptr && !rule->default_value.empty()) {
            parts.push_back(rule->default_value);
        } else {
            return {};
        }
    }
    return parts.size() == 1 ? parts[0]
                             : fmt::format("concat_ws(' / ', {})", fmt::join(parts, ", "));
}

std::string RecordSql::merge_key() const {
    const bool is_merged = !target_.source.one_per.empty() || !target_.mapping.one_per.empty();
    if (!is_merged) {
        return {};
    }
    const std::string& fields =
        target_.source.one_per.empty() ? target_.mapping.one_per : target_.source.one_per;
    std::vector<std::string> key;
    for (const std::string& field : identifiers_of(fields)) {
        key.push_back(identifier(field));
    }
    return fmt::format("{}", fmt::join(key, ", "));
}

std::string RecordSql::keyed_rows(bool has_errors) const {
    const std::string key = key_expression();
    if (target_.kind.key.empty() || key.empty() || !merge_key().empty()) {
        return {};
    }
    const std::string without_errors =
        has_errors ? " and r not in (select r from ingest_problem where severity = 'error')" : "";
    return fmt::format("(select r, {} as key from ingest_row where {} is not null{})", key, key,
                       without_errors);
}

std::string RecordSql::find_repeated_keys(const std::string& keyed_rows) const {
    return fmt::format(
        "insert into ingest_problem select g.r, {0}, 'duplicate_key', left(g.key, 200), 'error', "
        "null from {1} g join (select key, min(r) as first from {1} group by key having "
        "count(*) > 1) d on g.key = d.key where g.r > d.first",
        sql_literal(fmt::format("{}", fmt::join(target_.kind.key, ", "))), keyed_rows);
}

std::string RecordSql::staged_key() const {
    std::vector<std::string> staged;
    for (const std::string& field : target_.kind.key) {
        staged.push_back(identifier(field));
    }
    return staged.size() == 1 ? staged[0]
                              : fmt::format("concat_ws(' / ', {})", fmt::join(staged, ", "));
}

std::string RecordSql::count_if_staged() const {
    return fmt::format("select count(*) from (from staging.{} limit 1)", target_.kind.table);
}

std::string RecordSql::find_known_keys(const std::string& keyed_rows) const {
    return fmt::format(
        "insert into ingest_problem select g.r, {0}, 'duplicate_key', left(g.key, 200), 'error', "
        "null from {1} g where g.key in (select {2} from staging.{3})",
        sql_literal(fmt::format("{}", fmt::join(target_.kind.key, ", "))), keyed_rows, staged_key(),
        target_.kind.table);
}

std::string RecordSql::final_expression(const FieldRule& rule) const {
    const bool is_position = rule.name == "lon_deg" || rule.name == "lat_deg";
    std::string value = identifier(rule.name);
    if (!has_field(rule.name) && !(is_position && is_projected())) {
        value = rule.default_value.empty() ? fmt::format("null::{}", type_rule(rule.type).sql_type)
                                           : rule.default_value;
        return value;
    }
    std::vector<std::string> wrong;
    for (const Check& check : checks_) {
        const bool applies = check.field == rule.name || (is_position && check.field == "lon_deg");
        if (applies && check.blanks && check.was_found && check.severity == "warning" &&
            !check.code.starts_with("bad_")) {
            wrong.push_back(fmt::format("coalesce({}, false)", check.condition));
        }
    }
    if (is_position) {
        wrong.emplace_back("lon_deg is null or lat_deg is null");
    }
    if (strips_nul_ && (rule.type == "text" || rule.type == "company_number")) {
        value = fmt::format("nullif(replace({}, chr(0), ''), '')", value);
    }
    if (!wrong.empty()) {
        value = fmt::format("case when not ({}) then {} end", fmt::join(wrong, " or "), value);
    }
    if (!rule.default_value.empty()) {
        value = fmt::format("coalesce({}, {})", value, rule.default_value);
    }
    return value;
}

std::string RecordSql::values(std::uint16_t source_id, std::uint64_t first_record,
                              const std::string& shift) const {
    std::vector<std::string> values{
        fmt::format("{}::usmallint as source_id", source_id),
        fmt::format("(r + {}{})::ubigint as record", first_record, shift)};
    for (const FieldRule& rule : target_.kind.fields) {
        values.push_back(fmt::format("({})::{} as {}", final_expression(rule),
                                     type_rule(rule.type).sql_type, identifier(rule.name)));
    }
    return fmt::format("{}", fmt::join(values, ", "));
}

namespace {
using Shifts = std::span<const std::pair<std::int64_t, std::int64_t>>;

/// Few shifts are compared one by one: the join would put all rows into order for them.
constexpr std::size_t kMostCompared = 64;

std::string compared(Shifts shifts) {
    if (shifts.empty()) {
        return {};
    }
    std::string shift = " + case";
    for (std::size_t i = shifts.size(); i-- > 0;) {
        shift += fmt::format(" when r >= {} then {}", shifts[i].first, shifts[i].second);
    }
    return shift + " else 0 end";
}
} // namespace

bool RecordSql::can_stay(Shifts shifts) const {
    const bool is_amended = target_.kind.field("currency") != nullptr ||
                            target_.kind.field("award_currency") != nullptr;
    return !is_projected() && !has_geometry() && !is_amended && merge_key().empty() &&
           shifts.size() <= kMostCompared;
}

std::string RecordSql::select_records(const std::string& table, std::uint16_t source_id,
                                      std::uint64_t first_record, Shifts shifts) const {
    return fmt::format("select {} from ({})", values(source_id, first_record, compared(shifts)),
                       rows_of(table));
}

std::string RecordSql::insert_records(const std::string& table, std::uint16_t source_id,
                                      std::uint64_t first_record, bool has_errors,
                                      Shifts shifts) const {
    const bool joins_shift = shifts.size() > kMostCompared;
    const std::string shift = joins_shift ? " + coalesce(shift.rows_before, 0)" : compared(shifts);
    std::string rows = "ingest_row";
    std::vector<std::string> conditions;
    if (has_errors) {
        conditions.emplace_back("r not in (select r from ingest_problem where severity = 'error')");
    }
    const std::string merged = merge_key();
    if (!merged.empty()) {
        // Rows that share the key are one record, with the values of the first.
        const std::string good = has_errors ? " where r not in (select r from ingest_problem where "
                                              "severity = 'error')"
                                            : "";
        conditions.push_back(
            fmt::format("r in (select min(r) from ingest_row{} group by {})", good, merged));
        const std::string key = key_expression();
        if (!key.empty()) {
            conditions.push_back(fmt::format("{} not in (select {} from staging.{})", key,
                                             staged_key(), target_.kind.table));
        }
    }
    if (joins_shift) {
        rows += " asof left join ingest_shift shift on r >= shift.from_r";
    }
    return fmt::format("insert into {} by name select {} from {}{}{}", table,
                       values(source_id, first_record, shift), rows,
                       conditions.empty() ? "" : " where ", fmt::join(conditions, " and "));
}

} // namespace icmap::ingest
