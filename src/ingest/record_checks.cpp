#include "ingest/field_types.hpp"
#include "ingest/record_sql.hpp"

#include <fmt/ranges.h>

namespace icmap::ingest {
namespace {
using store::identifier;
using store::sql_literal;

std::string number_text(double value) {
    return fmt::format("{}", value);
}

/// A value that the record is worth nothing without costs the row, any other is blanked.
std::string severity_of(const FieldRule& rule, const Kind& kind) {
    const bool is_position = rule.name == "lon_deg" || rule.name == "lat_deg" ||
                             rule.name == "x_m" || rule.name == "y_m";
    return rule.required || (is_position && kind.expects_position) ? "error" : "warning";
}

} // namespace

void RecordSql::add_type_checks(const FieldRule& rule) {
    const std::string name = identifier(rule.name);
    const TypeRule& type = type_rule(rule.type);
    const std::string severity = severity_of(rule, target_.kind);
    if (type.can_fail) {
        checks_.push_back(
            {rule.name,
             "bad_" +
                 (rule.name == "x_m" || rule.name == "y_m" ? std::string("number") : rule.type),
             severity,
             fmt::format("{} is not null", doubt(rule.name)),
             doubt(rule.name),
             {}});
    }
    if (rule.type == "sic_list") {
        const std::string is_old =
            fmt::format("regexp_matches({}, '^\\s*[0-9]{{4}}(\\s|-|$)')", doubt(rule.name));
        for (const auto& [code, condition] :
             {std::pair("sic_2003", is_old), std::pair("unknown_sic", "not " + is_old)}) {
            checks_.push_back({rule.name, code, "warning", condition, doubt(rule.name), {}, false});
        }
    }
    if (rule.required && rule.default_value.empty() && rule.type != "geometry") {
        const std::string blank =
            type.can_fail ? fmt::format("{} is null and {} is null", name, doubt(rule.name))
                          : fmt::format("{} is null", name);
        checks_.push_back({rule.name, "missing_value", "error", blank, "null", {}});
    }
    if (rule.type == "geometry") {
        checks_.push_back({rule.name, "bad_geometry", severity,
                           fmt::format("{} is null and {} is not null", name, doubt(rule.name)),
                           "null", doubt(rule.name)});
        checks_.push_back({rule.name, "geometry_mended", "warning",
                           fmt::format("{} is not null and {} is not null", name, doubt(rule.name)),
                           "null", doubt(rule.name), false});
    }
}

void RecordSql::add_range_checks(const FieldRule& rule) {
    const std::string name = identifier(rule.name);
    const std::string severity = severity_of(rule, target_.kind);
    const std::string shown = fmt::format("{}::varchar", name);
    if (rule.max_length > 0 && (rule.type == "text" || rule.type == "company_number")) {
        checks_.push_back({rule.name, "too_long", severity,
                           fmt::format("length({}) > {}", name, rule.max_length), shown,
                           sql_literal(std::to_string(rule.max_length))});
    }
    if (!rule.one_of.empty()) {
        std::vector<std::string> values;
        for (const std::string& value : rule.one_of) {
            values.push_back(sql_literal(value));
        }
        checks_.push_back({rule.name, "not_in_list", severity,
                           fmt::format("{} not in ({})", name, fmt::join(values, ", ")), shown,
                           sql_literal(fmt::format("{}", fmt::join(rule.one_of, ", ")))});
    }
    if (!rule.min && !rule.max) {
        return;
    }
    const std::string measured = rule.type == "date" ? fmt::format("year({})", name) : name;
    const std::string low = rule.min ? number_text(*rule.min) : "-inf";
    const std::string high = rule.max ? number_text(*rule.max) : "inf";
    std::vector<std::string> outside;
    if (rule.min) {
        outside.push_back(fmt::format("{} < {}", measured, low));
    }
    if (rule.max) {
        outside.push_back(fmt::format("{} > {}", measured, high));
    }
    const std::string limit = rule.min && rule.max ? fmt::format("{} to {}", low, high)
                              : rule.min           ? fmt::format("{} and more", low)
                                                   : fmt::format("{} and less", high);
    checks_.push_back({rule.name, "out_of_range", severity,
                       fmt::format("({})", fmt::join(outside, " or ")), shown, sql_literal(limit)});
}

/// A position is where it should be: inside the bounds, and not the two numbers swapped.
void RecordSql::add_bounds_checks(const std::string& severity) {
    const auto [x, y] = position_fields();
    const std::string shown = fmt::format("'(' || {}::varchar || ', ' || {}::varchar || ')'", x, y);
    const std::string zero = fmt::format("({} = 0 and {} = 0)", x, y);
    const std::string inside = fmt::format("{{}} between {} and {} and {{}} between {} and {}",
                                           bounds_[0], bounds_[2], bounds_[1], bounds_[3]);
    const std::string limit = sql_literal(fmt::format(
        "longitude {} to {}, latitude {} to {}", bounds_[0], bounds_[2], bounds_[1], bounds_[3]));
    const std::string outside =
        fmt::format("not ({})", fmt::format(fmt::runtime(inside), "lon_deg", "lat_deg"));
    const std::string swapped = fmt::format(fmt::runtime(inside), "lat_deg", "lon_deg");
    checks_.push_back({"lon_deg", "position_zero", severity, zero, shown, {}});
    checks_.push_back({"lon_deg", "position_swapped", severity,
                       fmt::format("{} and {} and not {}", outside, swapped, zero), shown, limit});
    checks_.push_back({"lon_deg", "position_out_of_range", severity,
                       fmt::format("{} and not ({}) and not {}", outside, swapped, zero), shown,
                       limit});
    if (is_projected()) {
        checks_.push_back(
            {"lon_deg", "position_out_of_range", severity,
             "lon_deg is null and x_m is not null and y_m is not null and not " + zero, shown,
             limit});
    }
}

void RecordSql::add_position_checks() {
    const bool given = (has_field("lon_deg") && has_field("lat_deg")) || is_projected();
    if (!given) {
        return;
    }
    const std::string severity = target_.kind.expects_position ? "error" : "warning";
    const auto [x, y] = position_fields();
    // What is no number has been told already.
    const std::string doubts = fmt::format("{} is null and {} is null", doubt(x), doubt(y));
    checks_.push_back({"lon_deg",
                       "position_half",
                       severity,
                       fmt::format("(({} is null) <> ({} is null)) and {}", x, y, doubts),
                       "null",
                       {}});
    add_bounds_checks(severity);
    const std::string none = fmt::format("{} is null and {} is null", x, y);
    if (target_.kind.expects_position) {
        checks_.push_back({"lon_deg",
                           "no_position",
                           "error",
                           fmt::format("{} and {}", none, doubts),
                           "null",
                           {}});
    } else if (!target_.kind.warn_without_position.empty()) {
        checks_.push_back({"lon_deg",
                           target_.kind.warn_without_position,
                           "warning",
                           fmt::format("{} and {}", none, doubts),
                           identifier(target_.kind.key.front()),
                           {},
                           false});
    }
}

void RecordSql::add_checks() {
    for (const Made& made : made_) {
        add_type_checks(made.rule);
        add_range_checks(made.rule);
    }
    if (target_.is_line_json) {
        checks_.push_back(
            {"record", "bad_json", "error", "\"json line\" is not null", "\"json line\"", {}});
    }
    for (const CheckRule& check : target_.kind.checks) {
        checks_.push_back({check.field,
                           check.code,
                           check.severity,
                           check.when,
                           identifier(check.field) + "::varchar",
                           {}});
    }
    add_position_checks();
}

void RecordSql::check_nul_bytes() {
    strips_nul_ = true;
    for (const Made& made : made_) {
        if (made.rule.type == "text" || made.rule.type == "company_number") {
            const std::string name = identifier(made.rule.name);
            checks_.push_back({made.rule.name,
                               "nul_byte",
                               "warning",
                               fmt::format("contains({}, chr(0))", name),
                               fmt::format("replace({}, chr(0), '\\0')", name),
                               {},
                               false});
        }
    }
}

} // namespace icmap::ingest
