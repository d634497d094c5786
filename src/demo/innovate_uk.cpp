// Innovate UK funded projects, in the 27 columns of the published spreadsheet.
#include "demo/authorities.hpp"
#include "demo/output_file.hpp"
#include "demo/projects.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace icmap::demo {
namespace {

constexpr const char* kFile = "grants/innovate_uk_funded_projects.csv";
constexpr std::string_view kHeader =
    "Competition Reference,Competition Title,Programme Title,Sector,Application Number,"
    "Project Number,Project Title,Public Description,Competition Year,Innovate UK Product Type,"
    "Participant Name,Is Lead Participant,CRN,Project Start Date,Project End Date,"
    "Award Offered (£),Total Costs (£),Actual Spend to Date (£),Participant Withdrawn From Project,"
    "Project Status,Enterprise Size,Postcode,Address Region,Address LEP,Address Local Authority,"
    "In Multiple LEPs,Industrial Strategy Challenge Fund (ISCF)\n";

constexpr double kWithdrawn = 0.03;

/// "£1,234,567"
std::string pounds(double amount) {
    return "£" + grouped(static_cast<std::uint64_t>(std::llround(amount)));
}

std::string_view enterprise_size(int employees) {
    if (employees < 10) {
        return "Micro";
    }
    if (employees < 50) {
        return "Small";
    }
    return employees < 250 ? "Medium" : "Large";
}

/// The financial year a day is in, "2019/20".
std::string financial_year(Day day) {
    const Calendar date = calendar(day);
    const int first = date.month >= 4 ? date.year : date.year - 1;
    return fmt::format("{}/{:02}", first, (first + 1) % 100);
}

struct Money {
    double award, cost, spent;
};

Money draw_money(Random& random, const Project& project, bool is_institution) {
    const double months = (project.end - project.start) / 30.0;
    const double cost = months * (4000.0 + 30000.0 * random.unit() * random.unit());
    const double rate = is_institution ? 1.0 : 0.45 + 0.25 * random.unit();
    const double done = std::clamp(static_cast<double>(as_of_day() - project.start) /
                                       static_cast<double>(project.end - project.start),
                                   0.0, 1.0);
    const double award = std::round(cost * rate);
    return {award, std::round(cost), std::round(award * done)};
}

class Writer {
  public:
    Writer(Research& research, DemoSummary& summary) : research_(research), summary_(summary) {}

    void add(const Project& project) {
        Random random(research_.plan->options.seed, 6, project.number);
        const std::uint32_t competition = random.below(400);
        for (std::size_t i = 0; i < project.participants.size(); ++i) {
            add_participant(random, project, competition, i);
        }
        ++summary_.projects;
    }

    /// Rows that are wrong in one way each, at the end of the file.
    void add_dirt(std::string_view problem, std::string_view expected) {
        Row row(text_);
        row.field("9999").field("Example competition").field("Example programme").field("Digital");
        row.field("99999999").field(problem == "missing_project_number" ? "" : "999999");
        row.field("Dirty row").field("A row that is wrong on purpose").field("2019/20");
        row.field("Grant for R&D");
        row.field(problem == "missing_participant" ? "" : "Dirty Participant Ltd").field("Yes");
        row.field(problem == "malformed_number" ? "N/A - charity" : "");
        row.field(problem == "bad_date" ? "30/02/2019" : "01/04/2019").field("31/03/2020");
        row.field(problem == "amount_in_words" ? "to be confirmed" : "£10,000");
        row.field("£20,000").field("£5,000").field("No").field("Completed").field("Micro");
        row.empty(6).end();
        research_.dirt.push_back(
            {kFile, rows_ + 2, std::string(problem), std::string(expected), ""});
        ++rows_;
    }

    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    void add_participant(Random& random, const Project& project, std::uint32_t competition,
                         std::size_t i);
    void add_place(Row& row, PlaneXY position, Random& random);

    Research& research_;
    DemoSummary& summary_;
    std::string text_ = std::string(kHeader);
    std::uint64_t rows_ = 0;
};

void Writer::add_place(Row& row, PlaneXY position, Random& random) {
    const LocalAuthority& authority = area_map().authorities[authority_at(position)];
    const auto region =
        std::ranges::find(area_map().regions, authority.region_code, &WiderArea::code);
    row.field(region == area_map().regions.end() ? "" : region->name).field("");
    row.field(authority.name).field(random.chance(0.05) ? "Yes" : "No");
}

void Writer::add_participant(Random& random, const Project& project, std::uint32_t competition,
                             std::size_t i) {
    constexpr std::array<std::string_view, 6> kProducts{
        "Collaborative R&D",     "Grant for R&D", "Feasibility Studies",
        "BIS-Funded Programmes", "SME Support",   "Innovation Loans"};
    const Participant& who = project.participants[i];
    const ActiveFirm* firm = who.is_institution ? nullptr : &(*research_.actives)[who.index];
    const Institution* institution =
        who.is_institution ? &research_.plan->institutions[who.index] : nullptr;
    const Money money = draw_money(random, project, who.is_institution);
    const bool is_withdrawn = i > 0 && random.chance(kWithdrawn);
    const std::string_view area =
        project.topic < 0 ? std::string_view("Open")
                          : tables().sectors[static_cast<std::size_t>(project.topic)].name;
    Row row(text_);
    row.number(1000 + competition).field(fmt::format("Example competition {}", competition));
    row.field(project.topic < 0 ? "Open grants" : "Sector grants").field(area);
    row.number(10'000'000 + project.number).number(project.number).field(project.title);
    row.field(project.summary).field(financial_year(project.start));
    row.field(kProducts[competition % kProducts.size()]);
    if (firm != nullptr) {
        const RecordedName name = record_name(random, *firm, project.start);
        research_.links.add(kFile, rows_ + 1, name.name, firm->number, name.variation);
        row.field(name.name).field(i == 0 ? "Yes" : "No").field(record_number(random, *firm));
    } else {
        row.field(institution->name).field("No").field(random.chance(0.5) ? "RC000999" : "");
    }
    row.field(british(project.start)).field(british(project.end));
    row.field(pounds(money.award)).field(pounds(money.cost));
    row.field(is_withdrawn ? "£0" : pounds(money.spent)).field(is_withdrawn ? "Yes" : "No");
    row.field(project.end < as_of_day() ? "Completed" : "Live");
    row.field(firm != nullptr ? enterprise_size(firm->employees) : "Academic");
    row.field(firm != nullptr ? record_postcode(random, *firm, *research_.actives)
                              : institution->postcode);
    add_place(row, firm != nullptr ? firm->position : institution->position, random);
    row.field(random.chance(0.1) ? "Yes" : "No").end();
    ++rows_;
    ++summary_.participations;
}

} // namespace

Result<void> write_innovate_uk(const std::filesystem::path& directory, Research& research,
                               DemoSummary& summary) {
    Writer writer(research, summary);
    for (const Project& project : research.projects) {
        writer.add(project);
    }
    writer.add_dirt("bad_date", "value_dropped");
    writer.add_dirt("malformed_number", "value_dropped");
    writer.add_dirt("amount_in_words", "value_dropped");
    writer.add_dirt("missing_participant", "rejected");
    writer.add_dirt("missing_project_number", "either");
    summary.bytes += writer.text().size();
    return write_file(directory / kFile, writer.text());
}

} // namespace icmap::demo
