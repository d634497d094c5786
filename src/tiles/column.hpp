#pragma once

#include "tiles/interner.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace icmap::tiles {

/// One attribute value as a tile carries it; monostate: the feature has no such attribute.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

/// A typed attribute of all features of a layer. Texts are stored once each.
class Column {
  public:
    /// One value per feature; nullopt, and a number that is not finite: no value.
    [[nodiscard]] static Column booleans(std::string name,
                                         std::span<const std::optional<bool>> values);
    [[nodiscard]] static Column integers(std::string name,
                                         std::span<const std::optional<std::int64_t>> values);
    [[nodiscard]] static Column numbers(std::string name,
                                        std::span<const std::optional<double>> values);
    [[nodiscard]] static Column texts(std::string name,
                                      std::span<const std::optional<std::string_view>> values);

    [[nodiscard]] const std::string& name() const { return name_; }
    /// As TileJSON's vector_layers names it: "Boolean", "Number" or "String".
    [[nodiscard]] std::string_view type_name() const;
    [[nodiscard]] std::size_t size() const;
    /// The value of feature `i`; a text lives as long as the column.
    [[nodiscard]] Value at(std::size_t i) const;

  private:
    /// Texts by code, and the code of each feature; kNoText where it has none.
    struct Texts {
        Interner distinct;
        std::vector<std::uint32_t> codes;
    };
    std::string name_;
    std::variant<std::vector<std::int8_t>, std::vector<std::optional<std::int64_t>>,
                 std::vector<double>, Texts>
        values_;
};

} // namespace icmap::tiles
