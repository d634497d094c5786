#pragma once

#include "base/result.hpp"
#include "base/unfilled.hpp"
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
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;   ///< no note
    std::string unit;                                    ///< of the values; empty: none
    std::size_t texts = 0;                               ///< that labels and notes number
    UnfilledVector<std::uint32_t> row;                   ///< of the cluster, ascending
    UnfilledVector<std::uint16_t> position;              ///< 1-based
    UnfilledVector<std::uint32_t> label;                 ///< number of a text
    UnfilledVector<double> value;                        ///< NaN: none
    UnfilledVector<std::optional<std::uint32_t>> ref_id; ///< of what the label names, by the list
    UnfilledVector<std::uint32_t> note; ///< why it is listed: number of a text, or kNone

    struct Entry {
        std::size_t position = 0;
        std::uint32_t label = 0;
        double value = 0.0;
        std::optional<std::uint32_t> ref_id = std::nullopt;
        std::uint32_t note = kNone;
    };
    void add(std::size_t of_row, const Entry& entry);
    /// Makes room for so many entries, each of which is to be set, rows ascending.
    void resize(std::size_t entries);
    void set(std::size_t at, std::size_t of_row, const Entry& entry);
};

/// All lists. They and texts are made one after the other; entries of different lists may be added
/// side by side.
class ItemLists {
  public:
    using Texts = std::vector<std::string>;

    /// \returns what lists name these texts by, which several may share
    std::size_t add_texts(Texts texts) {
        texts_.push_back(std::move(texts));
        return texts_.size() - 1;
    }
    [[nodiscard]] Texts& texts_of(std::size_t number) { return texts_[number]; }
    /// \returns a list of its own, which stays where it is
    ItemList& make(std::string_view name, std::string_view unit, std::size_t texts);

  private:
    friend struct ItemRows;
    std::vector<Texts> texts_;
    std::map<std::string, ItemList, std::less<>> lists_;
};

/// Rows of cluster_item, by cluster, list and position.
struct ItemRows {
    std::vector<std::string> names, units; ///< that list_name and unit number
    std::vector<std::string> texts;        ///< that label and note number
    UnfilledVector<std::uint32_t> cluster_id, list_name, label, unit, note;
    UnfilledVector<std::uint16_t> position;
    UnfilledVector<double> value;
    UnfilledVector<std::optional<std::uint32_t>> ref_id;

    /// \param ids of the clusters, by row
    ItemRows(std::span<const std::uint32_t> ids, ItemLists lists);
    /// \param aside where half of it is written; nullptr: all on the connection
    [[nodiscard]] Result<void> write(store::Connection& connection,
                                     store::WritingAside* aside) const;
};

} // namespace icmap::describe
