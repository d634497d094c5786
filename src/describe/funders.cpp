#include "describe/funders.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"
#include "names/fold.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace icmap::describe {
namespace {

constexpr std::string_view kFile = "reference/funders.toml";

/// Upper case words without "the" and "part of", which sources put before names.
std::string folded(std::string_view name) {
    std::string text;
    names::fold(name, text);
    for (const std::string_view opening : {"PART OF ", "THE "}) {
        if (text.starts_with(opening)) {
            text.erase(0, opening.size());
        }
    }
    return text;
}

/// The names in a text that may hold several: split at brackets, slashes, semicolons, bars, and
/// dashes between blanks.
std::vector<std::string> names_in(std::string_view text) {
    std::string marked(text);
    for (const std::string_view dash : {" - ", " – ", " — "}) {
        for (std::size_t at = marked.find(dash); at != std::string::npos; at = marked.find(dash)) {
            marked.replace(at, dash.size(), "/");
        }
    }
    std::vector<std::string> names;
    std::size_t begin = 0;
    while (begin <= marked.size()) {
        const std::size_t end = std::min(marked.find_first_of("()[]/;|", begin), marked.size());
        std::string name = folded(std::string_view(marked).substr(begin, end - begin));
        if (!name.empty()) {
            names.push_back(std::move(name));
        }
        begin = end + 1;
    }
    return names;
}

/// Adds the folded texts of a list.
void add_texts(const toml::Array* list, std::size_t purse,
               std::map<std::string, std::size_t, std::less<>>& to) {
    if (list != nullptr) {
        for (const toml::Node& node : *list) {
            to.emplace(folded(node.value_or(std::string())), purse);
        }
    }
}

} // namespace

Result<Funders> Funders::parse(std::string_view text) {
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, kFile));
    Funders funders;
    const toml::Array* entries = table["purse"].as_array();
    for (const toml::Node& node : entries != nullptr ? *entries : toml::Array{}) {
        const toml::Table* entry = node.as_table();
        const std::string purse =
            entry != nullptr ? (*entry)["purse"].value_or(std::string()) : std::string();
        if (purse.empty()) {
            return tl::unexpected(Error{ErrorKind::input, "A purse has no name", std::string(kFile),
                                        node.line(), "purse", node.shown(),
                                        "Give it one: purse = \"ukri\""});
        }
        const std::size_t index = funders.purses_.size();
        funders.purses_.push_back(purse);
        add_texts((*entry)["names"].as_array(), index, funders.names_);
        add_texts((*entry)["beginnings"].as_array(), index, funders.beginnings_);
    }
    return funders;
}

std::size_t Funders::purse_of_name(std::string_view name) const {
    if (const auto found = names_.find(name); found != names_.end()) {
        return found->second;
    }
    for (const auto& [beginning, purse] : beginnings_) {
        if (name.size() > beginning.size() && name.starts_with(beginning) &&
            name[beginning.size()] == ' ') {
            // "UKRI Innovate UK" is the second of the two.
            const std::size_t rest = purse_of_name(name.substr(beginning.size() + 1));
            return rest != kNone ? rest : purse;
        }
    }
    return kNone;
}

std::string Funders::purse(std::string_view funder) const {
    std::size_t purse = purse_of_name(folded(funder));
    if (purse == kNone) {
        for (const std::string& name : names_in(funder)) {
            const std::size_t of_name = purse_of_name(name);
            if (of_name == kNone) {
                return {};
            }
            purse = std::min(purse, of_name);
        }
    }
    return purse == kNone ? std::string() : purses_[purse];
}

Result<void> write_funders(store::Connection& connection) {
    ICMAP_ASSIGN(const Funders funders,
                 Funders::parse(base::find_text(reference::texts(), "funders.toml").value_or("")));
    std::vector<std::string> names;
    std::vector<std::string> purses;
    ICMAP_TRY(connection.read("select distinct funder from project order by funder",
                              [&](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      names.emplace_back(chunk.text(0, i));
                                      purses.push_back(funders.purse(names.back()));
                                  }
                              }));
    ICMAP_TRY(connection.run(
        "create or replace temp table describe_funder (funder varchar, purse varchar)"));
    const std::array<store::Column, 2> columns{store::Column{std::span<const std::string>(names)},
                                               store::Column{std::span<const std::string>(purses)}};
    ICMAP_TRY(store::append_columns(connection, "main", "describe_funder", columns));
    return connection.run("update describe_funder set purse = null where purse = ''");
}

} // namespace icmap::describe
