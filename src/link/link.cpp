#include "link/link.hpp"

#include "base/words.hpp"
#include "link/evidence_rules.hpp"
#include "link/weighed_links.hpp"
#include "names/sql_functions.hpp"
#include "store/steps.hpp"

#include <array>
#include <fmt/format.h>
#include <future>

namespace icmap::link {
namespace {

/// How the records of one kind were linked. `{0}`: the table, `{1}`: whether it has institutions.
constexpr const char* kRatesQuery = R"(
    select count(*) as records,
           (select count(*) from (select distinct name, postcode, company_number
                                  from mention_claim where record_kind = '{0}')) as organisations,
           count(*) filter (link_method = 'number'),
           count(*) filter (link_method = 'name_and_postcode'),
           count(*) filter (link_method = 'name'),
           count(*) filter (link_method = 'fuzzy'),
           count(*) filter ({1}),
           count(*) filter (firm_id is null and not ({1}))
    from {0})";

Result<LinkRates> rates_of(store::Connection& connection, const char* table) {
    const bool has_institutions = std::string_view(table) != "deal";
    const char* to_institution =
        has_institutions ? "asset_id is not null" : "firm_id is null and link_method <> 'none'";
    LinkRates rates;
    rates.record_kind = table;
    const std::array<std::uint64_t*, 8> counts{
        &rates.records, &rates.organisations, &rates.by_number,      &rates.by_name_and_postcode,
        &rates.by_name, &rates.by_fuzzy,      &rates.to_institution, &rates.not_linked};
    ICMAP_TRY(connection.read(
        fmt::format(kRatesQuery, table, to_institution), [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < counts.size(); ++i) {
                *counts.at(i) = static_cast<std::uint64_t>(chunk.column<std::int64_t>(i)[0]);
            }
        }));
    return rates;
}

Result<void> count_into(store::Connection& connection, const char* query, std::uint64_t& count) {
    ICMAP_ASSIGN(const std::int64_t number, connection.integer(query));
    count = static_cast<std::uint64_t>(number);
    return {};
}

std::string summary_of(const LinkReport& report) {
    std::string summary;
    for (const LinkRates& rates : report.rates) {
        if (rates.records > 0) {
            summary += fmt::format(
                "{} of {} linked ({} to institutions), ", grouped(rates.records - rates.not_linked),
                counted(rates.records, rates.record_kind), grouped(rates.to_institution));
        }
    }
    return summary + fmt::format("{} in {}, {} to look at",
                                 counted(report.rdi_active_firms, "RD&I-active firm"),
                                 counted(static_cast<std::uint64_t>(report.window_years), "year"),
                                 counted(report.candidates, "candidate"));
}

Result<void> count_tables(store::Connection& connection, LinkReport& report) {
    for (const char* table : {"participation", "patent", "deal"}) {
        ICMAP_ASSIGN(auto rates, rates_of(connection, table));
        report.rates.push_back(std::move(rates));
    }
    ICMAP_TRY(count_into(connection, "select count(*) from project", report.projects));
    ICMAP_TRY(count_into(connection, "select count(*) from link_candidate", report.candidates));
    ICMAP_TRY(count_into(connection, "select count(*) from evidence", report.evidence));
    return count_into(connection, "select count(distinct firm_id) from evidence where in_window",
                      report.rdi_active_firms);
}

/// Begins to read the register on a connection of its own, where there is one and records name
/// anybody; otherwise what is returned is no future.
Result<std::future<Result<Register>>> begin_reading(store::Connection& connection,
                                                    store::Connection* beside) {
    ICMAP_ASSIGN(const std::int64_t records,
                 connection.integer("select (select count(*) from staging.participation_record) + "
                                    "(select count(*) from staging.patent_record) + "
                                    "(select count(*) from staging.deal_record)"));
    std::future<Result<Register>> reading;
    if (beside != nullptr && records > 0) {
        reading = std::async(std::launch::async, [beside] { return read_register(*beside); });
    }
    return reading;
}

/// The temporary tables of this verb are not needed by any other.
Result<void> drop_temporary(store::Connection& connection) {
    return connection.run(
        "drop table mention_claim; drop table mention; drop table mention_link; "
        "drop table mention_candidate; drop table mention_match; drop table asset_key; "
        "drop table institution_number; drop table evidence_kind; drop table evidence_stage; "
        "drop table programme_period;");
}

} // namespace

Result<LinkReport> link(store::Connection& connection, const LinkOptions& options,
                        Progress& progress) {
    constexpr std::uint64_t kSteps = 10;
    std::uint64_t done = 0;
    const auto run = [&](std::string_view step) -> Result<void> {
        ICMAP_TRY(store::run_step(connection, fmt::format("link/{}.sql", step)));
        progress.step(++done, kSteps);
        return {};
    };
    ICMAP_ASSIGN(const EvidenceRules rules, read_evidence_rules(options.evidence_rules));
    LinkReport report;
    report.window_years = options.window_years > 0 ? options.window_years : rules.window_years;
    ICMAP_TRY(names::register_functions(connection));
    ICMAP_TRY(connection.set_variable("window_years", std::int64_t{report.window_years}));
    ICMAP_TRY(write_evidence_rules(connection, rules));
    ICMAP_ASSIGN(auto reading, begin_reading(connection, options.beside));
    ICMAP_TRY(run("projects"));
    ICMAP_TRY(run("mentions"));
    ICMAP_TRY(run("sure_links"));
    ICMAP_TRY(weigh_links(
        connection,
        {options.threshold, options.candidate_threshold, options.on_register, options.fuzzy},
        [&] { return reading.valid() ? reading.get() : read_register(connection); }));
    progress.step(++done, kSteps);
    ICMAP_TRY(run("weighed_links"));
    ICMAP_TRY(run("participations"));
    ICMAP_TRY(run("patents"));
    ICMAP_TRY(run("deals"));
    ICMAP_TRY(run("candidates"));
    ICMAP_TRY(run("evidence"));
    ICMAP_TRY(count_tables(connection, report));
    ICMAP_TRY(drop_temporary(connection));
    report.summary = summary_of(report);
    return report;
}

} // namespace icmap::link
