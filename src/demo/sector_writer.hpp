#pragma once

#include "demo/firm.hpp"
#include "demo/plan.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::demo {

/// A firm that takes part in projects, applies for patents or raises capital: what later files
/// need to know of it.
struct ActiveFirm {
    std::string number;
    std::string name;
    std::string former_name;
    Day renamed = 0;
    Day founded = 0;
    std::string postcode; ///< empty when the register has none
    PlaneXY position;
    std::uint32_t settlement = 0;
    int cluster = -1;
    int topic = -1;
    int employees = 0;
};

/// The rows of one postcode sector, ready to be written in the order of the sectors.
struct SectorRows {
    std::string companies, postcodes, accounts, sites, members;
    std::uint64_t company_count = 0, postcode_count = 0, account_count = 0, site_count = 0,
                  member_count = 0;
    std::vector<ActiveFirm> actives;
};

/// The headers of the files SectorRows holds, with their line end.
extern const std::string_view kCompaniesHeader;
extern const std::string_view kPostcodesHeader;
extern const std::string_view kAccountsHeader;
extern const std::string_view kSitesHeader;
extern const std::string_view kMembersHeader;

/// Makes the rows of a postcode sector; pure, so that sectors can be made in parallel.
/// \param sector index into postcode_sectors()
[[nodiscard]] SectorRows make_sector_rows(const Plan& plan, const FirmMaker& firms,
                                          std::uint32_t sector);

/// Where a register row says the firm is.
struct Address {
    std::string line1;
    std::string_view town;
    std::string_view country;
    std::string_view postcode;
};

/// Appends a row in the 55 columns of the Free Company Data Product.
void append_company(std::string& out, const Firm& firm, const Address& address, Random& random);

/// Appends what the firm filed over up to ten years. \returns rows appended
std::uint64_t append_accounts(std::string& out, const Firm& firm, Random& random);

/// A period end in one of the forms in which accounts are tagged.
void append_mixed_date(std::string& out, Day day, Random& random);

} // namespace icmap::demo
