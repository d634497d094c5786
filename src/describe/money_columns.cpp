#include "describe/money_columns.hpp"

#include "store/steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <string_view>

namespace icmap::describe {
namespace {

/// Numbers of a column of texts, kNoText for nulls.
class TextColumn {
  public:
    TextColumn(const store::Chunk& chunk, std::size_t column, Numbering& texts)
        : chunk_(chunk), column_(column), texts_(texts) {}
    std::uint32_t operator[](std::size_t row) const {
        return chunk_.is_null(column_, row) ? MoneyColumns::kNoText
                                            : texts_.of(chunk_.text(column_, row));
    }

  private:
    const store::Chunk& chunk_;
    std::size_t column_;
    Numbering& texts_;
};

template <class T>
std::optional<T> number_at(const store::Chunk& chunk, std::size_t column, std::size_t row) {
    return chunk.is_null(column, row) ? std::nullopt
                                      : std::optional<T>(chunk.column<T>(column)[row]);
}

/// Rows on their way into lists.
template <class T>
struct Keyed {
    std::vector<std::uint32_t> key;
    std::vector<T> value;
    void add(std::uint32_t under, const T& what) {
        key.push_back(under);
        value.push_back(what);
    }
    [[nodiscard]] Lists<T> lists(std::size_t keys) const { return lists_of(key, value, keys); }
    [[nodiscard]] Lists<T> lists() const {
        return lists(key.empty() ? 0 : std::size_t{*std::max_element(key.begin(), key.end())} + 1);
    }
};

Purse purse_of(std::string_view name) {
    return name == "innovate_uk" ? Purse::innovate_uk
           : name == "ukri"      ? Purse::ukri
           : name == "eu"        ? Purse::eu
                                 : Purse::other;
}

Result<Lists<Award>> read_awards(store::Connection& connection, Numbering& texts,
                                 std::size_t firms) {
    Keyed<Award> rows;
    ICMAP_TRY(connection.read(
        "select firm_id, project_id, funder, programme, year::smallint, coalesce(is_open, false), "
        "(award_gbp * 100)::bigint, purse from describe_award order by firm_id, project_id",
        [&](const store::Chunk& chunk) {
            const TextColumn funder(chunk, 2, texts);
            const TextColumn programme(chunk, 3, texts);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                rows.add(chunk.column<std::uint32_t>(0)[i],
                         {chunk.column<std::uint32_t>(1)[i], funder[i], programme[i],
                          number_at<std::int16_t>(chunk, 4, i).value_or(kNoYear),
                          purse_of(chunk.text(7, i)), chunk.column<bool>(5)[i],
                          number_at<std::int64_t>(chunk, 6, i)});
            }
        }));
    return rows.lists(firms);
}

Result<Lists<Deal>> read_deals(store::Connection& connection, Numbering& texts, std::size_t firms) {
    Keyed<Deal> rows;
    ICMAP_TRY(
        connection.read("select firm_id, deal_id, stage, announced, year(announced)::smallint, "
                        "(amount_gbp * 100)::bigint from describe_deal order by firm_id, deal_id",
                        [&](const store::Chunk& chunk) {
                            const TextColumn stage(chunk, 2, texts);
                            for (std::size_t i = 0; i < chunk.size(); ++i) {
                                Deal deal{chunk.column<std::uint32_t>(1)[i], stage[i]};
                                deal.day = number_at<std::int32_t>(chunk, 3, i).value_or(deal.day);
                                deal.year = number_at<std::int16_t>(chunk, 4, i).value_or(kNoYear);
                                deal.pence = number_at<std::int64_t>(chunk, 5, i);
                                rows.add(chunk.column<std::uint32_t>(0)[i], deal);
                            }
                        }));
    return rows.lists(firms);
}

/// What sources write where they do not say who invested, in small letters.
constexpr std::string_view kNobody =
    "(an? )?(undisclosed|unknown|unnamed|anonymous|not (disclosed|known|named|available|stated))"
    "( (angel|private|corporate|institutional))?( (investor|angel|backer)s?)?|n\\.?/?a\\.?|none|-+";

/// Those whose name is told.
Result<Lists<std::uint32_t>> read_investors(store::Connection& connection, Numbering& texts) {
    Keyed<std::uint32_t> rows;
    ICMAP_TRY(
        connection.read(fmt::format("select deal_id, investor from deal_investor "
                                    "where not regexp_full_match(lower(trim(investor)), '{}')",
                                    kNobody),
                        [&](const store::Chunk& chunk) {
                            const TextColumn investor(chunk, 1, texts);
                            for (std::size_t i = 0; i < chunk.size(); ++i) {
                                rows.add(chunk.column<std::uint32_t>(0)[i], investor[i]);
                            }
                        }));
    return rows.lists();
}

Result<Lists<InstitutionAward>> read_institutions(store::Connection& connection) {
    Keyed<InstitutionAward> rows;
    ICMAP_TRY(connection.read(
        "select project_id, asset_id, "
        "(sum(award_gbp::decimal(28, 2))::decimal(28, 2) * 100)::bigint from participation "
        "where asset_id is not null and not is_withdrawn group by project_id, asset_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                rows.add(chunk.column<std::uint32_t>(0)[i],
                         {chunk.column<std::uint32_t>(1)[i], number_at<std::int64_t>(chunk, 2, i)});
            }
        }));
    return rows.lists();
}

Result<Lists<Participant>> participants(store::Connection& connection, const FirmNames& names,
                                        Numbering& texts) {
    Keyed<Participant> rows;
    ICMAP_TRY(connection.read(
        "select p.project_id, coalesce(s.name, p.organisation), p.firm_id, p.asset_id, "
        "coalesce(s.kind in ('university', 'research_organisation'), false) from participation p "
        "left join asset s using (asset_id) where not p.is_withdrawn",
        [&](const store::Chunk& chunk) {
            const TextColumn label(chunk, 1, texts);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const auto firm = number_at<std::uint32_t>(chunk, 2, i);
                rows.add(chunk.column<std::uint32_t>(0)[i],
                         {firm ? texts.of(names.of(*firm)) : label[i], firm,
                          number_at<std::uint32_t>(chunk, 3, i), chunk.column<bool>(4)[i]});
            }
        }));
    return rows.lists();
}

std::vector<std::uint32_t> ranks_of(const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&texts](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::uint32_t> rank(texts.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
    }
    return rank;
}

} // namespace

Result<MoneyColumns> read_money(store::Connection& connection, std::size_t firms) {
    ICMAP_TRY(store::run_step(connection, "describe/money.sql"));
    MoneyColumns all;
    ICMAP_ASSIGN(all.awards, read_awards(connection, all.texts, firms));
    ICMAP_ASSIGN(all.deals, read_deals(connection, all.texts, firms));
    ICMAP_ASSIGN(all.investors, read_investors(connection, all.texts));
    ICMAP_ASSIGN(all.institutions, read_institutions(connection));
    return all;
}

Result<void> read_participants(store::Connection& connection, const FirmNames& names,
                               MoneyColumns& money) {
    ICMAP_ASSIGN(money.participants, participants(connection, names, money.texts));
    money.rank = ranks_of(money.texts.texts());
    return {};
}

} // namespace icmap::describe
