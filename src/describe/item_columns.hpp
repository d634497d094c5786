#pragma once

#include "base/result.hpp"
#include "store/bulk_append.hpp"
#include "store/connection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// One entry of a list of a cluster.
struct Item {
    std::string_view list;
    std::size_t position = 0; ///< 1-based
    std::string_view label;
    double value = 0.0;
    std::string_view unit;
    std::optional<std::uint32_t> ref_id = std::nullopt; ///< of what the label names, by the list
    std::string_view note = "";                         ///< why it is listed; empty: none
};

/// Entries on their way to the temporary table describe_item.
class ItemColumns {
  public:
    void add(std::uint32_t cluster_id, const Item& item) {
        cluster_id_.push_back(cluster_id);
        list_.emplace_back(item.list);
        position_.push_back(static_cast<std::uint16_t>(item.position));
        label_.emplace_back(item.label);
        value_.push_back(item.value);
        unit_.emplace_back(item.unit);
        ref_id_.push_back(item.ref_id);
        note_.push_back(item.note.empty() ? std::nullopt : std::optional<std::string>(item.note));
    }
    [[nodiscard]] Result<void> write(store::Connection& connection) const {
        const std::array<store::Column, 8> columns{
            store::Column{std::span<const std::uint32_t>(cluster_id_)},
            store::Column{std::span<const std::string>(list_)},
            store::Column{std::span<const std::uint16_t>(position_)},
            store::Column{std::span<const std::string>(label_)},
            store::Column{std::span<const double>(value_)},
            store::Column{std::span<const std::optional<std::string>>(unit_)},
            store::Column{std::span<const std::optional<std::uint32_t>>(ref_id_)},
            store::Column{std::span<const std::optional<std::string>>(note_)}};
        return store::append_columns(connection, "main", "describe_item", columns);
    }

  private:
    std::vector<std::uint32_t> cluster_id_;
    std::vector<std::string> list_;
    std::vector<std::uint16_t> position_;
    std::vector<std::string> label_;
    std::vector<double> value_;
    std::vector<std::optional<std::string>> unit_;
    std::vector<std::optional<std::uint32_t>> ref_id_;
    std::vector<std::optional<std::string>> note_;
};

} // namespace icmap::describe
