#include "describe/item_lists.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> lines_of(const ItemRows& rows) {
    std::vector<std::string> lines;
    const auto text = [](const std::vector<std::string>& of, std::uint32_t number) {
        return number < of.size() ? of[number] : "none";
    };
    for (std::size_t i = 0; i < rows.cluster_id.size(); ++i) {
        lines.push_back(fmt::format("{} {} {} {} {} {} {} {}", rows.cluster_id[i],
                                    text(rows.names, rows.list_name[i]), rows.position[i],
                                    text(rows.texts, rows.label[i]), rows.value[i],
                                    text(rows.units, rows.unit[i]),
                                    rows.ref_id[i] ? fmt::format("#{}", *rows.ref_id[i]) : "none",
                                    text(rows.texts, rows.note[i])));
    }
    return lines;
}

TEST(ItemLists, AreRowsByClusterListAndPositionWhateverTheOrderTheyAreMadeIn) {
    ItemLists lists;
    const std::size_t firms = lists.add_texts({"Acme", "Bolt"});
    ItemList& top = lists.make("top_firm", "jobs", firms);
    ItemList& open = lists.make("open_project_firm", "projects", firms);
    ItemList& support = lists.make("support", "", lists.add_texts({}));
    top.add(0, {1, 1, 20.0, 7});
    top.add(0, {2, 0, 10.0, 3});
    support.add(1, {1, 0, 0.5, 4, 1});
    open.add(1, {1, 0, 2.0});
    lists.texts_of(support.texts) = {"Loan", "for every sector"};
    EXPECT_THAT(lines_of(ItemRows(std::vector<std::uint32_t>{40, 41}, std::move(lists))),
                ElementsAre("40 top_firm 1 Bolt 20 jobs #7 none",
                            "40 top_firm 2 Acme 10 jobs #3 none",
                            "41 open_project_firm 1 Acme 2 projects none none",
                            "41 support 1 Loan 0.5 none #4 for every sector"));
}

TEST(ItemLists, TakeEntriesThatAreSetInAnyOrder) {
    ItemLists lists;
    ItemList& list = lists.make("peer", "likeness", lists.add_texts({"Leeds", "York"}));
    list.resize(2);
    list.set(1, 1, {1, 0, 0.25});
    list.set(0, 0, {1, 1, 0.5});
    EXPECT_THAT(lines_of(ItemRows(std::vector<std::uint32_t>{5, 9}, std::move(lists))),
                ElementsAre("5 peer 1 York 0.5 likeness none none",
                            "9 peer 1 Leeds 0.25 likeness none none"));
}

} // namespace
} // namespace icmap::describe
