#include "base/toml.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace icmap::toml {
namespace {

Node converted(const ::toml::node& node);

Array converted_list(const ::toml::array& list) {
    Array all;
    all.reserve(list.size());
    for (const ::toml::node& item : list) {
        all.push_back(converted(item));
    }
    return all;
}

/// The library sorts keys by name; here they are as in the file.
Table converted_table(const ::toml::table& table) {
    std::vector<std::pair<std::string, const ::toml::node*>> nodes;
    for (const auto& [key, node] : table) {
        nodes.emplace_back(key.str(), &node);
    }
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
        const auto& left = a.second->source().begin;
        const auto& right = b.second->source().begin;
        return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    std::vector<Entry> entries;
    entries.reserve(nodes.size());
    for (auto& [key, node] : nodes) {
        entries.push_back({std::move(key), converted(*node)});
    }
    return Table(std::move(entries));
}

Node converted(const ::toml::node& node) {
    Node::Value value = Time{};
    node.visit([&value](const auto& found) {
        using T = std::decay_t<decltype(found)>;
        if constexpr (::toml::is_table<T>) {
            value = converted_table(found);
        } else if constexpr (::toml::is_array<T>) {
            value = converted_list(found);
        } else if constexpr (::toml::is_date<T>) {
            const ::toml::date& date = found.get();
            value = Date{fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day)};
        } else if constexpr (::toml::is_string<T> || ::toml::is_integer<T> ||
                             ::toml::is_floating_point<T> || ::toml::is_boolean<T>) {
            value = found.get();
        }
    });
    return {std::move(value), node.source().begin.line};
}

} // namespace

Table::Table(std::vector<Entry> entries) : entries_(std::move(entries)) {}

const Node* Table::get(std::string_view key) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [key](const Entry& entry) { return entry.key == key; });
    return found == entries_.end() ? nullptr : &found->node;
}

View Table::operator[](std::string_view key) const {
    return View(get(key));
}

Node::Node(Value value, std::uint32_t line) : value_(std::move(value)), line_(line) {
    if (auto* table = std::get_if<Table>(&value_)) {
        table->line_ = line;
    }
}

std::string Node::shown() const {
    struct Show {
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
        std::string operator()(double number) const { return fmt::format("{}", number); }
        std::string operator()(bool is_true) const { return is_true ? "true" : "false"; }
        std::string operator()(const Date& date) const { return date.iso; }
        std::string operator()(const Time& /*time*/) const { return "a time"; }
        std::string operator()(const Array& /*list*/) const { return "a list"; }
        std::string operator()(const Table& /*table*/) const { return "a table"; }
    };
    return std::visit(Show{}, value_);
}

std::optional<std::vector<const Table*>> tables_of(const Node& node) {
    const Array* list = node.as_array();
    if (list == nullptr) {
        return std::nullopt;
    }
    std::vector<const Table*> tables;
    for (const Node& item : *list) {
        if (item.as_table() == nullptr) {
            return std::nullopt;
        }
        tables.push_back(item.as_table());
    }
    return tables;
}

Result<Table> parse(std::string_view text, std::string_view file, std::string_view remedy) {
    try {
        return converted_table(::toml::parse(text, file));
    } catch (const ::toml::parse_error& failure) {
        Error error;
        error.what = fmt::format("This is not TOML: {}", failure.description());
        error.file = file;
        error.line = failure.source().begin.line;
        error.remedy = remedy;
        return tl::unexpected(std::move(error));
    }
}

} // namespace icmap::toml
