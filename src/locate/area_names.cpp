#include "locate/area_names.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace icmap::locate {
namespace {

constexpr std::string_view kFile = "reference/area-names.toml";

/// Columns of known_area_name.
struct KnownNames {
    std::vector<std::string> codes;
    std::vector<std::int32_t> positions;
    std::vector<std::string> names;
    std::vector<std::optional<std::string>> since; ///< ISO date
    std::vector<std::uint8_t> is_also;
    std::vector<std::string> sources;

    void add(const std::string& code, std::string name, std::optional<std::string> day, bool also,
             const std::string& source) {
        const bool is_next = !codes.empty() && codes.back() == code;
        positions.push_back(is_next ? positions.back() + 1 : 0);
        codes.push_back(code);
        names.push_back(std::move(name));
        since.push_back(std::move(day));
        is_also.push_back(also ? 1 : 0);
        sources.push_back(source);
    }
};

tl::unexpected<Error> fault(const toml::Table& area, std::string what, std::string remedy) {
    return tl::unexpected(Error{ErrorKind::input, std::move(what), std::string(kFile), area.line(),
                                "area", "", std::move(remedy)});
}

Result<void> read_area(const toml::Table& area, KnownNames& known) {
    const auto code = area["code"].value_or(std::string());
    const auto source = area["source"].value_or(std::string());
    const toml::Array* names = area["names"].as_array();
    if (code.empty() || source.empty() || names == nullptr || names->empty()) {
        return fault(area, "An area lacks its code, its names or their source",
                     "Write code, names and source");
    }
    for (const toml::Node& node : *names) {
        const toml::Table* entry = node.as_table();
        const auto name = entry ? (*entry)["name"].value_or(std::string()) : std::string();
        const auto day = entry ? (*entry)["since"].value<toml::Date>() : std::nullopt;
        const bool is_first = &node == names->data();
        if (name.empty() || day.has_value() == is_first) {
            return fault(area, "A name of " + code + " is missing, or its day",
                         "Give each name but the first the day from which it holds");
        }
        known.add(code, name, day ? std::optional(day->iso) : std::nullopt, false, source);
    }
    if (const toml::Array* also = area["also"].as_array()) {
        for (const toml::Node& node : *also) {
            known.add(code, node.value_or(std::string()), std::nullopt, true, source);
        }
    }
    return {};
}

} // namespace

Result<void> write_known_area_names(store::Connection& connection, std::string_view text) {
    ICMAP_ASSIGN(const toml::Table file, toml::parse(text, kFile));
    KnownNames known;
    if (const toml::Node* areas = file.get("area")) {
        for (const toml::Table* area :
             toml::tables_of(*areas).value_or(std::vector<const toml::Table*>{})) {
            ICMAP_TRY(read_area(*area, known));
        }
    }
    ICMAP_TRY(connection.run("create or replace temp table known_area_name (code varchar, position "
                             "integer, name varchar, since varchar, is_also utinyint, source "
                             "varchar)"));
    const std::array<store::Column, 6> columns{
        store::Column{std::span<const std::string>(known.codes)},
        store::Column{std::span<const std::int32_t>(known.positions)},
        store::Column{std::span<const std::string>(known.names)},
        store::Column{std::span<const std::optional<std::string>>(known.since)},
        store::Column{std::span<const std::uint8_t>(known.is_also)},
        store::Column{std::span<const std::string>(known.sources)}};
    return store::append_columns(connection, "main", "known_area_name", columns);
}

Result<void> write_known_area_names(store::Connection& connection) {
    return write_known_area_names(
        connection, base::find_text(reference::texts(), "area-names.toml").value_or(""));
}

} // namespace icmap::locate
