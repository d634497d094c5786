#include "describe/item_lists.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <span>

namespace icmap::describe {
namespace {

/// A list on its way into the rows of cluster_item, and where its texts begin there.
struct Source {
    const ItemList* list;
    std::uint32_t name, unit, first_text;
    std::vector<std::size_t> first; ///< entry of each cluster
};

} // namespace

void ItemList::add(std::size_t of_row, const Entry& entry) {
    resize(row.size() + 1);
    set(row.size() - 1, of_row, entry);
}

void ItemList::resize(std::size_t entries) {
    row.resize(entries);
    position.resize(entries);
    label.resize(entries);
    value.resize(entries);
    ref_id.resize(entries);
    note.resize(entries);
}

void ItemList::set(std::size_t at, std::size_t of_row, const Entry& entry) {
    row[at] = static_cast<std::uint32_t>(of_row);
    position[at] = static_cast<std::uint16_t>(entry.position);
    label[at] = entry.label;
    value[at] = entry.value;
    ref_id[at] = entry.ref_id;
    note[at] = entry.note;
}

ItemList& ItemLists::make(std::string_view name, std::string_view unit, std::size_t texts) {
    ItemList& list = lists_[std::string(name)];
    list.unit = unit;
    list.texts = texts;
    return list;
}

namespace {

/// \returns the entry that each cluster begins with
std::vector<std::size_t> begins_of(const ItemList& list, std::size_t clusters) {
    std::vector<std::size_t> first(clusters + 1, 0);
    for (const std::uint32_t row : list.row) {
        ++first[row + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
}

/// Moves texts to the end of others. \returns the number of the first
std::uint32_t append(ItemLists::Texts&& texts, ItemLists::Texts& all) {
    const auto first = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), std::make_move_iterator(texts.begin()),
               std::make_move_iterator(texts.end()));
    return first;
}

} // namespace

ItemRows::ItemRows(std::span<const std::uint32_t> ids, ItemLists lists) {
    std::vector<std::uint32_t> first_of;
    for (ItemLists::Texts& block : lists.texts_) {
        first_of.push_back(append(std::move(block), texts));
    }
    std::vector<Source> sources;
    for (const auto& [name, list] : lists.lists_) {
        const auto number = static_cast<std::uint32_t>(names.size());
        names.push_back(name);
        const std::uint32_t unit_number =
            list.unit.empty() ? store::Texts::kNull : static_cast<std::uint32_t>(units.size());
        if (!list.unit.empty()) {
            units.push_back(list.unit);
        }
        sources.push_back({&list, number, unit_number, first_of[list.texts], {}});
    }
    parallel_for_each(sources.size(), 1, [&](std::size_t i) {
        sources[i].first = begins_of(*sources[i].list, ids.size());
    });
    std::vector<std::size_t> first(ids.size() + 1, 0);
    for (const Source& source : sources) {
        for (std::size_t row = 0; row < first.size(); ++row) {
            first[row] += source.first[row];
        }
    }
    for (auto* column : {&cluster_id, &list_name, &label, &unit, &note}) {
        column->resize(first.back());
    }
    position.resize(first.back());
    value.resize(first.back());
    ref_id.resize(first.back());
    parallel_for_each(ids.size(), 64, [&](std::size_t row) {
        std::size_t to = first[row];
        for (const auto& [list, name, list_unit, first_text, entry] : sources) {
            for (std::size_t at = entry[row]; at < entry[row + 1]; ++at, ++to) {
                cluster_id[to] = ids[row];
                list_name[to] = name;
                position[to] = list->position[at];
                label[to] = first_text + list->label[at];
                value[to] = list->value[at];
                unit[to] = list_unit;
                ref_id[to] = list->ref_id[at];
                note[to] = list->note[at] == ItemList::kNone ? store::Texts::kNull
                                                             : first_text + list->note[at];
            }
        }
    });
}

Result<void> ItemRows::write(store::Connection& connection, store::WritingAside* aside) const {
    const auto column = [](const auto& values) { return store::Column{std::span(values)}; };
    const auto text = [](std::span<const std::uint32_t> numbers, std::span<const std::string> of) {
        return store::Column{store::Texts{numbers, of}};
    };
    const std::array<store::Column, 8> columns{
        column(cluster_id), text(list_name, names), column(position), text(label, texts),
        column(value),      text(unit, units),      column(ref_id),   text(note, texts)};
    return aside == nullptr ? store::append_columns(connection, "main", "cluster_item", columns)
                            : store::append_in_pieces(connection, *aside, "cluster_item", columns);
}

} // namespace icmap::describe
