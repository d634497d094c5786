#include "demo/dirt.hpp"

#include "demo/national_grid.hpp"
#include "demo/sector_writer.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace icmap::demo {
namespace {

/// The row's fields around what is wrong with it.
struct CompanyFields {
    std::string name;
    std::string number;
    std::string postcode;
    std::string date = "14/03/2018";
    std::string sic = "62020 - Information technology consultancy activities";
};

std::string plain_company(const CompanyFields& fields) {
    std::string out;
    Row row(out);
    row.quoted(fields.name).quoted(fields.number).empty(2, true).quoted("1 HIGH STREET");
    row.empty(1, true).quoted("EXAMPLE TOWN").empty(1, true).quoted("ENGLAND");
    row.quoted(fields.postcode).quoted("Private Limited Company").quoted("Active");
    row.quoted("United Kingdom").empty(1, true).quoted(fields.date).quoted("31").quoted("3");
    row.empty(2, true).quoted("MICRO ENTITY").empty(2, true);
    row.quoted("0").quoted("0").quoted("0").quoted("0").quoted(fields.sic).empty(3, true);
    row.quoted("0").quoted("0").quoted("http://business.data.gov.uk/id/company/" + fields.number);
    row.empty(22, true);
    out += '\r';
    row.end();
    return out;
}

} // namespace

DirtyRows::DirtyRows(const Plan& plan, std::vector<DirtyRow>& list) : plan_(&plan), list_(&list) {}

std::uint32_t DirtyRows::rows_of_each(std::uint64_t firms) {
    return 2 + static_cast<std::uint32_t>(std::min<std::uint64_t>(firms / 100000, 10));
}

std::string DirtyRows::number_of_first_firm(std::size_t sector) const {
    while (plan_->sectors[sector].firms() == 0) {
        sector = sector == 0 ? plan_->sectors.size() - 1 : sector - 1;
    }
    const Settlement& place = settlements()[postcode_sectors()[sector].settlement];
    const SectorPlan& here = plan_->sectors[sector];
    Firm firm;
    FirmMaker(*plan_).make(here.first_firm, here.first_in_register, place.nation, place.upper_name,
                           here.groups.empty() ? -1 : static_cast<int>(here.groups[0].cluster),
                           firm);
    return firm.number;
}

std::string DirtyRows::company_row(std::string_view slug, std::size_t sector,
                                   std::uint32_t serial) const {
    CompanyFields fields;
    fields.name = fmt::format("DIRTY ROW {} LTD", serial);
    fields.number = fmt::format("99{:06}", serial); // no register has reached these numbers
    fields.postcode =
        postcode_unit(postcode_sectors()[sector],
                      static_cast<std::uint32_t>(plan_->sectors[sector].institutions.size()));
    if (slug == "bad_date") {
        fields.date = "31/02/2019";
    } else if (slug == "unknown_sic") {
        fields.sic = "12345 - Activities that no classification has";
    } else if (slug == "duplicate_number") {
        fields.number = number_of_first_firm(sector);
    } else if (slug == "missing_number") {
        fields.number.clear();
    } else if (slug == "missing_name") {
        fields.name.clear();
    } else if (slug == "unknown_postcode") {
        fields.postcode = "ZZ99 9ZZ";
    } else if (slug == "invalid_utf8") {
        fields.name = fmt::format("CAF\xE9 DIRTY ROW {} LTD", serial); // Latin-1
    }
    std::string row = plain_company(fields);
    if (slug == "too_few_fields") {
        row = row.substr(0, row.find("\"Active\"")) + "\"Active\"\r\n";
    } else if (slug == "too_many_fields") {
        row.insert(row.size() - 2, ",\"\",\"\",\"\"");
    } else if (slug == "stray_quote") {
        row.insert(8, "\"QUOTED\"");
    }
    return row;
}

std::string DirtyRows::postcode_row(std::string_view slug, std::size_t sector,
                                    std::uint32_t serial) const {
    const PostcodeSector& here = postcode_sectors()[sector];
    const LonLat position = from_national_grid(here.centre);
    std::string unit = postcode_unit(here, kUnitsPerSector + serial % 4); // used by nothing else
    std::string lat = fmt::format("{:.6f}", position.lat);
    std::string lon = fmt::format("{:.6f}", position.lon);
    if (slug == "swapped_coordinates") {
        std::swap(lat, lon);
    } else if (slug == "out_of_range") {
        lat = "154.200000";
    } else if (slug == "zero_coordinates") {
        lat = lon = "0.000000";
    } else if (slug == "not_a_number") {
        lat = "n/a";
    } else if (slug == "malformed_postcode") {
        unit = fmt::format("Q{}", serial);
    } else if (slug == "duplicate_postcode") {
        const auto& plan = plan_->sectors[sector];
        unit = postcode_unit(here, static_cast<std::uint32_t>(plan.institutions.size()));
    }
    return fmt::format(
        R"("{0}","{0}","{0}",201001,,"E99999999","E99999999","E99999999","E99999999","E99999999",0,,,9,"E99999999","E99999999","E92000001","E99999999",0,"","","","","","E05999999","","","","","","","1","","","","","","","","","","",{1},{2},"","","",,"","","","",""
)",
        unit, lat, lon);
}

std::string DirtyRows::account_row(std::string_view slug, std::size_t sector) const {
    const std::string number =
        slug == "unknown_company" ? "99999999" : number_of_first_firm(sector);
    std::string_view date = "2013-03-31"; // a year the example's own accounts do not reach
    std::string_view employees = "4";
    if (slug == "employees_is_a_year") {
        employees = "2023";
        date = "2023-12-31";
    } else if (slug == "negative_employees") {
        employees = "-4";
    } else if (slug == "employees_in_words") {
        employees = "twelve";
    } else if (slug == "bad_date") {
        date = "31 February 2013";
    }
    return fmt::format("{},{},{},,\n", number, date, employees);
}

template <class MakeRow>
Result<void> DirtyRows::add(OutputFile& file, const char* name, std::span<const Problem> problems,
                            std::size_t begin, std::size_t count, MakeRow&& make_row) {
    const std::uint32_t each = rows_of_each(plan_->options.firms);
    const auto total = static_cast<std::uint32_t>(problems.size()) * each;
    for (std::uint32_t k = 0; k < total; ++k) {
        // Evenly over the file, the kinds in turn.
        const std::size_t at = (2 * std::size_t{k} + 1) * count / (2 * std::size_t{total});
        if (at < begin || at >= begin + kSectorsAtOnce) {
            continue;
        }
        const Problem& problem = problems[k % problems.size()];
        list_->push_back(
            {name, file.lines() + 1, std::string(problem.slug), std::string(problem.expected), ""});
        ICMAP_TRY(file.write(make_row(problem.slug, at, k), 1));
    }
    return {};
}

Result<void> DirtyRows::add_companies(OutputFile& file, std::size_t begin, std::size_t count) {
    static constexpr std::array<Problem, 10> kProblems{{{"bad_date", "value_dropped"},
                                                        {"unknown_sic", "either"},
                                                        {"duplicate_number", "rejected"},
                                                        {"missing_number", "rejected"},
                                                        {"missing_name", "rejected"},
                                                        {"unknown_postcode", "kept"},
                                                        {"invalid_utf8", "rejected"},
                                                        {"too_few_fields", "rejected"},
                                                        {"too_many_fields", "either"},
                                                        {"stray_quote", "rejected"}}};
    return add(file, kCompaniesFile, kProblems, begin, count,
               [&](std::string_view slug, std::size_t sector, std::uint32_t serial) {
                   return company_row(slug, sector, serial);
               });
}

Result<void> DirtyRows::add_postcodes(OutputFile& file, std::size_t begin, std::size_t count) {
    static constexpr std::array<Problem, 6> kProblems{{{"swapped_coordinates", "value_dropped"},
                                                       {"out_of_range", "value_dropped"},
                                                       {"zero_coordinates", "value_dropped"},
                                                       {"not_a_number", "value_dropped"},
                                                       {"malformed_postcode", "rejected"},
                                                       {"duplicate_postcode", "rejected"}}};
    return add(file, kPostcodesFile, kProblems, begin, count,
               [&](std::string_view slug, std::size_t sector, std::uint32_t serial) {
                   return postcode_row(slug, sector, serial);
               });
}

Result<void> DirtyRows::add_accounts(OutputFile& file, std::size_t begin, std::size_t count) {
    static constexpr std::array<Problem, 5> kProblems{{{"employees_is_a_year", "value_dropped"},
                                                       {"negative_employees", "value_dropped"},
                                                       {"employees_in_words", "value_dropped"},
                                                       {"bad_date", "rejected"},
                                                       {"unknown_company", "either"}}};
    return add(file, kAccountsFile, kProblems, begin, count,
               [&](std::string_view slug, std::size_t sector, std::uint32_t) {
                   return account_row(slug, sector);
               });
}

} // namespace icmap::demo
