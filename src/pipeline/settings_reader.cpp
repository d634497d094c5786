#include "pipeline/settings_reader.hpp"

#include "base/nearest.hpp"
#include "base/toml.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace icmap::pipeline {

/// What the readers of one file share: its tree, and what is wrong with it.
struct SettingsReader::Document {
    std::string file;
    toml::Table root;
    std::vector<Error> faults;
    std::vector<std::shared_ptr<Table>> tables; ///< that were read
};

/// A table being read, and the keys that were asked for.
struct SettingsReader::Table {
    const toml::Table* values = nullptr;
    std::string name;
    std::set<std::string> known;
};

SettingsReader::SettingsReader(std::shared_ptr<Document> document, std::shared_ptr<Table> table)
    : document_(std::move(document)), table_(std::move(table)) {
    document_->tables.push_back(table_);
}
SettingsReader::SettingsReader(SettingsReader&&) noexcept = default;
SettingsReader& SettingsReader::operator=(SettingsReader&&) noexcept = default;
SettingsReader::~SettingsReader() = default;

namespace {

/// A date of the calendar, or nothing.
std::optional<std::string> as_iso_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
        if (text[i] < '0' || text[i] > '9') {
            return std::nullopt;
        }
    }
    const int year = std::stoi(text.substr(0, 4));
    const int month = std::stoi(text.substr(5, 2));
    const int day = std::stoi(text.substr(8, 2));
    static constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12 || day < 1) {
        return std::nullopt;
    }
    const int last = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
    return day <= last ? std::optional(text) : std::nullopt;
}

} // namespace

Result<SettingsReader> SettingsReader::parse(std::string_view text, const std::string& file) {
    auto document = std::make_shared<Document>();
    document->file = file;
    ICMAP_ASSIGN(document->root,
                 toml::parse(text, file, "Texts need quotes, tables [brackets]; see examples/"));
    auto table = std::make_shared<Table>();
    table->values = &document->root;
    return SettingsReader(std::move(document), std::move(table));
}

std::uint32_t SettingsReader::line() const {
    return table_->values->line();
}

std::uint32_t SettingsReader::line_of(const std::string& key) const {
    const toml::Node* node = table_->values->get(key);
    return node == nullptr ? line() : node->line();
}

std::size_t SettingsReader::fault_count() const {
    return document_->faults.size();
}

std::vector<std::string> SettingsReader::keys() const {
    std::vector<std::string> names;
    for (const auto& [key, node] : table_->values->entries()) {
        names.push_back(key);
    }
    return names;
}

void SettingsReader::fault(const std::string& key, std::string what, std::string remedy) {
    Error error;
    error.file = document_->file;
    error.line = table_->values->line();
    error.what = std::move(what);
    error.field = table_->name.empty() ? key : table_->name + "." + key;
    error.remedy = std::move(remedy);
    if (const toml::Node* node = table_->values->get(key)) {
        error.line = node->line();
        error.value = node->shown();
    }
    document_->faults.push_back(std::move(error));
}

void SettingsReader::unknown_key(const std::string& key, const std::string& word,
                                 const std::vector<std::string>& known) {
    const auto nearest = nearest_word(word, known);
    Error error;
    error.file = document_->file;
    error.line = table_->values->line();
    if (const toml::Table* inner = (*table_->values)[key.substr(0, key.find('.'))].as_table()) {
        if (const toml::Node* node = inner->get(word)) {
            error.line = node->line();
        }
    }
    error.what = "There is no such setting";
    error.field = table_->name.empty() ? key : table_->name + "." + key;
    error.remedy = nearest ? fmt::format("Did you mean {}?", *nearest)
                           : fmt::format("There are: {}", fmt::join(known, ", "));
    document_->faults.push_back(std::move(error));
}

std::optional<SettingsReader> SettingsReader::table(const std::string& key) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (node->as_table() == nullptr) {
        fault(key, fmt::format("{} is not a table", key), fmt::format("Write [{}]", key));
        return std::nullopt;
    }
    auto inner = std::make_shared<Table>();
    inner->values = node->as_table();
    inner->name = table_->name.empty() ? key : table_->name + "." + key;
    return SettingsReader(document_, std::move(inner));
}

std::vector<SettingsReader> SettingsReader::tables(const std::string& key) {
    table_->known.insert(key);
    std::vector<SettingsReader> all;
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return all;
    }
    const auto list = toml::tables_of(*node);
    if (!list || list->empty()) {
        fault(key, fmt::format("{} is not a list of tables", key),
              fmt::format("Write [[{}]]", key));
        return all;
    }
    for (const toml::Table* entry : *list) {
        auto inner = std::make_shared<Table>();
        inner->values = entry;
        inner->name = key;
        all.push_back(SettingsReader(document_, std::move(inner)));
    }
    return all;
}

bool SettingsReader::is_text(const std::string& key) const {
    return (*table_->values)[key].value<std::string>().has_value();
}

std::string SettingsReader::text(const std::string& key, const std::string& otherwise) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return otherwise;
    }
    if (const auto value = node->value<std::string>()) {
        return *value;
    }
    fault(key, fmt::format("{} is not a text", key), "Put it in quotes");
    return otherwise;
}

std::vector<std::string> SettingsReader::texts(const std::string& key) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return {};
    }
    if (const auto value = node->value<std::string>()) {
        return {*value};
    }
    std::vector<std::string> all;
    const toml::Array* list = node->as_array();
    if (list == nullptr) {
        fault(key, fmt::format("{} is neither a text nor a list of texts", key),
              "Put it in quotes");
        return all;
    }
    for (const toml::Node& entry : *list) {
        if (const auto value = entry.value<std::string>()) {
            all.push_back(*value);
        } else {
            fault(key, fmt::format("{} holds something that is not a text", key),
                  "Put every entry in quotes");
        }
    }
    return all;
}

bool SettingsReader::boolean(const std::string& key, bool otherwise) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return otherwise;
    }
    if (const auto value = node->value<bool>()) {
        return *value;
    }
    fault(key, fmt::format("{} is neither true nor false", key), "Write true or false");
    return otherwise;
}

std::uint64_t SettingsReader::whole(const std::string& key, std::uint64_t otherwise,
                                    std::uint64_t low, std::uint64_t high) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto value = node->value<std::int64_t>();
    if (!value || *value < static_cast<std::int64_t>(low) ||
        *value > static_cast<std::int64_t>(high)) {
        fault(key, fmt::format("{} must be a whole number from {} to {}", key, low, high),
              fmt::format("The default is {}", otherwise));
        return otherwise;
    }
    return static_cast<std::uint64_t>(*value);
}

double SettingsReader::number(const std::string& key, double otherwise, double low, double high,
                              std::string_view unit, bool open_low) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        return otherwise;
    }
    const std::optional<double> value = node->value<double>();
    const bool is_inside = value && std::isfinite(*value) && *value <= high &&
                           (open_low ? *value > low : *value >= low);
    if (!is_inside) {
        fault(key,
              fmt::format("{} must be a number{}{} {} {} to {}", key, unit.empty() ? "" : " of ",
                          unit, open_low ? "above" : "from", low, high),
              fmt::format("The default is {}", otherwise));
        return otherwise;
    }
    return *value;
}

std::string SettingsReader::text_or_date(const std::string& key) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node != nullptr) {
        if (const auto date = node->value<toml::Date>()) {
            return date->iso;
        }
    }
    return text(key, "");
}

std::string SettingsReader::date(const std::string& key) {
    table_->known.insert(key);
    const toml::Node* node = table_->values->get(key);
    if (node == nullptr) {
        fault(key, fmt::format("{} is missing", key), "Write a date, as in as_of = 2024-11-01");
        return {};
    }
    if (const auto value = node->value<toml::Date>()) {
        return value->iso;
    }
    if (const auto words = node->value<std::string>()) {
        if (const auto value = as_iso_date(*words)) {
            return *value;
        }
    }
    fault(key, fmt::format("{} is no date that exists", key),
          "Write it as year-month-day, as in as_of = 2024-11-01");
    return {};
}

std::optional<std::size_t> SettingsReader::choose(const std::string& key,
                                                  const std::vector<std::string>& known) {
    const std::string word = text(key, "");
    if (word.empty()) {
        return std::nullopt;
    }
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) {
        const auto nearest = nearest_word(word, known);
        fault(key, fmt::format("{} must be one of: {}", key, fmt::join(known, ", ")),
              nearest ? fmt::format("Did you mean \"{}\"?", *nearest) : std::string());
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - known.begin());
}

std::vector<Error> SettingsReader::errors() {
    std::vector<Error> all = document_->faults;
    for (const auto& table : document_->tables) {
        const std::vector<std::string> known(table->known.begin(), table->known.end());
        for (const auto& [name, node] : table->values->entries()) {
            if (table->known.contains(name)) {
                continue;
            }
            Error error;
            error.file = document_->file;
            error.line = node.line();
            error.what = "There is no such setting";
            error.field = table->name.empty() ? name : table->name + "." + name;
            const auto nearest = nearest_word(name, known);
            error.remedy = nearest ? fmt::format("Did you mean {}?", *nearest)
                                   : fmt::format("There are: {}", fmt::join(known, ", "));
            all.push_back(std::move(error));
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Error& a, const Error& b) { return a.line < b.line; });
    return all;
}

} // namespace icmap::pipeline
