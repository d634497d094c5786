// Rows of the company register and of filed accounts.
#include "demo/sector_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace icmap::demo {

// The product's own header, odd leading spaces included.
const std::string_view kCompaniesHeader =
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, "
    "RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,"
    "RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,"
    "IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,Accounts.NextDueDate,"
    "Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,"
    "Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,"
    "Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,"
    "SICCode.SicText_4,LimitedPartnerships.NumGenPartners,LimitedPartnerships.NumLimPartners,URI,"
    "PreviousName_1.CONDATE, PreviousName_1.CompanyName,PreviousName_2.CONDATE, "
    "PreviousName_2.CompanyName,PreviousName_3.CONDATE, PreviousName_3.CompanyName,"
    "PreviousName_4.CONDATE, PreviousName_4.CompanyName,PreviousName_5.CONDATE, "
    "PreviousName_5.CompanyName,PreviousName_6.CONDATE, PreviousName_6.CompanyName,"
    "PreviousName_7.CONDATE, PreviousName_7.CompanyName,PreviousName_8.CONDATE, "
    "PreviousName_8.CompanyName,PreviousName_9.CONDATE, PreviousName_9.CompanyName,"
    "PreviousName_10.CONDATE, PreviousName_10.CompanyName,ConfStmtNextDueDate, "
    "ConfStmtLastMadeUpDate\r\n";
const std::string_view kAccountsHeader =
    "CompanyNumber,PeriodEnd,EmployeesThisYear,EmployeesLastYear,TurnoverGBP\n";

namespace {

constexpr int kYear = 365;
constexpr int kFirstAccountsAge = 21 * 30; // first accounts are due 21 months after incorporation

std::string_view account_category(const Firm& firm, Random& random) {
    if (as_of_day() - firm.founded < kFirstAccountsAge) {
        return "NO ACCOUNTS FILED";
    }
    if (firm.employees >= 250) {
        return random.chance(0.4) ? "GROUP" : "FULL";
    }
    if (firm.employees >= 50) {
        return random.chance(0.6) ? "FULL" : "SMALL";
    }
    constexpr std::array<std::string_view, 20> kMix{"MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "MICRO ENTITY",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "TOTAL EXEMPTION FULL",
                                                    "DORMANT",
                                                    "DORMANT",
                                                    "DORMANT",
                                                    "UNAUDITED ABRIDGED",
                                                    "SMALL"};
    return kMix[random.below(kMix.size())];
}

void append_dates(std::string& out, const Firm& firm, Random& random) {
    const Calendar founded = calendar(firm.founded);
    const auto quoted_date = [&](Day day) {
        out += ",\"";
        append_british(out, day);
        out += '"';
    };
    const bool has_filed = as_of_day() - firm.founded >= kFirstAccountsAge;
    const int last_year = calendar(as_of_day()).year - (founded.month >= 2 ? 1 : 0);
    const Day made_up = day_of(last_year, founded.month, last_day(last_year, founded.month));
    out += ",\"";
    append_number(out, last_day(2023, founded.month));
    out += "\",\"";
    append_number(out, founded.month);
    out += '"';
    quoted_date(has_filed ? made_up + kYear + 273 : firm.founded + kFirstAccountsAge);
    if (has_filed) {
        quoted_date(made_up);
    } else {
        out += ",\"\"";
    }
    out += ",\"";
    out += account_category(firm, random);
    out += "\",\"\",\"\"";
    const std::uint32_t charges = random.chance(0.12) ? 1 + random.below(4) : 0;
    const std::uint32_t satisfied = charges > 0 ? random.below(charges + 1) : 0;
    for (const std::uint32_t count : {charges, charges - satisfied, 0U, satisfied}) {
        out += ",\"";
        append_number(out, count);
        out += '"';
    }
}

/// Employees as filed. Nobody here has a number of people that could be a year: whoever looks for
/// years among employees finds the ones that truth/dirt.csv lists, and no others.
int as_filed(double employees) {
    const int rounded = std::max(0, static_cast<int>(std::lround(employees)));
    return rounded >= 1900 && rounded <= 2100 ? 2200 : rounded;
}

double turnover(const Firm& firm, int employees, Random& random) {
    const double per_head = firm.is_active_in_rd ? 140000.0 : 90000.0;
    return std::round(employees * per_head * (0.4 + 1.2 * random.unit()) / 100.0) * 100.0;
}

} // namespace

void append_company(std::string& out, const Firm& firm, const Address& address, Random& random) {
    const Tables& t = tables();
    Row row(out);
    row.quoted(firm.name).quoted(firm.number).empty(2, true).quoted(address.line1).empty(1, true);
    row.quoted(address.town).empty(1, true).quoted(address.country).quoted(address.postcode);
    row.quoted(kCategories[firm.category]).quoted(kStatuses[firm.status]);
    row.quoted("United Kingdom").empty(1, true);
    out += ",\"";
    append_british(out, firm.founded);
    out += '"';
    append_dates(out, firm, random);
    for (std::uint8_t i = 0; i < 4; ++i) {
        row.quoted(i < firm.sic_count ? std::string_view(t.sic[firm.sic[i]].text)
                                      : std::string_view{});
    }
    row.quoted("0").quoted("0");
    out += ",\"http://business.data.gov.uk/id/company/";
    out += firm.number;
    out += '"';
    if (firm.former_name.empty()) {
        row.empty(20, true);
    } else {
        out += ",\"";
        append_british(out, firm.renamed);
        out += '"';
        row.quoted(firm.former_name).empty(18, true);
    }
    // A confirmation statement is due yearly, fourteen days after the anniversary.
    const Day anniversary = as_of_day() - (as_of_day() - firm.founded) % kYear;
    out += ",\"";
    append_british(out, anniversary + kYear + 14);
    out += "\",\"";
    if (anniversary > firm.founded) {
        append_british(out, anniversary);
    }
    out += "\"\r"; // the product's lines end so
    row.end();
}

void append_mixed_date(std::string& out, Day day, Random& random) {
    constexpr std::array<std::string_view, 12> kMonths{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const Calendar date = calendar(day);
    const std::uint32_t style = random.below(100);
    if (style < 42) {
        append_iso(out, day);
    } else if (style < 75) { // 31.3.23
        append_number(out, date.day);
        out += '.';
        append_number(out, date.month);
        out += '.';
        append_padded(out, static_cast<std::uint64_t>(date.year % 100), 2);
    } else if (style < 98) { // 31 March 2023
        append_number(out, date.day);
        out += ' ';
        out += kMonths[date.month - 1];
        out += ' ';
        append_number(out, date.year);
    } else {
        append_british(out, day);
    }
}

std::uint64_t append_accounts(std::string& out, const Firm& firm, Random& random) {
    const Calendar founded = calendar(firm.founded);
    const int newest = 2024 - (founded.month > 3 ? 1 : 0); // filed nine months after the period
    const int first = std::max(founded.year + 1, newest - 9);
    const double growth = firm.is_active_in_rd ? 1.08 : 1.01;
    double employees = firm.employees;
    std::uint64_t rows = 0;
    const bool files_turnover = firm.employees >= 10 && random.chance(0.35);
    for (int year = newest; year >= first; --year) {
        const double before = employees / (growth + 0.12 * random.bell());
        const int now = as_filed(employees);
        const int last = as_filed(before);
        out += firm.number;
        out += ',';
        append_mixed_date(out, day_of(year, founded.month, last_day(year, founded.month)), random);
        out += ',';
        append_number(out, now);
        out += ',';
        if (year > first || random.chance(0.5)) {
            append_number(out, last);
        }
        out += ',';
        if (files_turnover) {
            append_fixed(out, turnover(firm, now, random), 0);
        }
        out += '\n';
        employees = std::clamp(before, 0.0, 80000.0);
        ++rows;
    }
    return rows;
}

} // namespace icmap::demo
