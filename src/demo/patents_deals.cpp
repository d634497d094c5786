// Patent applications and private investment deals, as plain tables.
#include "demo/names.hpp"
#include "demo/output_file.hpp"
#include "demo/projects.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace icmap::demo {
namespace {

constexpr const char* kPatents = "patents/patents.csv";
constexpr const char* kDeals = "deals/deals.csv";
constexpr double kHasPatents = 0.3;
constexpr double kHasDeals = 0.22;
constexpr double kWithUniversity = 0.08;

struct Stage {
    std::string_view name;
    double least_gbp, most_gbp;
};
constexpr std::array<Stage, 4> kStages{{{"Seed", 1e5, 1.5e6},
                                        {"Venture", 1e6, 1.2e7},
                                        {"Growth", 6e6, 6e7},
                                        {"Established", 2e7, 1.5e8}}};

std::string amount(Random& random, const Stage& stage) {
    const double u = random.unit();
    const double value = stage.least_gbp + (stage.most_gbp - stage.least_gbp) * u * u * u;
    return fmt::format("{:.0f}", std::round(value / 5000.0) * 5000.0);
}

void add_deals(std::string& text, std::uint64_t& rows, Research& research, std::uint32_t index) {
    const ActiveFirm& firm = (*research.actives)[index];
    Random random(research.plan->options.seed, 9, index);
    if (!random.chance(kHasDeals)) {
        return;
    }
    const auto& investors = tables().list("investor");
    std::size_t stage = 0;
    Day day = std::max(day_of(2012, 1, 1), firm.founded + random.between(60, 900));
    const std::string lead = random.pick(investors);
    while (day < as_of_day()) {
        const RecordedName name = record_name(random, firm, day);
        std::string backers = stage == 0 || random.chance(0.5) ? lead : "";
        for (int i = random.between(0, 2); i > 0; --i) {
            const std::string& more = random.pick(investors);
            if (backers.find(more) == std::string::npos) {
                backers += (backers.empty() ? "" : ";") + more;
            }
        }
        const std::uint32_t money = random.below(100);
        Row row(text);
        row.field(fmt::format("D{:07}", rows + 1)).field(name.name);
        row.field(random.chance(0.6) ? firm.number : "").field(firm.postcode).field(iso(day));
        row.field(kStages[stage].name);
        row.field(random.chance(0.08) ? "" : amount(random, kStages[stage])); // undisclosed
        row.field(money < 86 ? "GBP" : money < 95 ? "USD" : "EUR");
        row.field(backers.empty() ? "Undisclosed investor" : backers).end();
        research.links.add(kDeals, ++rows, name.name, firm.number, name.variation);
        if (!random.chance(0.55)) {
            return;
        }
        stage = std::min(stage + (random.chance(0.6) ? 1U : 0U), kStages.size() - 1);
        day += random.between(300, 900);
    }
}

void add_patents(std::string& text, std::uint64_t& rows, std::uint32_t& number, Research& research,
                 std::uint32_t index) {
    const ActiveFirm& firm = (*research.actives)[index];
    Random random(research.plan->options.seed, 10, index);
    if (firm.topic < 0 || !random.chance(kHasPatents)) {
        return;
    }
    const auto& sector = tables().sectors[static_cast<std::size_t>(firm.topic)];
    int count = 1;
    while (count < 12 && random.chance(0.5)) {
        ++count;
    }
    for (int i = 0; i < count; ++i) {
        const Day from = std::max(day_of(2008, 1, 1), firm.founded + 30);
        const Day day = from + static_cast<Day>(random.unit() * (as_of_day() - from));
        const RecordedName name = record_name(random, firm, day);
        const std::string title = fmt::format(
            "{} {}", random.chance(0.5) ? "Method and apparatus for" : "Improvements in",
            random.pick(sector.project_phrases));
        const std::string patent =
            fmt::format("{}", random.chance(0.7) ? "GB2" : "EP4") + fmt::format("{:06}", ++number);
        const std::string town = settlements()[firm.settlement].name;
        Row(text)
            .field(patent)
            .field(iso(day))
            .field(title)
            .field(sector.ipc)
            .field(name.name)
            .field(fmt::format("{}, {}", town, "United Kingdom"))
            .field(record_postcode(random, firm, *research.actives))
            .end();
        research.links.add(kPatents, ++rows, name.name, firm.number, name.variation);
        if (random.chance(kWithUniversity) && !research.plan->institutions.empty()) {
            const Institution& one = random.pick(research.plan->institutions);
            if (one.kind == "university") { // a second applicant, in a row of its own
                Row(text)
                    .field(patent)
                    .field(iso(day))
                    .field(title)
                    .field(sector.ipc)
                    .field(one.name)
                    .field(fmt::format("{}, United Kingdom", settlements()[one.town].name))
                    .field(one.postcode)
                    .end();
                ++rows;
            }
        }
    }
}

} // namespace

Result<void> write_patents(const std::filesystem::path& directory, Research& research,
                           DemoSummary& summary) {
    std::string text = "number,filing_date,title,ipc,applicant_name,applicant_address,"
                       "applicant_postcode\n";
    std::uint64_t rows = 0;
    std::uint32_t number = 600000;
    for (std::uint32_t i = 0; i < research.actives->size(); ++i) {
        add_patents(text, rows, number, research, i);
    }
    text += "GB2999998,2019-13-45,Dirty row,H01L 21/02,Dirty Applicant Ltd,Example Town,\n";
    research.dirt.push_back({kPatents, rows + 2, "bad_date", "value_dropped", ""});
    text += "GB2999999,2019-05-01,Dirty row,H01L 21/02,,Example Town,\n";
    research.dirt.push_back({kPatents, rows + 3, "missing_applicant", "rejected", ""});
    summary.patents = rows;
    summary.bytes += text.size();
    return write_file(directory / kPatents, text);
}

Result<void> write_deals(const std::filesystem::path& directory, Research& research,
                         DemoSummary& summary) {
    std::string text =
        "reference,company,company_number,postcode,date,stage,amount,currency,investors\n";
    std::uint64_t rows = 0;
    for (std::uint32_t i = 0; i < research.actives->size(); ++i) {
        add_deals(text, rows, research, i);
    }
    text += "D9999998,Dirty Deal Ltd,,,2019-05-01,Seed,250000,XXX,Example Investor\n";
    research.dirt.push_back({kDeals, rows + 2, "unknown_currency", "either", ""});
    text += "D9999999,Dirty Deal Ltd,,,2019-05-01,Seed,-5,GBP,Example Investor\n";
    research.dirt.push_back({kDeals, rows + 3, "negative_amount", "value_dropped", ""});
    summary.deals = rows;
    summary.bytes += text.size();
    return write_file(directory / kDeals, text);
}

} // namespace icmap::demo
