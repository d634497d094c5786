#pragma once

#include "tiles/interner.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace icmap::tiles {

/// One attribute value as a tile carries it; monostate: the feature has no such attribute.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

/// A typed attribute of all features of a layer, stored as narrowly as its values allow.
class Column {
  public:
    /// One value per feature; nullopt, and a number that is not finite: no value.
    [[nodiscard]] static Column booleans(std::string name,
                                         std::span<const std::optional<bool>> values);
    [[nodiscard]] static Column integers(std::string name,
                                         std::span<const std::optional<std::int64_t>> values);
    /// The same without a copy. \param values kNoInteger: no value
    [[nodiscard]] static Column integers(std::string name, std::vector<std::int32_t> values);
    static constexpr std::int32_t kNoInteger = std::numeric_limits<std::int32_t>::min();
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
    /// A number that features of equal value share, and no others of the column. Nothing where
    /// there is none: for texts that are taken to be all different, say.
    [[nodiscard]] std::optional<std::uint64_t> identity(std::size_t i) const;

    /// The same values in another order. \param order for each feature, the one it takes after
    void reorder(std::span<const std::uint32_t> order);

  private:
    friend class TextColumnBuilder;
    /// Distinct texts, and the number of each feature's; kNoText where it has none.
    struct SharedTexts {
        Interner distinct;
        std::vector<std::uint32_t> codes;
        [[nodiscard]] std::size_t size() const { return codes.size(); }
        void reorder(std::span<const std::uint32_t> order);
    };
    /// One text a feature, one after the other; no text is an empty one.
    struct OwnTexts {
        std::string bytes;
        std::vector<std::size_t> block_begin; ///< of every kBlock features
        std::vector<std::uint32_t> ends;      ///< from the begin of its block
        void add(std::string_view text);
        [[nodiscard]] std::string_view at(std::size_t i) const;
        [[nodiscard]] std::size_t size() const { return ends.size(); }
        void reorder(std::span<const std::uint32_t> order);
    };
    std::string name_;
    std::variant<std::vector<std::int8_t>, std::vector<std::int32_t>,
                 std::vector<std::optional<std::int64_t>>, std::vector<double>, SharedTexts,
                 OwnTexts>
        values_;
};

/// Grows a column of texts one by one, so that they need not be held twice.
class TextColumnBuilder {
  public:
    /// How the texts are kept: each distinct one once, or, where hardly any two are alike (names,
    /// numbers), simply all. An empty text of the second kind is no value.
    enum class Texts : std::uint8_t { shared, own };
    explicit TextColumnBuilder(Texts kind);
    void add(std::optional<std::string_view> text);
    [[nodiscard]] Column finish(std::string name) &&;

  private:
    Column column_;
};

} // namespace icmap::tiles
