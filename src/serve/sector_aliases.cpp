#include "serve/sector_aliases.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

namespace icmap::serve {

Result<std::map<std::string, std::vector<std::string>>> sector_aliases() {
    std::map<std::string, std::vector<std::string>> aliases;
    const auto text = base::find_text(reference::texts(), "sector-aliases.toml");
    if (!text) {
        return internal_error("there is no reference/sector-aliases.toml");
    }
    auto file = toml::parse(*text, "reference/sector-aliases.toml");
    if (!file) {
        return internal_error(file.error().message());
    }
    const toml::Table* table = (*file)["alias"].as_table();
    if (table == nullptr) {
        return internal_error("reference/sector-aliases.toml has no table [alias]");
    }
    for (const toml::Entry& entry : table->entries()) {
        const toml::Array* words = entry.node.as_array();
        for (std::size_t i = 0; words != nullptr && i < words->size(); ++i) {
            aliases[entry.key].push_back((*words)[i].value_or(std::string()));
        }
    }
    return aliases;
}

} // namespace icmap::serve
