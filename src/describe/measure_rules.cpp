#include "describe/measure_rules.hpp"

#include "base/embedded.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <fmt/format.h>
#include <span>
#include <string>
#include <toml++/toml.h>
#include <vector>

namespace icmap::describe {

Result<void> write_measure_rules(store::Connection& connection) {
    std::vector<std::string> measures;
    std::vector<std::string> better;
    try {
        const toml::table table =
            toml::parse(base::find_text(reference::texts(), "measures.toml").value_or(""));
        if (const toml::array* entries = table["measure"].as_array()) {
            for (const toml::node& node : *entries) {
                const toml::node_view entry(node);
                measures.push_back(entry["measure"].value_or(std::string()));
                better.push_back(entry["better"].value_or(std::string("none")));
            }
        }
    } catch (const toml::parse_error& failure) {
        return internal_error(fmt::format("reference/measures.toml, line {}: {}",
                                          failure.source().begin.line, failure.description()));
    }
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::string>(measures)},
        store::Column{std::span<const std::string>(better)}};
    return store::append_columns(connection, "main", "describe_rule", columns);
}

} // namespace icmap::describe
