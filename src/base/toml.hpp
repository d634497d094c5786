#pragma once

#include "base/result.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// TOML files as values of ours that know their line; the only door to the library that parses
/// them.
namespace icmap::toml {

class Node;
struct Entry;
using Array = std::vector<Node>;

/// A date without a time, as "2024-11-01".
struct Date {
    std::string iso;
};

/// A time, or a date with one: nothing of ours holds it.
struct Time {};

/// A node that may be missing.
class View;

/// Keys and values in the order of the file.
class Table {
  public:
    Table() = default;
    explicit Table(std::vector<Entry> entries);
    /// \complexity linear in the keys
    [[nodiscard]] const Node* get(std::string_view key) const;
    [[nodiscard]] View operator[](std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const { return get(key) != nullptr; }
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// Line on which it starts, 1-based.
    [[nodiscard]] std::uint32_t line() const { return line_; }

  private:
    friend class Node;
    std::vector<Entry> entries_;
    std::uint32_t line_ = 1;
};

class Node {
  public:
    using Value = std::variant<std::string, std::int64_t, double, bool, Date, Time, Array, Table>;
    Node(Value value, std::uint32_t line);

    [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&value_); }
    [[nodiscard]] const Table* as_table() const { return std::get_if<Table>(&value_); }
    /// The value as a T, or nothing where it is something else; a whole number is a double too, but
    /// nothing else is converted. T: std::string, bool, Date, double or any integer that holds it.
    template <class T>
    [[nodiscard]] std::optional<T> value() const {
        if constexpr (std::integral<T> && !std::same_as<T, bool>) {
            const auto* number = std::get_if<std::int64_t>(&value_);
            return number != nullptr && std::in_range<T>(*number)
                       ? std::optional(static_cast<T>(*number))
                       : std::nullopt;
        } else {
            if constexpr (std::same_as<T, double>) {
                if (const auto* number = std::get_if<std::int64_t>(&value_)) {
                    return static_cast<double>(*number);
                }
            }
            const T* found = std::get_if<T>(&value_);
            return found != nullptr ? std::optional(*found) : std::nullopt;
        }
    }
    template <class T>
    [[nodiscard]] T value_or(T otherwise) const {
        return value<T>().value_or(std::move(otherwise));
    }
    /// The value as a message shows it: a text as it is, "a list", "a table".
    [[nodiscard]] std::string shown() const;
    /// Line on which it starts, 1-based.
    [[nodiscard]] std::uint32_t line() const { return line_; }

  private:
    Value value_;
    std::uint32_t line_;
};

struct Entry {
    std::string key;
    Node node;
};

class View {
  public:
    explicit View(const Node* node) : node_(node) {}
    [[nodiscard]] const Array* as_array() const { return node_ ? node_->as_array() : nullptr; }
    [[nodiscard]] const Table* as_table() const { return node_ ? node_->as_table() : nullptr; }
    template <class T>
    [[nodiscard]] std::optional<T> value() const {
        return node_ ? node_->value<T>() : std::nullopt;
    }
    template <class T>
    [[nodiscard]] T value_or(T otherwise) const {
        return node_ ? node_->value_or(std::move(otherwise)) : otherwise;
    }

  private:
    const Node* node_;
};

/// The tables of a list of tables ("[[source]]").
/// \returns nothing where the node is not such a list; none where it is empty
[[nodiscard]] std::optional<std::vector<const Table*>> tables_of(const Node& node);

/// Reads a TOML text.
/// \param file named in the error
/// \param remedy of the error
/// \errors input: it is not TOML, with the line
[[nodiscard]] Result<Table> parse(std::string_view text, std::string_view file,
                                  std::string_view remedy = "Mend the line");

} // namespace icmap::toml
