#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::pipeline {

/// One table of a TOML file, read value by value. Faults are collected, not returned: a file is
/// told all that is wrong with it in one go. Keys that nobody asked for are faults too.
/// Readers of tables inside it share its list of faults.
class SettingsReader {
  public:
    /// \errors input: not TOML, with the line
    [[nodiscard]] static Result<SettingsReader> parse(std::string_view text,
                                                      const std::string& file);
    SettingsReader(SettingsReader&&) noexcept;
    SettingsReader& operator=(SettingsReader&&) noexcept;
    ~SettingsReader();

    /// Line on which the table starts.
    [[nodiscard]] std::uint32_t line() const;
    /// Line of a key; that of the table where it is not given.
    [[nodiscard]] std::uint32_t line_of(const std::string& key) const;
    [[nodiscard]] std::vector<std::string> keys() const;

    [[nodiscard]] std::optional<SettingsReader> table(const std::string& key);
    [[nodiscard]] std::vector<SettingsReader> tables(const std::string& key);

    [[nodiscard]] bool is_text(const std::string& key) const;
    [[nodiscard]] std::string text(const std::string& key, const std::string& otherwise);
    /// A text, or a list of texts.
    [[nodiscard]] std::vector<std::string> texts(const std::string& key);
    [[nodiscard]] bool boolean(const std::string& key, bool otherwise);
    /// \param low,high inclusive
    [[nodiscard]] std::uint64_t whole(const std::string& key, std::uint64_t otherwise,
                                      std::uint64_t low, std::uint64_t high);
    /// \param low,high inclusive; `open_low`: low itself is not allowed
    [[nodiscard]] double number(const std::string& key, double otherwise, double low, double high,
                                std::string_view unit, bool open_low = false);
    /// A date as ISO text; it must be there.
    [[nodiscard]] std::string date(const std::string& key);
    /// A text or a date, as text; "" where there is none.
    [[nodiscard]] std::string text_or_date(const std::string& key);

    /// One of several words.
    template <class T>
    [[nodiscard]] T choice(const std::string& key,
                           const std::vector<std::pair<std::string, T>>& words, T otherwise) {
        std::vector<std::string> known;
        for (const auto& [word, value] : words) {
            known.push_back(word);
        }
        const std::optional<std::size_t> index = choose(key, known);
        return index ? words[*index].second : otherwise;
    }

    /// Adds a fault at the key's line.
    void fault(const std::string& key, std::string what, std::string remedy);
    /// Adds a fault: `key` ("columns.nmae") is none of `known`; the nearest is named.
    void unknown_key(const std::string& key, const std::string& word,
                     const std::vector<std::string>& known);

    /// How many faults have been added, to see whether a part of the file had one.
    [[nodiscard]] std::size_t fault_count() const;
    /// All faults so far by line, with those of keys that were never asked for. Of the root only.
    [[nodiscard]] std::vector<Error> errors();

  private:
    struct Document;
    struct Table;
    SettingsReader(std::shared_ptr<Document> document, std::shared_ptr<Table> table);
    [[nodiscard]] std::optional<std::size_t> choose(const std::string& key,
                                                    const std::vector<std::string>& known);
    std::shared_ptr<Document> document_;
    std::shared_ptr<Table> table_;
};

} // namespace icmap::pipeline
