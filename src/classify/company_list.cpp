#include "classify/taxonomy.hpp"

#include "names/slug.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <unordered_map>

namespace icmap::classify {
namespace {

/// One record of a CSV text (RFC 4180), and where it starts.
struct CsvRecord {
    std::vector<std::string> fields;
    std::uint64_t line = 0;
};

/// Hands out the records of a CSV text, blank lines skipped.
class CsvText {
  public:
    explicit CsvText(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) {
            text_.remove_prefix(3);
        }
    }
    std::optional<CsvRecord> next() {
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
            line_ += text_[at_++] == '\n' ? 1U : 0U;
        }
        if (at_ >= text_.size()) {
            return std::nullopt;
        }
        CsvRecord record;
        record.line = line_;
        bool more = true;
        while (more) {
            record.fields.emplace_back();
            more = read_field(record.fields.back());
        }
        return record;
    }

  private:
    /// Returns whether another field of the record follows.
    bool read_field(std::string& field) {
        bool quoted = false;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                if (quoted && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                    field += text_[at_++];
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                line_ += c == '\n' ? 1U : 0U;
                field += c;
            } else {
                if (c == ',') {
                    ++at_;
                }
                return c == ',';
            }
        }
        return false;
    }
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
};

std::string trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

/// "123456" → "00123456": the register's numbers have eight characters, spreadsheets drop zeros.
std::string company_number(std::string_view value) {
    std::string number = trimmed(value);
    for (char& c : number) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    const bool digits =
        std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && !number.empty() && number.size() < 8) {
        number.insert(0, 8 - number.size(), '0');
    }
    return number;
}

Result<std::size_t> column(const CsvRecord& header, std::string_view name, std::string_view file) {
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        std::string found = names::slugify(header.fields[i]);
        std::replace(found.begin(), found.end(), '-', '_');
        if (found == name) {
            return i;
        }
    }
    return tl::unexpected(Error{ErrorKind::input, "The list lacks a column", std::string(file),
                                header.line, std::string(name),
                                fmt::format("{}", fmt::join(header.fields, ",")),
                                "Give the list the columns company_number and sector"});
}

/// Sectors by what a list may call them: a slug goes before a name.
std::unordered_map<std::string, std::size_t> index_names(const Definitions& definitions) {
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        index.emplace(definitions.sectors[i].slug, i);
    }
    for (std::size_t i = 0; i < definitions.sectors.size(); ++i) {
        index.emplace(names::slugify(definitions.sectors[i].name), i);
    }
    return index;
}

/// The sector of a name that no taxonomy defines.
SectorDefinition listed_sector(const std::string& name, std::string_view file, std::uint64_t line) {
    SectorDefinition sector;
    sector.slug = names::slugify(name);
    sector.name = name;
    sector.type = "user";
    sector.definition = fmt::format("The companies listed under this name in {}.", file);
    sector.source = file;
    sector.file = file;
    sector.line = line;
    return sector;
}

} // namespace

Result<void> read_list(std::string_view file, std::string_view text, Definitions& definitions) {
    CsvText csv(text);
    const auto header = csv.next();
    if (!header) {
        return tl::unexpected(Error{ErrorKind::input, "The list is empty", std::string(file), 1, "",
                                    "", "Give it the columns company_number and sector"});
    }
    ICMAP_ASSIGN(const std::size_t number_at, column(*header, "company_number", file));
    ICMAP_ASSIGN(const std::size_t sector_at, column(*header, "sector", file));
    auto index = index_names(definitions);
    definitions.settings.emplace_back();
    while (const auto record = csv.next()) {
        const auto value = [&record](std::size_t at) {
            return at < record->fields.size() ? trimmed(record->fields[at]) : std::string();
        };
        const std::string number = company_number(value(number_at));
        const std::string name = value(sector_at);
        const std::string slug = names::slugify(name);
        if (number.empty() || slug.empty()) {
            return tl::unexpected(Error{ErrorKind::input, "A row of the list has an empty value",
                                        std::string(file), record->line,
                                        number.empty() ? "company_number" : "sector", name,
                                        "Fill it in or remove the row"});
        }
        const auto [found, is_new] = index.try_emplace(slug, definitions.sectors.size());
        if (is_new) {
            definitions.sectors.push_back(listed_sector(name, file, record->line));
            definitions.sectors.back().settings = definitions.settings.size() - 1;
        }
        definitions.sectors[found->second].companies.push_back(number);
    }
    return {};
}

} // namespace icmap::classify
