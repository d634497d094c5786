#include "tiles/column.hpp"

#include <cmath>
#include <limits>
#include <type_traits>

namespace icmap::tiles {

namespace {

constexpr std::uint32_t kNoText = std::numeric_limits<std::uint32_t>::max();
constexpr std::int8_t kNoBoolean = -1;

} // namespace

Column Column::booleans(std::string name, std::span<const std::optional<bool>> values) {
    std::vector<std::int8_t> kept;
    kept.reserve(values.size());
    for (const std::optional<bool>& value : values) {
        kept.push_back(value ? static_cast<std::int8_t>(*value) : kNoBoolean);
    }
    Column column;
    column.name_ = std::move(name);
    column.values_ = std::move(kept);
    return column;
}

Column Column::integers(std::string name, std::span<const std::optional<std::int64_t>> values) {
    Column column;
    column.name_ = std::move(name);
    column.values_ = std::vector<std::optional<std::int64_t>>(values.begin(), values.end());
    return column;
}

Column Column::numbers(std::string name, std::span<const std::optional<double>> values) {
    std::vector<double> kept;
    kept.reserve(values.size());
    for (const std::optional<double>& value : values) {
        kept.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    Column column;
    column.name_ = std::move(name);
    column.values_ = std::move(kept);
    return column;
}

Column Column::texts(std::string name, std::span<const std::optional<std::string_view>> values) {
    Texts kept;
    kept.codes.reserve(values.size());
    for (const std::optional<std::string_view>& value : values) {
        kept.codes.push_back(value ? kept.distinct.intern(*value) : kNoText);
    }
    kept.distinct.freeze();
    Column column;
    column.name_ = std::move(name);
    column.values_ = std::move(kept);
    return column;
}

std::string_view Column::type_name() const {
    switch (values_.index()) {
    case 0:
        return "Boolean";
    case 3:
        return "String";
    default:
        return "Number";
    }
}

std::size_t Column::size() const {
    return std::visit(
        [](const auto& values) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(values)>, Texts>) {
                return values.codes.size();
            } else {
                return values.size();
            }
        },
        values_);
}

Value Column::at(std::size_t i) const {
    struct At {
        std::size_t i;
        Value operator()(const std::vector<std::int8_t>& values) const {
            return values[i] == kNoBoolean ? Value{} : Value{values[i] == 1};
        }
        Value operator()(const std::vector<std::optional<std::int64_t>>& values) const {
            return values[i] ? Value{*values[i]} : Value{};
        }
        Value operator()(const std::vector<double>& values) const {
            return std::isfinite(values[i]) ? Value{values[i]} : Value{};
        }
        Value operator()(const Texts& texts) const {
            return texts.codes[i] == kNoText ? Value{} : Value{texts.distinct.at(texts.codes[i])};
        }
    };
    return std::visit(At{i}, values_);
}

} // namespace icmap::tiles
