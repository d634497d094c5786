#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "store/connection.hpp"
#include "store/writing_aside.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// One list of all clusters ("top_firm"), clusters in their order and each one's entries in theirs.
struct ItemList {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF; ///< no note
    std::string unit;                                  ///< of the values; empty: none
    std::vector<std::string> texts;
    std::vector<std::uint32_t> row;                   ///< of the cluster, ascending
    std::vector<std::uint16_t> position;              ///< 1-based
    std::vector<std::uint32_t> label;                 ///< number of a text
    std::vector<double> value;                        ///< NaN: none
    std::vector<std::optional<std::uint32_t>> ref_id; ///< of what the label names, by the list
    std::vector<std::uint32_t> note; ///< why it is listed: number of a text, or kNone

    /// \returns the number that labels and notes name the text by
    std::uint32_t add_text(std::string text) {
        texts.push_back(std::move(text));
        return static_cast<std::uint32_t>(texts.size() - 1);
    }
    struct Entry {
        std::size_t position = 0;
        std::uint32_t label = 0;
        double value = 0.0;
        std::optional<std::uint32_t> ref_id = std::nullopt;
        std::uint32_t note = kNone;
    };
    void add(std::size_t of_row, const Entry& entry);
};

/// All lists, by name.
using ItemLists = std::map<std::string, ItemList, std::less<>>;

/// The list of that name, made where there is none.
ItemList& list_of(ItemLists& lists, std::string_view name, std::string_view unit);

/// Rows of cluster_item, by cluster, list and position.
struct ItemRows {
    std::vector<std::string> texts; ///< that the others number
    std::vector<std::uint32_t> cluster_id, list_name, label, unit, note;
    std::vector<std::uint16_t> position;
    std::vector<double> value;
    std::vector<std::optional<std::uint32_t>> ref_id;

    /// \param ids of the clusters, by row
    ItemRows(std::span<const std::uint32_t> ids, const ItemLists& lists);
    /// \param aside where half of it is written; nullptr: all on the connection
    [[nodiscard]] Result<void> write(store::Connection& connection,
                                     store::WritingAside* aside) const;
};

} // namespace icmap::describe
