#include "describe/item_lists.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
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

namespace {

Source take_texts(const std::string& name, const ItemList& list, std::size_t clusters,
                  std::vector<std::string>& texts) {
    const auto number = [&texts] { return static_cast<std::uint32_t>(texts.size()); };
    Source source{&list, number(), store::Texts::kNull, 0, {}};
    texts.push_back(name);
    if (!list.unit.empty()) {
        source.unit = number();
        texts.push_back(list.unit);
    }
    source.first_text = number();
    texts.insert(texts.end(), list.texts.begin(), list.texts.end());
    source.first.assign(clusters + 1, 0);
    for (const std::uint32_t row : list.row) {
        ++source.first[row + 1];
    }
    std::partial_sum(source.first.begin(), source.first.end(), source.first.begin());
    return source;
}

} // namespace

ItemRows::ItemRows(std::span<const std::uint32_t> ids, const ItemLists& lists) {
    std::vector<Source> sources;
    for (const auto& [name, list] : lists) {
        sources.push_back(take_texts(name, list, ids.size(), texts));
    }
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
    const auto text = [this](const std::vector<std::uint32_t>& numbers) {
        return store::Column{store::Texts{numbers, texts}};
    };
    const std::array<store::Column, 8> columns{
        column(cluster_id), text(list_name), column(position), text(label),
        column(value),      text(unit),      column(ref_id),   text(note)};
    return aside == nullptr ? store::append_columns(connection, "main", "cluster_item", columns)
                            : store::append_in_halves(connection, *aside, "cluster_item", columns);
}

} // namespace icmap::describe
