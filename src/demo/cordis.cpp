// EU framework programme projects: CORDIS's project.csv and organization.csv.
#include "demo/names.hpp"
#include "demo/national_grid.hpp"
#include "demo/output_file.hpp"
#include "demo/projects.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace icmap::demo {
namespace {

constexpr const char* kOrganisations = "grants/cordis_organization.csv";
constexpr const char* kProjects = "grants/cordis_project.csv";
constexpr std::string_view kOrganisationHeader =
    R"("projectID";"projectAcronym";"organisationID";"vatNumber";"name";"shortName";"SME";"activityType";"street";"postCode";"city";"country";"nutsCode";"geolocation";"organizationURL";"contactForm";"contentUpdateDate";"rcn";"order";"role";"ecContribution";"netEcContribution";"totalCost";"endOfParticipation";"active"
)";
constexpr std::string_view kProjectHeader =
    R"("id";"acronym";"status";"title";"startDate";"endDate";"totalCost";"ecMaxContribution";"legalBasis";"topics";"ecSignatureDate";"frameworkProgramme";"masterCall";"subCall";"fundingScheme";"objective";"contentUpdateDate";"rcn";"grantDoi";"keywords"
)";

// One project in this many of the national programme has an EU project beside it.
constexpr std::size_t kOneIn = 12;

struct Organisation {
    std::string id, name, postcode, city, country, kind;
    LonLat position;
    bool is_small = false;
};

class Writer {
  public:
    Writer(Research& research, DemoSummary& summary) : research_(research), summary_(summary) {}

    void add(const Project& project);

    std::string organisations{kOrganisationHeader};
    std::string projects{kProjectHeader};

  private:
    Organisation describe(Random& random, const Project& project, const Participant& who);
    void add_organisation(Random& random, const Project& project, const std::string& id,
                          const std::string& acronym, const Organisation& one, int order);

    Research& research_;
    DemoSummary& summary_;
    std::uint64_t rows_ = 0;
};

Organisation Writer::describe(Random& random, const Project& project, const Participant& who) {
    Organisation out;
    out.country = "UK";
    if (who.is_institution) {
        const Institution& one = research_.plan->institutions[who.index];
        out.id = fmt::format("99{:07}", 9000000 + who.index);
        out.name = one.name;
        std::ranges::transform(out.name, out.name.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        out.postcode = one.postcode;
        out.city = settlements()[one.town].name;
        out.kind = one.kind == "university" ? "HES" : "REC";
        out.position = from_national_grid(one.position);
        return out;
    }
    const ActiveFirm& firm = (*research_.actives)[who.index];
    const RecordedName name = record_name(random, firm, project.start);
    research_.links.add(kOrganisations, rows_ + 1, name.name, firm.number, name.variation);
    out.id = fmt::format("98{:07}", who.index);
    out.name = name.name;
    out.postcode = record_postcode(random, firm, *research_.actives);
    out.city = settlements()[firm.settlement].name;
    out.kind = "PRC";
    out.is_small = firm.employees < 250;
    out.position = from_national_grid(firm.position);
    return out;
}

void Writer::add_organisation(Random& random, const Project& project, const std::string& id,
                              const std::string& acronym, const Organisation& one, int order) {
    const std::uint32_t share = 50'000 + random.below(450'000);
    Row row(organisations, ';');
    row.quoted(id).quoted(acronym).quoted(one.id).quoted("").quoted(one.name).quoted("");
    row.quoted(one.is_small ? "true" : "false").quoted(one.kind).quoted("").quoted(one.postcode);
    row.quoted(one.city).quoted(one.country).quoted("");
    row.quoted(fmt::format("{:.6f},{:.6f}", one.position.lat, one.position.lon));
    row.quoted("").quoted("").quoted("2023-12-07 16:55:20");
    row.quoted(std::to_string(2'000'000 + rows_)).quoted(std::to_string(order));
    row.quoted(order == 1 ? "coordinator" : "participant").quoted(std::to_string(share));
    // The total cost is written with a decimal comma in some rows, as in the published file.
    row.quoted(std::to_string(share))
        .quoted(fmt::format("{},{:02}", share + share / 4, random.below(100)));
    row.quoted("false").quoted(project.end < as_of_day() ? "" : "true").end();
    ++rows_;
    ++summary_.participations;
}

void Writer::add(const Project& project) {
    Random random(research_.plan->options.seed, 8, project.number);
    const std::string id = std::to_string(190'000'000 + project.number);
    const std::string acronym = invented_word(random);
    struct Abroad {
        const char *name, *city, *country, *postcode;
        LonLat position;
    };
    constexpr std::array<Abroad, 4> kAbroad{
        {{"EXAMPLE UNIVERSITAET BERLIN", "BERLIN", "DE", "10999", {13.4, 52.5}},
         {"EXEMPLE SA", "TOULOUSE", "FR", "31999", {1.44, 43.6}},
         {"ESEMPIO SPA", "TORINO", "IT", "10199", {7.68, 45.07}},
         {"VOORBEELD BV", "EINDHOVEN", "NL", "5699 ZZ", {5.48, 51.44}}}};
    int order = 0;
    for (const Participant& who : project.participants) {
        add_organisation(random, project, id, acronym, describe(random, project, who), ++order);
    }
    const Abroad& partner = kAbroad[random.below(kAbroad.size())];
    add_organisation(random, project, id, acronym,
                     {"970000001", partner.name, partner.postcode, partner.city, partner.country,
                      "PRC", partner.position, false},
                     ++order);
    const auto total = std::to_string(400'000 + random.below(3'000'000));
    Row row(projects, ';');
    row.quoted(id).quoted(acronym).quoted(project.end < as_of_day() ? "CLOSED" : "SIGNED");
    row.quoted(project.title).quoted(iso(project.start)).quoted(iso(project.end));
    row.quoted(total).quoted(total).quoted("HORIZON.2.4").quoted("EXAMPLE-TOPIC-01");
    row.quoted(iso(project.start - 60)).quoted("HORIZON").quoted("EXAMPLE-CALL");
    row.quoted("EXAMPLE-CALL").quoted("HORIZON-RIA").quoted(project.summary);
    row.quoted("2023-12-07 16:55:20").quoted(std::to_string(200'000 + project.number)).quoted("");
    row.quoted("").end();
    ++summary_.projects;
}

} // namespace

Result<void> write_cordis(const std::filesystem::path& directory, Research& research,
                          DemoSummary& summary) {
    Writer writer(research, summary);
    for (std::size_t i = 0; i < research.projects.size(); i += kOneIn) {
        writer.add(research.projects[i]);
    }
    summary.bytes += writer.organisations.size() + writer.projects.size();
    ICMAP_TRY(write_file(directory / kOrganisations, writer.organisations));
    return write_file(directory / kProjects, writer.projects);
}

} // namespace icmap::demo
