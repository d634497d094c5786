#pragma once

#include "ingest/catalog.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace icmap::ingest {

/// How a type of field is cleaned and typed; `x` is the text.
struct TypeRule {
    std::string_view name;
    std::string_view sql_type;
    std::string_view clean; ///< of the raw expression
    std::string_view typed; ///< of the cleaned
    bool can_fail = false;  ///< a text may be no such value: it is kept beside
};

inline constexpr std::array kTypes{
    TypeRule{"text", "varchar", "clean_text({})", "{}"},
    TypeRule{"company_number", "varchar", "clean_token({})", "company_number_of({})"},
    TypeRule{"postcode", "varchar", "clean_token({})", "postcode_of({})", true},
    TypeRule{"date", "date", "clean_token({})", "date_of({})", true},
    TypeRule{"integer", "integer", "clean_token({})", "integer_of({})", true},
    TypeRule{"number", "double", "clean_token({})", "number_of({})", true},
    TypeRule{"lon", "double", "clean_token({})", "number_of({})", true},
    TypeRule{"lat", "double", "clean_token({})", "number_of({})", true},
    TypeRule{"boolean", "boolean", "clean_token({})", "boolean_of({})", true},
    TypeRule{"text_list", "varchar[]", "{}", "clean_list({})"},
    TypeRule{"sic_list", "varchar[]", "{}", "sic_list_of({})"},
    TypeRule{"geometry", "blob", "{}", "{}"},
};

inline const TypeRule& type_rule(std::string_view name) {
    const auto* found = std::find_if(kTypes.begin(), kTypes.end(),
                                     [&](const TypeRule& rule) { return rule.name == name; });
    return found == kTypes.end() ? kTypes.front() : *found;
}

inline std::string fill_in(std::string_view pattern, std::string_view x) {
    return fmt::format(fmt::runtime(pattern), x);
}

/// The column beside a field that holds what could not be typed.
inline std::string doubt(std::string_view field) {
    return store::identifier(fmt::format("{} ?", field));
}

inline bool is_list(const FieldRule& rule) {
    return rule.type == "text_list" || rule.type == "sic_list";
}

} // namespace icmap::ingest
