#pragma once

#include "base/lists.hpp"
#include "base/numbering.hpp"
#include "base/result.hpp"
#include "describe/firm_names.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace icmap::describe {

/// Whose money it is.
enum class Purse : std::uint8_t { other, innovate_uk, ukri, eu };

/// What one firm got in one publicly funded project.
struct Award {
    std::uint32_t project = 0;
    std::uint32_t funder = 0;    ///< number of a text
    std::uint32_t programme = 0; ///< number of a text, or kNoText
    std::int16_t year = kNoYear; ///< in which the project begins
    Purse purse = Purse::other;
    bool is_open = false;                             ///< on the telling date
    std::optional<std::int64_t> pence = std::nullopt; ///< nothing where it is not known
};

/// One private investment in a firm.
struct Deal {
    std::uint32_t deal = 0;
    std::uint32_t stage = 0;                                     ///< number of a text, or kNoText
    std::int32_t day = std::numeric_limits<std::int32_t>::min(); ///< the least where not known
    std::int16_t year = kNoYear;
    std::optional<std::int64_t> pence = std::nullopt; ///< nothing where it is not known
};

/// Who took part in a project: a firm, an institution or a name alone.
struct Participant {
    std::uint32_t label = 0; ///< number of a text
    std::optional<std::uint32_t> firm{};
    std::optional<std::uint32_t> asset{};
    bool does_research = false; ///< a university or research organisation
};

/// What one institution got in one publicly funded project.
struct InstitutionAward {
    std::uint32_t asset = 0;
    std::optional<std::int64_t> pence = std::nullopt; ///< nothing where it is not known
};

/// Public and private money as columns that are looked up by number, as RegisterColumns are.
struct MoneyColumns {
    static constexpr std::uint32_t kNoText = 0xFFFFFFFF;
    Lists<Award> awards;                  ///< by firm, then project, each once
    Lists<Deal> deals;                    ///< by firm, then deal
    Lists<std::uint32_t> investors;       ///< by deal: numbers of texts
    Lists<InstitutionAward> institutions; ///< by project
    Lists<Participant> participants;      ///< by project; once read_participants has been there
    Numbering texts;
    std::vector<std::uint32_t> rank; ///< of each text in the order of all; likewise
};

/// Makes describe_award and describe_deal and reads them, deal_investor and participation, but for
/// who took part.
[[nodiscard]] Result<MoneyColumns> read_money(store::Connection& connection, std::size_t firms);

/// Adds who took part. Reads participation and asset.
/// \param names of all firms that take part in projects
[[nodiscard]] Result<void> read_participants(store::Connection& connection, const FirmNames& names,
                                             MoneyColumns& money);

} // namespace icmap::describe
