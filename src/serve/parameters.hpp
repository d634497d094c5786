#pragma once

#include "base/units.hpp"
#include "serve/problem.hpp"
#include "serve/target.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// The query parameters of a request, read by name and type. Every mistake is a problem that names
/// the parameter, its value, the limit and the remedy. Once all are read, `finish` refuses what
/// nobody asked for.
class Parameters {
  public:
    explicit Parameters(const Target& target) : target_(&target) {}

    [[nodiscard]] std::optional<std::string> text(std::string_view name);
    [[nodiscard]] Checked<std::int64_t> integer(std::string_view name, std::int64_t smallest,
                                                std::int64_t largest, std::int64_t otherwise);
    [[nodiscard]] Checked<std::optional<double>> number(std::string_view name, double smallest,
                                                        double largest);
    [[nodiscard]] Checked<std::optional<bool>> boolean(std::string_view name);
    /// Comma-separated values, of all occurrences of the name; empty values are dropped.
    [[nodiscard]] std::vector<std::string> list(std::string_view name);
    /// As `list`, each value one of `allowed`.
    [[nodiscard]] Checked<std::vector<std::string>>
    list_of(std::string_view name, std::span<const std::string_view> allowed);
    /// west, south, east, north (or with heights, which are ignored). Heights aside the numbers
    /// must be positions on the globe, south ≤ north.
    [[nodiscard]] Checked<std::optional<Box>> bbox(std::string_view name);
    /// name[key]=number: the numbers by key. \errors 400 also for a key that is given twice
    [[nodiscard]] Checked<std::map<std::string, double>> by_key(std::string_view name);
    [[nodiscard]] bool has(std::string_view name);

    /// \errors 400 for a parameter that was never read, with the nearest that was, for one that is
    /// no
    ///         list and was given twice, and for a key in brackets that is missing or too much
    [[nodiscard]] Checked<void> finish() const;

    /// Names that were read so far.
    [[nodiscard]] const std::vector<std::string>& known() const { return known_; }

  private:
    void know(std::string_view name);
    const Target* target_;
    std::vector<std::string> known_;
    std::vector<std::string> single_; ///< those of which the first value alone was read
    std::vector<std::string> keyed_;  ///< those that take a key in brackets
};

/// "a, b or c"
[[nodiscard]] std::string in_words(std::span<const std::string_view> words);

/// A whole text as a finite number.
[[nodiscard]] std::optional<double> to_number(std::string_view text);
/// A whole text as an integer.
[[nodiscard]] std::optional<std::int64_t> to_integer(std::string_view text);

} // namespace icmap::serve
