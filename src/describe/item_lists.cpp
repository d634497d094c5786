#include "describe/item_lists.hpp"

#include "base/numbering.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <tuple>

namespace icmap::describe {
namespace {

/// Rows of cluster_item on their way, texts by number.
struct ItemRows {
    std::vector<std::string> texts;
    std::vector<std::uint32_t> cluster_id, list_name, label, unit, note;
    std::vector<std::uint16_t> position;
    std::vector<double> value;
    std::vector<std::optional<std::uint32_t>> ref_id;

    /// A list, and how far it is taken over.
    struct Source {
        const ItemList* list;
        std::uint32_t name, unit, first_text;
        std::size_t next = 0;
    };

    Source add_source(const std::string& name, const ItemList& list) {
        const auto number = [this] { return static_cast<std::uint32_t>(texts.size()); };
        Source source{&list, number(), store::Texts::kNull, 0};
        texts.push_back(name);
        if (!list.unit.empty()) {
            source.unit = number();
            texts.push_back(list.unit);
        }
        source.first_text = number();
        texts.insert(texts.end(), list.texts.begin(), list.texts.end());
        return source;
    }

    /// Takes over the entries of one cluster.
    void take(std::uint32_t row, std::uint32_t id, Source& source) {
        const ItemList& from = *source.list;
        for (; source.next < from.row.size() && from.row[source.next] == row; ++source.next) {
            const std::size_t at = source.next;
            cluster_id.push_back(id);
            list_name.push_back(source.name);
            position.push_back(from.position[at]);
            label.push_back(source.first_text + from.label[at]);
            value.push_back(from.value[at]);
            unit.push_back(source.unit);
            ref_id.push_back(from.ref_id[at]);
            note.push_back(from.note[at] == ItemList::kNone ? store::Texts::kNull
                                                            : source.first_text + from.note[at]);
        }
    }

    [[nodiscard]] Result<void> write(store::Connection& connection) const {
        const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
        const auto text = [this](const std::vector<std::uint32_t>& numbers) {
            return store::Column{store::Texts{numbers, texts}};
        };
        return store::append_columns(
            connection, "main", "cluster_item",
            std::array<store::Column, 8>{column(cluster_id), text(list_name), column(position),
                                         text(label), column(value), text(unit), column(ref_id),
                                         text(note)});
    }
};

} // namespace

void ItemList::add(std::size_t of_row, const Entry& entry) {
    row.push_back(static_cast<std::uint32_t>(of_row));
    position.push_back(static_cast<std::uint16_t>(entry.position));
    label.push_back(entry.label);
    value.push_back(entry.value);
    ref_id.push_back(entry.ref_id);
    note.push_back(entry.note);
}

ItemList& list_of(ItemLists& lists, std::string_view name, std::string_view unit) {
    auto found = lists.find(name);
    if (found == lists.end()) {
        found = lists.emplace(name, ItemList{}).first;
        found->second.unit = unit;
    }
    return found->second;
}

Result<void> write_items(store::Connection& connection, std::span<const std::uint32_t> cluster_id,
                         const ItemLists& lists) {
    ItemRows rows;
    std::vector<ItemRows::Source> sources;
    for (const auto& [name, list] : lists) {
        sources.push_back(rows.add_source(name, list));
    }
    for (std::uint32_t row = 0; row < cluster_id.size(); ++row) {
        for (ItemRows::Source& source : sources) {
            rows.take(row, cluster_id[row], source);
        }
    }
    return rows.write(connection);
}

} // namespace icmap::describe
