#include "describe/type_rules.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

#include <fmt/format.h>

namespace icmap::describe {
namespace {

struct Limit {
    const char* table;
    const char* key;
    double least;
    double most;
};

Result<double> read_limit(const toml::Table& table, const Limit& limit) {
    const toml::Table* part = table[limit.table].as_table();
    const auto value = part != nullptr ? (*part)[limit.key].value<double>() : std::nullopt;
    if (!value || !(*value >= limit.least && *value <= limit.most)) {
        return internal_error(fmt::format("reference/types.toml: {}.{} must be {} to {}",
                                          limit.table, limit.key, limit.least, limit.most));
    }
    return *value;
}

} // namespace

Result<TypeRules> read_type_rules() {
    ICMAP_ASSIGN(const toml::Table table,
                 toml::parse(base::find_text(reference::texts(), "types.toml").value_or(""),
                             "reference/types.toml"));
    TypeRules rules;
    ICMAP_ASSIGN(const double enterprises,
                 read_limit(table, {"rdi_active", "min_enterprises", 1, 1000}));
    ICMAP_ASSIGN(const double projects,
                 read_limit(table, {"rdi_collaborating", "min_joint_projects", 1, 1000}));
    rules.min_active_enterprises = static_cast<std::uint32_t>(enterprises);
    rules.min_joint_projects = static_cast<std::uint32_t>(projects);
    ICMAP_ASSIGN(rules.min_active_share, read_limit(table, {"rdi_active", "min_share", 0, 1}));
    ICMAP_ASSIGN(rules.max_active_p, read_limit(table, {"rdi_active", "max_p", 0, 1}));
    ICMAP_ASSIGN(rules.max_collaboration_p,
                 read_limit(table, {"rdi_collaborating", "max_p", 0, 1}));
    ICMAP_ASSIGN(rules.min_quotient, read_limit(table, {"specialised", "min_quotient", 1, 100}));
    ICMAP_ASSIGN(rules.max_false_discovery,
                 read_limit(table, {"specialised", "max_false_discovery", 0, 1}));
    return rules;
}

} // namespace icmap::describe
