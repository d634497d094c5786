#include "classify/text_search.hpp"

#include "base/parallel.hpp"
#include "classify/word_rules.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <fmt/format.h>
#include <future>
#include <span>
#include <string>
#include <vector>

namespace icmap::classify {
namespace {

constexpr std::int64_t kPage = 500'000; // firms held in memory at a time
constexpr std::size_t kBlock = 4096;    // texts a task: fixed, so that results join in order

/// Rows of texts read from the atlas, in one buffer: `width` texts a row.
struct TextPage {
    std::size_t width = 0;
    std::vector<std::uint32_t> ids;
    std::string buffer;
    std::vector<std::size_t> ends; ///< of text i of the buffer

    [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const {
        const std::size_t i = row * width + column;
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        return std::string_view(buffer).substr(begin, ends[i] - begin);
    }
};

Result<TextPage> read_page(store::Connection& connection, const std::string& query,
                           std::size_t width) {
    TextPage page;
    page.width = width;
    ICMAP_TRY(connection.read(query, [&page](const store::Chunk& chunk) {
        const auto ids = chunk.column<std::uint32_t>(0);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            page.ids.push_back(ids[row]);
            for (std::size_t column = 1; column <= page.width; ++column) {
                page.buffer += chunk.text(column, row);
                page.ends.push_back(page.buffer.size());
            }
        }
    }));
    return page;
}

/// One text that speaks for a sector, as it is written to the temporary tables.
struct Hits {
    std::vector<std::uint32_t> id;
    std::vector<std::uint16_t> sector;
    std::vector<double> score;
    std::vector<std::string> words;

    void add(std::uint32_t of, const Verdict& verdict, std::string_view place) {
        id.push_back(of);
        sector.push_back(static_cast<std::uint16_t>(verdict.sector));
        score.push_back(verdict.score);
        words.push_back(fmt::format("{} in {}", verdict.words, place));
    }
    void append(Hits&& other) {
        id.insert(id.end(), other.id.begin(), other.id.end());
        sector.insert(sector.end(), other.sector.begin(), other.sector.end());
        score.insert(score.end(), other.score.begin(), other.score.end());
        std::move(other.words.begin(), other.words.end(), std::back_inserter(words));
    }
    Result<void> write(store::Connection& connection, std::string_view table) const {
        const std::array<store::Column, 4> columns{
            store::Column{std::span<const std::uint32_t>(id)},
            store::Column{std::span<const std::uint16_t>(sector)},
            store::Column{std::span<const double>(score)},
            store::Column{std::span<const std::string>(words)}};
        return store::append_columns(connection, "main", table, columns);
    }
};

/// One searched column of a page; `sic_column` is the column with the codes, or none.
struct SearchedColumn {
    std::size_t column = 0;
    Field field = Field::name;
    std::string_view place; ///< for the reason: "name", "project title"
};

constexpr std::size_t kNoColumn = ~std::size_t{0};

Hits search_page(const TextPage& page, const WordRules& rules,
                 std::span<const SearchedColumn> columns, std::size_t sic_column) {
    const std::size_t blocks = (page.ids.size() + kBlock - 1) / kBlock;
    std::vector<Hits> found(blocks);
    parallel_for_each(blocks, 1, [&](std::size_t block) {
        WordRules::Scratch scratch;
        std::vector<Verdict> verdicts;
        const std::size_t end = std::min(page.ids.size(), (block + 1) * kBlock);
        for (std::size_t row = block * kBlock; row < end; ++row) {
            const std::string_view sic =
                sic_column == kNoColumn ? std::string_view() : page.text(row, sic_column);
            for (const SearchedColumn& column : columns) {
                verdicts.clear();
                rules.judge(page.text(row, column.column), column.field, sic, scratch, verdicts);
                for (const Verdict& verdict : verdicts) {
                    found[block].add(page.ids[row], verdict, column.place);
                }
            }
        }
    });
    Hits all;
    for (Hits& hits : found) {
        all.append(std::move(hits));
    }
    return all;
}

/// Reads the firms of a page, on the second connection while the first does something else.
std::future<Result<TextPage>> begin_page(store::Connection& connection, store::Connection* beside,
                                         std::int64_t begin) {
    store::Connection& from = beside != nullptr ? *beside : connection;
    return std::async(
        beside != nullptr ? std::launch::async : std::launch::deferred, [&from, begin] {
            return read_page(from,
                             fmt::format("select firm_id, name, description, "
                                         "array_to_string(sic_codes, ' ') from firm "
                                         "where firm_id between {} and {} order by firm_id",
                                         begin, begin + kPage - 1),
                             3);
        });
}

Result<std::uint64_t> search_firms(store::Connection& connection, store::Connection* beside,
                                   const WordRules& rules, Progress& progress) {
    ICMAP_ASSIGN(const std::int64_t firms,
                 connection.integer("select coalesce(max(firm_id) + 1, 0) from firm"));
    constexpr std::array<SearchedColumn, 2> kColumns{
        SearchedColumn{0, Field::name, "name"},
        SearchedColumn{1, Field::description, "description"}};
    std::uint64_t texts = 0;
    auto reading = begin_page(connection, beside, 0);
    for (std::int64_t begin = 0; begin < firms; begin += kPage) {
        ICMAP_ASSIGN(const TextPage page, reading.get());
        if (begin + kPage < firms) {
            reading = begin_page(connection, beside, begin + kPage);
        }
        ICMAP_TRY(search_page(page, rules, kColumns, 2).write(connection, "classify_firm_hit"));
        texts += page.ids.size();
        progress.step(static_cast<std::uint64_t>(std::min(begin + kPage, firms)),
                      static_cast<std::uint64_t>(firms));
    }
    return texts;
}

Result<std::uint64_t> search_works(store::Connection& connection, const WordRules& rules) {
    constexpr std::array<SearchedColumn, 2> kProjectColumns{
        SearchedColumn{0, Field::project_title, "project title"},
        SearchedColumn{1, Field::project_abstract, "project abstract"}};
    ICMAP_ASSIGN(const TextPage projects,
                 read_page(connection,
                           "select project_id, title, abstract from project where project_id in "
                           "(select project_id from participation where firm_id is not null and "
                           "not is_withdrawn) order by project_id",
                           2));
    ICMAP_TRY(search_page(projects, rules, kProjectColumns, kNoColumn)
                  .write(connection, "classify_project_hit"));
    constexpr std::array<SearchedColumn, 1> kPatentColumns{
        SearchedColumn{0, Field::patent_title, "patent title"}};
    ICMAP_ASSIGN(const TextPage patents,
                 read_page(connection,
                           "select patent_id, title from patent where firm_id is not null "
                           "order by patent_id",
                           1));
    ICMAP_TRY(search_page(patents, rules, kPatentColumns, kNoColumn)
                  .write(connection, "classify_patent_hit"));
    return 2 * projects.ids.size() + patents.ids.size();
}

} // namespace

Result<std::uint64_t> search_texts(store::Connection& connection, store::Connection* beside,
                                   const Definitions& definitions, Progress& progress) {
    const WordRules rules(definitions);
    if (rules.empty()) {
        return 0;
    }
    ICMAP_ASSIGN(const std::uint64_t firms, search_firms(connection, beside, rules, progress));
    ICMAP_ASSIGN(const std::uint64_t works, search_works(connection, rules));
    return firms + works;
}

} // namespace icmap::classify
