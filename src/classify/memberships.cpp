#include "classify/memberships.hpp"

#include "base/numbering.hpp"
#include "base/parallel.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace icmap::classify {
namespace {

constexpr std::size_t kBlock = std::size_t{1}
                               << 16U; // firms a task: fixed, so that rows join in order
constexpr std::uint32_t kNoReason = std::numeric_limits<std::uint32_t>::max();

/// The codes that firms have, numbered as they are met, and the sectors that each is of.
class CodeSectors {
  public:
    explicit CodeSectors(const Definitions& definitions) : definitions_(&definitions) {}
    std::uint32_t number(std::string_view code) {
        const std::uint32_t number = codes_.of(code);
        if (number == sectors_.size()) {
            sectors_.push_back(sectors_of(code));
        }
        return number;
    }
    [[nodiscard]] std::span<const std::uint16_t> sectors(std::uint32_t code) const {
        return sectors_[code];
    }
    [[nodiscard]] const std::vector<std::string>& codes() const { return codes_.texts(); }

  private:
    [[nodiscard]] std::vector<std::uint16_t> sectors_of(std::string_view code) const {
        const auto begins = [code](const std::string& prefix) { return code.starts_with(prefix); };
        std::vector<std::uint16_t> sectors;
        for (std::size_t i = 0; i < definitions_->sectors.size(); ++i) {
            const SectorDefinition& sector = definitions_->sectors[i];
            if (std::any_of(sector.sic.begin(), sector.sic.end(), begins) &&
                std::none_of(sector.sic_except.begin(), sector.sic_except.end(), begins)) {
                sectors.push_back(static_cast<std::uint16_t>(i));
            }
        }
        return sectors;
    }

    const Definitions* definitions_;
    Numbering codes_;
    std::vector<std::vector<std::uint16_t>> sectors_;
};

/// The firms in their order, and the codes of each in theirs.
struct FirmCodes {
    std::vector<std::uint32_t> firm_id;
    std::vector<std::size_t> begin{0}; ///< of a firm's codes; one more than firms
    std::vector<std::uint32_t> code;   ///< numbers of CodeSectors
};

Result<FirmCodes> read_codes(store::Connection& connection, CodeSectors& codes) {
    FirmCodes firms;
    std::vector<std::string_view> texts;
    ICMAP_TRY(
        connection.read("select firm_id, sic_codes from firm", [&](const store::Chunk& chunk) {
            const auto id = chunk.column<std::uint32_t>(0);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                firms.firm_id.push_back(id[i]);
                chunk.texts(1, i, texts);
                for (const std::string_view text : texts) {
                    firms.code.push_back(codes.number(text));
                }
                firms.begin.push_back(firms.code.size());
            }
        }));
    return firms;
}

/// What speaks for a firm beside its codes, by firm.
struct OtherWays {
    std::vector<std::uint32_t> firm_id;
    std::vector<std::uint16_t> sector;
    std::vector<std::string> reason;
};

Result<OtherWays> read_other_ways(store::Connection& connection) {
    OtherWays ways;
    ICMAP_TRY(connection.read(
        "select firm_id, sector_id, reason from classify_other order by firm_id, sector_id",
        [&](const store::Chunk& chunk) {
            const auto firm = chunk.column<std::uint32_t>(0);
            const auto sector = chunk.column<std::uint16_t>(1);
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ways.firm_id.push_back(firm[i]);
                ways.sector.push_back(sector[i]);
                ways.reason.emplace_back(chunk.text(2, i));
            }
        }));
    return ways;
}

/// Which sectors stand above each.
std::vector<std::vector<std::uint16_t>> ancestors_of(const Definitions& definitions) {
    std::vector<std::vector<std::uint16_t>> above(definitions.sectors.size());
    for (std::size_t i = 0; i < above.size(); ++i) {
        for (auto parent = parent_of(definitions, i); parent;
             parent = parent_of(definitions, *parent)) {
            above[i].push_back(*parent);
        }
    }
    return above;
}

/// Reasons are numbered: those of codes, then those of sub-sectors, then those of other ways.
struct Reasons {
    std::uint32_t first_sub_sector = 0;
    std::uint32_t first_other = 0;
    std::vector<std::string> text;
};

struct Row {
    std::uint32_t firm_id = 0;
    std::uint32_t reason = kNoReason;
};

/// The sectors of the firms of one block.
struct Block {
    std::vector<std::vector<Row>> of_sector;
    std::uint64_t firms_in_a_sector = 0;
};

/// What all blocks read; each writes the reasons of its own firms' other ways only.
struct Sources {
    const FirmCodes& firms;
    const CodeSectors& codes;
    const std::vector<std::vector<std::uint16_t>>& above;
    OtherWays& other;
    const Reasons& reasons;
};

/// One firm after the other: which sectors it is in, and why.
class FirmSectors {
  public:
    explicit FirmSectors(const Sources& sources)
        : sources_(&sources), reason_of_(sources.above.size(), kNoReason) {}

    void find(std::size_t begin, std::size_t end, Block& block) {
        block.of_sector.resize(reason_of_.size());
        const std::vector<std::uint32_t>& other_firm = sources_->other.firm_id;
        next_other_ = static_cast<std::size_t>(
            std::lower_bound(other_firm.begin(), other_firm.end(), sources_->firms.firm_id[begin]) -
            other_firm.begin());
        for (std::size_t firm = begin; firm < end; ++firm) {
            add_codes(firm);
            add_other_ways(sources_->firms.firm_id[firm]);
            add_sectors_above();
            block.firms_in_a_sector += found_.empty() ? 0U : 1U;
            for (const std::uint16_t sector : found_) {
                block.of_sector[sector].push_back(
                    {sources_->firms.firm_id[firm], reason_of_[sector]});
                reason_of_[sector] = kNoReason;
            }
            found_.clear();
        }
    }

  private:
    void add(std::uint16_t sector, std::uint32_t reason) {
        if (reason_of_[sector] == kNoReason) {
            reason_of_[sector] = reason;
            found_.push_back(sector);
        }
    }
    void add_codes(std::size_t firm) {
        const FirmCodes& firms = sources_->firms;
        for (std::size_t i = firms.begin[firm]; i < firms.begin[firm + 1]; ++i) {
            for (const std::uint16_t sector : sources_->codes.sectors(firms.code[i])) {
                add(sector, firms.code[i]);
            }
        }
    }
    void add_other_ways(std::uint32_t firm_id) {
        OtherWays& other = sources_->other;
        for (; next_other_ < other.firm_id.size() && other.firm_id[next_other_] == firm_id;
             ++next_other_) {
            const std::uint16_t sector = other.sector[next_other_];
            if (reason_of_[sector] != kNoReason) { // a code speaks for it, too
                other.reason[next_other_].insert(0,
                                                 sources_->reasons.text[reason_of_[sector]] + "; ");
            }
            const auto reason =
                sources_->reasons.first_other + static_cast<std::uint32_t>(next_other_);
            add(sector, reason);
            reason_of_[sector] = reason;
        }
    }
    void add_sectors_above() {
        std::sort(found_.begin(), found_.end());
        const std::size_t direct = found_.size();
        for (std::size_t i = 0; i < direct; ++i) {
            const std::uint16_t through = found_[i];
            for (const std::uint16_t above : sources_->above[through]) {
                add(above, sources_->reasons.first_sub_sector + through);
            }
        }
    }

    const Sources* sources_;
    std::vector<std::uint32_t> reason_of_; ///< by sector, of the firm looked at
    std::vector<std::uint16_t> found_;
    std::size_t next_other_ = 0;
};

/// The rows of all blocks, by sector, then firm.
struct Table {
    std::vector<std::uint32_t> firm_id;
    std::vector<std::uint16_t> sector;
    std::vector<std::uint32_t> reason;
};

Table join_blocks(std::span<const Block> blocks, MembershipCounts& counts) {
    Table table;
    for (const Block& block : blocks) {
        counts.firms_in_a_sector += block.firms_in_a_sector;
        for (std::size_t sector = 0; sector < block.of_sector.size(); ++sector) {
            counts.of_sector[sector] += block.of_sector[sector].size();
            counts.memberships += block.of_sector[sector].size();
        }
    }
    table.firm_id.reserve(counts.memberships);
    table.sector.reserve(counts.memberships);
    table.reason.reserve(counts.memberships);
    for (std::size_t sector = 0; sector < counts.of_sector.size(); ++sector) {
        for (const Block& block : blocks) {
            for (const Row& row : block.of_sector[sector]) {
                table.firm_id.push_back(row.firm_id);
                table.reason.push_back(row.reason);
            }
        }
        table.sector.resize(table.firm_id.size(), static_cast<std::uint16_t>(sector));
    }
    return table;
}

Reasons reasons_of(const CodeSectors& codes, const Definitions& definitions) {
    Reasons reasons;
    for (const std::string& code : codes.codes()) {
        reasons.text.push_back("SIC " + code);
    }
    reasons.first_sub_sector = static_cast<std::uint32_t>(reasons.text.size());
    for (const SectorDefinition& sector : definitions.sectors) {
        reasons.text.push_back("sub-sector " + sector.name);
    }
    reasons.first_other = static_cast<std::uint32_t>(reasons.text.size());
    return reasons;
}

} // namespace

Result<MembershipCounts> write_memberships(store::Connection& connection, store::Connection* beside,
                                           const Definitions& definitions,
                                           const std::function<Result<void>()>& find_other_ways) {
    CodeSectors codes(definitions);
    std::future<Result<FirmCodes>> reading =
        std::async(beside != nullptr ? std::launch::async : std::launch::deferred,
                   [&] { return read_codes(beside != nullptr ? *beside : connection, codes); });
    ICMAP_TRY(find_other_ways());
    ICMAP_ASSIGN(OtherWays other, read_other_ways(connection));
    ICMAP_ASSIGN(const FirmCodes firms, reading.get());
    Reasons reasons = reasons_of(codes, definitions);
    const auto above = ancestors_of(definitions);
    const Sources sources{firms, codes, above, other, reasons};
    std::vector<Block> blocks((firms.firm_id.size() + kBlock - 1) / kBlock);
    parallel_for_each(blocks.size(), 1, [&](std::size_t i) {
        FirmSectors(sources).find(i * kBlock, std::min((i + 1) * kBlock, firms.firm_id.size()),
                                  blocks[i]);
    });
    MembershipCounts counts;
    counts.of_sector.assign(definitions.sectors.size(), 0);
    const Table table = join_blocks(blocks, counts);
    blocks.clear();
    reasons.text.insert(reasons.text.end(), std::make_move_iterator(other.reason.begin()),
                        std::make_move_iterator(other.reason.end()));
    const std::array<store::Column, 3> columns{
        store::Column{std::span<const std::uint32_t>(table.firm_id)},
        store::Column{std::span<const std::uint16_t>(table.sector)},
        store::Column{store::Texts{table.reason, reasons.text}}};
    ICMAP_TRY(store::append_columns(connection, "main", "firm_sector", columns));
    return counts;
}

} // namespace icmap::classify
