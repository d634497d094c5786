#include "ingest/catalog.hpp"

#include "base/embedded.hpp"
#include "base/nearest.hpp"
#include "base/toml.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace icmap::ingest {
namespace {

std::string text_at(const toml::Table& table, std::string_view key) {
    return table[key].value_or(std::string{});
}

std::vector<std::string> texts_at(const toml::Table& table, std::string_view key) {
    std::vector<std::string> all;
    if (const toml::Array* list = table[key].as_array()) {
        for (const toml::Node& node : *list) {
            all.push_back(node.value_or(std::string{}));
        }
    } else if (const auto one = table[key].value<std::string>()) {
        all.push_back(*one);
    }
    return all;
}

FieldRule field_rule(const toml::Table& table) {
    FieldRule rule;
    rule.name = text_at(table, "name");
    rule.type = table["type"].value_or(std::string("text"));
    rule.required = table["required"].value_or(false);
    rule.min = table["min"].value<double>();
    rule.max = table["max"].value<double>();
    rule.max_length = table["max_length"].value_or(rule.type == "text" ? 10000U : 0U);
    rule.one_of = texts_at(table, "one_of");
    rule.default_value = text_at(table, "default");
    return rule;
}

Mapping mapping_of(std::string kind, const toml::Table& table) {
    Mapping mapping;
    mapping.kind = std::move(kind);
    mapping.optional = texts_at(table, "optional");
    mapping.one_per = text_at(table, "one_per");
    mapping.where = text_at(table, "where");
    mapping.explode = text_at(table, "explode");
    mapping.also = text_at(table, "also");
    if (const toml::Table* fields = table["fields"].as_table()) {
        for (const auto& [field, node] : fields->entries()) {
            mapping.fields.emplace_back(field, node.value_or(std::string{}));
        }
    }
    return mapping;
}

ReaderOptions reader_options(const toml::Table& table) {
    ReaderOptions reader;
    reader.quote = text_at(table, "quote");
    reader.encoding = text_at(table, "encoding");
    reader.layer = text_at(table, "layer");
    reader.rows = text_at(table, "rows");
    reader.crs = text_at(table, "crs");
    reader.skip_lines = table["skip_lines"].value_or(0U);
    return reader;
}

std::vector<std::string> names_below(std::string_view folder) {
    std::vector<std::string> names;
    for (const base::EmbeddedText& entry : reference::texts()) {
        if (entry.path.starts_with(folder) && entry.path.ends_with(".toml")) {
            names.emplace_back(
                entry.path.substr(folder.size(), entry.path.size() - folder.size() - 5));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

tl::unexpected<Error> unknown(std::string_view what, std::string_view name,
                              const std::vector<std::string>& known) {
    Error error;
    error.what = fmt::format("There is no {} of this name", what);
    error.field = what;
    error.value = name;
    const auto nearest = nearest_word(name, known);
    error.remedy = nearest ? fmt::format("Did you mean \"{}\"? There are: {}", *nearest,
                                         fmt::join(known, ", "))
                           : fmt::format("There are: {}", fmt::join(known, ", "));
    return tl::unexpected(std::move(error));
}

} // namespace

const FieldRule* Kind::field(std::string_view field_name) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldRule& f) { return f.name == field_name; });
    return found == fields.end() ? nullptr : &*found;
}

const Mapping* Preset::mapping(std::string_view kind) const {
    const auto found = std::find_if(mappings.begin(), mappings.end(),
                                    [&](const Mapping& m) { return m.kind == kind; });
    return found == mappings.end() ? nullptr : &*found;
}

Result<Kind> parse_kind(std::string_view text, std::string_view name) {
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, name));
    Kind kind;
    kind.name = name;
    kind.table = text_at(table, "table");
    kind.key = texts_at(table, "key");
    kind.warn_without_position = text_at(table, "warn_without_position");
    kind.expects_position = table["expects_position"].value_or(false);
    if (const toml::Array* fields = table["field"].as_array()) {
        for (const toml::Node& node : *fields) {
            if (const toml::Table* field = node.as_table()) {
                kind.fields.push_back(field_rule(*field));
            }
        }
    }
    if (const toml::Array* checks = table["check"].as_array()) {
        for (const toml::Node& node : *checks) {
            if (const toml::Table* check = node.as_table()) {
                kind.checks.push_back({text_at(*check, "field"), text_at(*check, "code"),
                                       check->get("severity") != nullptr
                                           ? text_at(*check, "severity")
                                           : std::string("warning"),
                                       text_at(*check, "when")});
            }
        }
    }
    return kind;
}

Result<Preset> parse_preset(std::string_view text, std::string_view name) {
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, name));
    Preset preset;
    preset.name = name;
    preset.title = text_at(table, "title");
    preset.licence = text_at(table, "licence");
    preset.attribution = text_at(table, "attribution");
    preset.url = text_at(table, "url");
    preset.keep_all = text_at(table, "keep_all");
    if (const toml::Table* reader = table["reader"].as_table()) {
        preset.reader = reader_options(*reader);
        preset.delimiters = texts_at(*reader, "delimiter");
        preset.header = (*reader)["header"].value_or(std::string("always"));
    }
    if (const toml::Array* bounds = table["bounds"].as_array()) {
        for (const toml::Node& node : *bounds) {
            preset.bounds.push_back(node.value_or(0.0));
        }
    }
    if (const toml::Table* inputs = table["inputs"].as_table()) {
        for (const auto& [input, node] : inputs->entries()) {
            preset.inputs.emplace_back(input, texts_at(*inputs, input));
        }
    }
    if (const toml::Table* kinds = table["kinds"].as_table()) {
        for (const auto& [kind, node] : kinds->entries()) {
            if (const toml::Table* mapping = node.as_table()) {
                preset.mappings.push_back(mapping_of(kind, *mapping));
            }
        }
    }
    return preset;
}

Result<Kind> load_kind(std::string_view name) {
    const auto text = base::find_text(reference::texts(), fmt::format("kinds/{}.toml", name));
    if (!text) {
        return unknown("kind", name, kind_names());
    }
    return parse_kind(*text, name);
}

Result<Preset> load_preset(std::string_view name) {
    const auto text = base::find_text(reference::texts(), fmt::format("presets/{}.toml", name));
    if (!text) {
        return unknown("format", name, preset_names());
    }
    return parse_preset(*text, name);
}

Result<std::vector<RejectCode>> load_reject_codes() {
    const auto text = base::find_text(reference::texts(), "reject_codes.toml");
    if (!text) {
        return internal_error("reference/reject_codes.toml is missing");
    }
    ICMAP_ASSIGN(const toml::Table table, toml::parse(*text, "reject_codes.toml"));
    std::vector<RejectCode> codes;
    for (const auto& [code, node] : table.entries()) {
        if (const toml::Table* entry = node.as_table()) {
            codes.push_back({code, text_at(*entry, "what") + ". " + text_at(*entry, "remedy")});
        }
    }
    return codes;
}

std::vector<std::string> kind_names() {
    return names_below("kinds/");
}

std::vector<std::string> preset_names() {
    return names_below("presets/");
}

} // namespace icmap::ingest
