#include "serve/definitions.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

#include <fmt/format.h>

namespace icmap::serve {
namespace {

MeasureEntry read_entry(const toml::Table& table, std::string_view kind) {
    const auto field = [&table](std::string_view name) {
        return table[name].value_or(std::string());
    };
    MeasureEntry entry;
    entry.key = field(kind);
    entry.label = field("label");
    entry.unit = field("unit");
    entry.definition = field("definition");
    entry.method = field("method");
    entry.source = field("source");
    entry.group = field("group");
    entry.formula = field("formula");
    entry.caveat = field("caveat");
    entry.better = field("better");
    entry.coverage_of = field("coverage_of");
    entry.decimals = table["decimals"].value_or(std::int64_t{0});
    return entry;
}

} // namespace

Result<std::vector<MeasureEntry>> read_definitions(std::string_view file, std::string_view kind) {
    const auto text = base::find_text(reference::texts(), file);
    if (!text) {
        return internal_error(fmt::format("there is no reference/{}", file));
    }
    auto table = toml::parse(*text, fmt::format("reference/{}", file));
    if (!table) {
        return internal_error(table.error().message());
    }
    std::vector<MeasureEntry> entries;
    if (const toml::Array* all = (*table)[kind].as_array()) {
        for (const toml::Node& node : *all) {
            if (const toml::Table* one = node.as_table()) {
                entries.push_back(read_entry(*one, kind));
            }
        }
    }
    return entries;
}

} // namespace icmap::serve
