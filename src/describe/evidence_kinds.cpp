#include "describe/evidence_kinds.hpp"

#include "base/embedded.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

namespace icmap::describe {

Result<std::vector<std::string>> uncounted_kinds(std::string_view rules) {
    const std::string_view built_in =
        base::find_text(reference::texts(), "evidence.toml").value_or("");
    std::vector<std::string> kinds;
    try {
        const toml::table table = toml::parse(rules.empty() ? built_in : rules);
        if (const toml::array* entries = table["evidence"].as_array()) {
            for (const toml::node& node : *entries) {
                const toml::table* entry = node.as_table();
                if (entry != nullptr && !(*entry)["counts"].value_or(true)) {
                    kinds.push_back((*entry)["kind"].value_or(std::string()));
                }
            }
        }
    } catch (const toml::parse_error& failure) {
        Error error;
        error.what =
            fmt::format("The evidence rules are not valid TOML: {}", failure.description());
        error.line = failure.source().begin.line;
        error.remedy = "Mend the line; reference/evidence.toml shows the form";
        return tl::unexpected(std::move(error));
    }
    return kinds;
}

} // namespace icmap::describe
