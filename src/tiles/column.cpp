#include "tiles/column.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

namespace icmap::tiles {

namespace {

constexpr std::uint32_t kNoText = std::numeric_limits<std::uint32_t>::max();
constexpr std::int8_t kNoBoolean = -1;
constexpr std::size_t kBlock = 4096; ///< texts whose ends are counted from one begin

/// True if 32 bits hold the value and do not take it for "none".
bool is_narrow(const std::optional<std::int64_t>& value) {
    return !value ||
           (*value > Column::kNoInteger && *value <= std::numeric_limits<std::int32_t>::max());
}

template <class T>
void permute(std::vector<T>& values, std::span<const std::uint32_t> order) {
    std::vector<T> sorted;
    sorted.reserve(values.size());
    for (const std::uint32_t from : order) {
        sorted.push_back(values[from]);
    }
    values = std::move(sorted);
}

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
    if (!std::all_of(values.begin(), values.end(), is_narrow)) {
        column.values_ = std::vector<std::optional<std::int64_t>>(values.begin(), values.end());
        return column;
    }
    std::vector<std::int32_t> kept;
    kept.reserve(values.size());
    for (const std::optional<std::int64_t>& value : values) {
        kept.push_back(static_cast<std::int32_t>(value.value_or(kNoInteger)));
    }
    return integers(std::move(column.name_), std::move(kept));
}

Column Column::integers(std::string name, std::vector<std::int32_t> values) {
    Column column;
    column.name_ = std::move(name);
    column.values_ = std::move(values);
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
    TextColumnBuilder builder(TextColumnBuilder::Texts::shared);
    for (const std::optional<std::string_view>& value : values) {
        builder.add(value);
    }
    return std::move(builder).finish(std::move(name));
}

void Column::OwnTexts::add(std::string_view text) {
    if (ends.size() % kBlock == 0) {
        block_begin.push_back(bytes.size());
    }
    bytes += text;
    ends.push_back(static_cast<std::uint32_t>(bytes.size() - block_begin.back()));
}

std::string_view Column::OwnTexts::at(std::size_t i) const {
    const std::size_t begin = i % kBlock == 0 ? 0 : ends[i - 1];
    return std::string_view(bytes).substr(block_begin[i / kBlock] + begin, ends[i] - begin);
}

std::string_view Column::type_name() const {
    constexpr std::array<std::string_view, 6> kNames{"Boolean", "Number", "Number",
                                                     "Number",  "String", "String"};
    return kNames[values_.index()];
}

std::size_t Column::size() const {
    return std::visit([](const auto& values) { return values.size(); }, values_);
}

Value Column::at(std::size_t i) const {
    struct At {
        std::size_t i;
        Value operator()(const std::vector<std::int8_t>& values) const {
            return values[i] == kNoBoolean ? Value{} : Value{values[i] == 1};
        }
        Value operator()(const std::vector<std::int32_t>& values) const {
            return values[i] == kNoInteger ? Value{} : Value{std::int64_t{values[i]}};
        }
        Value operator()(const std::vector<std::optional<std::int64_t>>& values) const {
            return values[i] ? Value{*values[i]} : Value{};
        }
        Value operator()(const std::vector<double>& values) const {
            return std::isfinite(values[i]) ? Value{values[i]} : Value{};
        }
        Value operator()(const SharedTexts& texts) const {
            return texts.codes[i] == kNoText ? Value{} : Value{texts.distinct.at(texts.codes[i])};
        }
        Value operator()(const OwnTexts& texts) const {
            const std::string_view text = texts.at(i);
            return text.empty() ? Value{} : Value{text};
        }
    };
    return std::visit(At{i}, values_);
}

std::optional<std::uint64_t> Column::identity(std::size_t i) const {
    struct Identity {
        std::size_t i;
        std::optional<std::uint64_t> operator()(const std::vector<std::int8_t>& values) const {
            return static_cast<std::uint8_t>(values[i]);
        }
        std::optional<std::uint64_t> operator()(const std::vector<std::int32_t>& values) const {
            return static_cast<std::uint32_t>(values[i]);
        }
        std::optional<std::uint64_t>
        operator()(const std::vector<std::optional<std::int64_t>>& values) const {
            return values[i] ? std::optional(static_cast<std::uint64_t>(*values[i])) : std::nullopt;
        }
        std::optional<std::uint64_t> operator()(const std::vector<double>& values) const {
            return std::bit_cast<std::uint64_t>(values[i]);
        }
        std::optional<std::uint64_t> operator()(const SharedTexts& texts) const {
            return texts.codes[i];
        }
        std::optional<std::uint64_t> operator()(const OwnTexts&) const { return std::nullopt; }
    };
    return std::visit(Identity{i}, values_);
}

void Column::SharedTexts::reorder(std::span<const std::uint32_t> order) {
    permute(codes, order);
}

void Column::OwnTexts::reorder(std::span<const std::uint32_t> order) {
    OwnTexts sorted;
    sorted.bytes.reserve(bytes.size());
    sorted.ends.reserve(order.size());
    for (const std::uint32_t from : order) {
        sorted.add(at(from));
    }
    *this = std::move(sorted);
}

void Column::reorder(std::span<const std::uint32_t> order) {
    std::visit(
        [order](auto& values) {
            if constexpr (requires { values.reorder(order); }) {
                values.reorder(order);
            } else {
                permute(values, order);
            }
        },
        values_);
}

TextColumnBuilder::TextColumnBuilder(Texts kind) {
    if (kind == Texts::shared) {
        column_.values_ = Column::SharedTexts{};
    } else {
        column_.values_ = Column::OwnTexts{};
    }
}

void TextColumnBuilder::add(std::optional<std::string_view> text) {
    if (auto* own = std::get_if<Column::OwnTexts>(&column_.values_)) {
        own->add(text.value_or(std::string_view()));
    } else if (auto* shared = std::get_if<Column::SharedTexts>(&column_.values_)) {
        shared->codes.push_back(text ? shared->distinct.intern(*text) : kNoText);
    }
}

Column TextColumnBuilder::finish(std::string name) && {
    if (auto* shared = std::get_if<Column::SharedTexts>(&column_.values_)) {
        shared->distinct.freeze();
    }
    column_.name_ = std::move(name);
    return std::move(column_);
}

} // namespace icmap::tiles
