// UKRI Gateway to Research: the CSV of its project search: research council grants, led by
// universities, and fellowships held in firms.
#include "demo/authorities.hpp"
#include "demo/names.hpp"
#include "demo/output_file.hpp"
#include "demo/projects.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <array>

namespace icmap::demo {
namespace {

constexpr const char* kFile = "grants/gtr_projects.csv";
constexpr std::string_view kHeader =
    "FundingOrgName,ProjectReference,LeadROName,Department,ProjectCategory,PISurname,PIFirstName,"
    "PIOtherNames,PI ORCID iD,StudentSurname,StudentFirstName,StudentOtherNames,Student ORCID iD,"
    "Title,StartDate,EndDate,AwardPounds,ExpenditurePounds,Region,Status,GTRProjectUrl,ProjectId,"
    "FundingOrgId,LeadROId,PIId\n";
constexpr double kAboutASector = 0.55;     // the rest is research no sector's words find
constexpr double kHoldsAFellowship = 0.06; // of the firms that lead a project, for each they lead

/// An identifier in the form the Gateway uses; the variant digits say that it is made up.
std::string identifier(Random& random) {
    const std::uint64_t a = random.next();
    const std::uint64_t b = random.next();
    return fmt::format("{:08X}-{:04X}-8{:03X}-8{:03X}-{:012X}", a >> 32U, a & 0xffffU,
                       (a >> 16U) & 0xfffU, b & 0xfffU, (b >> 16U) & 0xffffffffffffU);
}

std::string region_of(PlaneXY position) {
    const LocalAuthority& authority = area_map().authorities[authority_at(position)];
    for (const WiderArea& region : area_map().regions) {
        if (region.code == authority.region_code) {
            return region.name;
        }
    }
    return "Unknown";
}

/// What differs between a council's grant and a fellowship.
struct Grant {
    std::string_view funder;
    std::string reference;
    std::string_view lead;
    std::string_view department;
    std::string_view category;
    PlaneXY position;
    Day start;
};

void add_row(std::string& text, Random& random, const Grant& grant) {
    std::string title;
    std::string summary;
    if (random.chance(kAboutASector)) {
        describe_project(random, static_cast<int>(tables().sector_weight.pick(random)), title,
                         summary);
    } else {
        title = fmt::format("New approaches to {}", random.pick(tables().list("research_topic")));
    }
    const Day end = grant.start + random.between(12, 60) * 30;
    const std::string id = identifier(random);
    Row row(text);
    row.field(grant.funder).field(grant.reference);
    row.field(grant.lead).field(grant.department);
    row.field(grant.category).field(title_case(random.pick(tables().list("surname"))));
    row.field(title_case(random.pick(tables().list("given")))).empty(6).field(title);
    row.field(british(grant.start)).field(british(end));
    row.number(40'000 + random.below(1'200'000)).number(0).field(region_of(grant.position));
    row.field(end < as_of_day() ? "Closed" : "Active");
    row.field("https://example.org/projects?ref=" + id).field(id).field(identifier(random));
    row.field(identifier(random)).field(identifier(random)).end();
}

void add_council_grant(std::string& text, Random& random, const Institution& lead,
                       std::uint32_t serial) {
    constexpr std::array<std::string_view, 7> kCouncils{"EPSRC", "BBSRC", "MRC", "STFC",
                                                        "NERC",  "ESRC",  "AHRC"};
    constexpr std::array<std::string_view, 5> kDepartments{"Engineering", "Computer Science",
                                                           "Biosciences", "Physics", "Materials"};
    const std::size_t council = random.below(kCouncils.size());
    const Day start = day_of(2014, 10, 1) + static_cast<Day>(random.below(3500));
    add_row(text, random,
            {kCouncils[council], fmt::format("EX/{:c}{:06}/1", 'K' + council, serial), lead.name,
             kDepartments[random.below(kDepartments.size())], "Research Grant", lead.position,
             start});
}

/// Future Leaders Fellowships, which UKRI gives to people in firms too, from 2018 on.
/// \returns how many
std::uint32_t add_fellowships(std::string& text, Research& research, std::uint32_t serial) {
    const Day first = day_of(2018, 11, 1);
    Random random(research.plan->options.seed, 7, 1);
    std::uint32_t fellowships = 0;
    for (const Project& project : research.projects) {
        if (project.start < first || !random.chance(kHoldsAFellowship)) {
            continue;
        }
        const ActiveFirm& firm = (*research.actives)[project.participants.front().index];
        const RecordedName name = record_name(random, firm, project.start);
        ++fellowships;
        research.links.add(kFile, serial + fellowships, name.name, firm.number, name.variation);
        add_row(text, random,
                {"UKRI FLF", fmt::format("EX/S{:06}/1", serial + fellowships), name.name,
                 "Research and Development", "Fellowship", firm.position, project.start});
    }
    return fellowships;
}

} // namespace

Result<void> write_gateway(const std::filesystem::path& directory, Research& research,
                           DemoSummary& summary) {
    std::string text(kHeader);
    Random random(research.plan->options.seed, 7, 0);
    std::uint32_t serial = 0;
    // A tenth of a grant a firm project, so that small examples stay small.
    const auto each = static_cast<int>(2 + research.projects.size() / 400);
    for (const Institution& institution : research.plan->institutions) {
        if (institution.kind != "university") {
            continue;
        }
        const int count = random.between(1, 2 * each);
        for (int i = 0; i < count; ++i) {
            add_council_grant(text, random, institution, ++serial);
        }
    }
    serial += add_fellowships(text, research, serial);
    summary.projects += serial;
    summary.participations += serial;
    summary.bytes += text.size();
    return write_file(directory / kFile, text);
}

} // namespace icmap::demo
