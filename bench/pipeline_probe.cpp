// What the pipeline is held against, one JSON line an answer:
//   pipeline_probe read COMPANIES.csv THREADS   seconds DuckDB takes to read the columns that the
//                                               build uses, and to load all of them as text
//   pipeline_probe links ATLAS LINKS.csv        the links of an example's atlas against its truth
#include "store/atlas_file.hpp"

#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <string>

namespace {
using icmap::Result;
using icmap::store::Connection;
using icmap::store::Database;

/// The columns of the Free Company Data Product that the preset uses.
constexpr const char* kUsed =
    "max(CompanyName), max(CompanyNumber), max(\"RegAddress.AddressLine1\"), "
    "max(\"RegAddress.AddressLine2\"), max(\"RegAddress.PostTown\"), max(\"RegAddress.Country\"), "
    "max(\"RegAddress.PostCode\"), max(CompanyCategory), max(CompanyStatus), max(DissolutionDate), "
    "max(IncorporationDate), max(\"SICCode.SicText_1\"), max(\"SICCode.SicText_2\"), "
    "max(\"SICCode.SicText_3\"), max(\"SICCode.SicText_4\"), max(\"PreviousName_1.CompanyName\"), "
    "max(\"PreviousName_2.CompanyName\"), max(\"PreviousName_3.CompanyName\"), "
    "max(\"PreviousName_4.CompanyName\"), max(\"PreviousName_5.CompanyName\"), "
    "max(\"PreviousName_6.CompanyName\"), max(\"PreviousName_7.CompanyName\"), "
    "max(\"PreviousName_8.CompanyName\"), max(\"PreviousName_9.CompanyName\"), "
    "max(\"PreviousName_10.CompanyName\")";

Result<double> seconds_of(Connection& connection, const std::string& statement) {
    const auto start = std::chrono::steady_clock::now();
    ICMAP_TRY(connection.read(statement, [](const icmap::store::Chunk&) {}));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<void> read(const std::string& file, int threads) {
    ICMAP_ASSIGN(auto database, Database::open(":memory:", {.threads = threads}));
    ICMAP_ASSIGN(auto connection, database.connect());
    const std::string table =
        fmt::format("read_csv({}, header = true, all_varchar = true, delim = ',', quote = '\"', "
                    "escape = '\"', store_rejects = true)",
                    icmap::store::sql_literal(file));
    ICMAP_ASSIGN(const double used,
                 seconds_of(connection, fmt::format("select {} from {}", kUsed, table)));
    ICMAP_ASSIGN(const double all,
                 seconds_of(connection, fmt::format("create table t as from {}", table)));
    fmt::print("{{\"used_columns_s\":{:.2f},\"all_columns_s\":{:.2f}}}\n", used, all);
    return {};
}

/// Record by record: every row of the truth that names a firm against the links of equal names. A
/// name that means two firms counts for each as often as records of it do.
constexpr const char* kJudge = R"(
    with truth as (
        select record_name as name, company_number, row_number() over (partition by record_name, company_number) as k
        from truth_file where company_number <> ''
    ),
    link as (
        select organisation as name, company_number, link_method from participation join firm using (firm_id)
        union all
        select applicant, company_number, link_method from patent join firm using (firm_id)
        union all
        select company, f.company_number, link_method from deal join firm f using (firm_id)
    ),
    numbered as (
        select *, row_number() over (partition by name, company_number order by link_method) as k from link
    ),
    joined as (
        select t.name is not null as is_true, l.name is not null as is_link,
               coalesce(l.link_method, 'none') = 'number' as by_number
        from truth t full join numbered l using (name, company_number, k)
    )
    select count(*) filter (is_true), count(*) filter (is_link), count(*) filter (is_true and is_link),
           count(*) filter (by_number), count(*) filter (by_number and is_true)
    from joined)";

Result<void> links(const std::string& atlas, const std::string& truth) {
    ICMAP_ASSIGN(auto database, icmap::store::open_atlas(atlas));
    ICMAP_ASSIGN(auto connection, database.connect());
    ICMAP_TRY(connection.run(fmt::format(
        "create temp table truth_file as from read_csv({}, header = true, all_varchar = true, "
        "delim = ',', quote = '\"', escape = '\"')",
        icmap::store::sql_literal(truth))));
    return connection.read(kJudge, [](const icmap::store::Chunk& chunk) {
        const auto count = [&](std::size_t column) {
            return chunk.column<std::int64_t>(column)[0];
        };
        fmt::print("{{\"true\":{},\"links\":{},\"right\":{},\"by_number\":{},"
                   "\"by_number_right\":{}}}\n",
                   count(0), count(1), count(2), count(3), count(4));
    });
}

} // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    Result<void> done;
    if (verb == "read" && argc == 4) {
        done = read(argv[2], std::atoi(argv[3]));
    } else if (verb == "links" && argc == 4) {
        done = links(argv[2], argv[3]);
    } else {
        fmt::print(stderr, "usage: pipeline_probe read COMPANIES.csv THREADS | "
                           "links ATLAS LINKS.csv\n");
        return 2;
    }
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message());
        return 1;
    }
    return 0;
}
