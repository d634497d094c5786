#include "describe/measure_rules.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

Result<void> write_measure_rules(store::Connection& connection) {
    std::vector<std::string> measures;
    std::vector<std::string> better;
    ICMAP_ASSIGN(const toml::Table table,
                 toml::parse(base::find_text(reference::texts(), "measures.toml").value_or(""),
                             "reference/measures.toml"));
    if (const toml::Array* entries = table["measure"].as_array()) {
        for (const toml::Node& node : *entries) {
            if (const toml::Table* entry = node.as_table()) {
                measures.push_back((*entry)["measure"].value_or(std::string()));
                better.push_back((*entry)["better"].value_or(std::string("none")));
            }
        }
    }
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::string>(measures)},
        store::Column{std::span<const std::string>(better)}};
    return store::append_columns(connection, "main", "describe_rule", columns);
}

} // namespace icmap::describe
