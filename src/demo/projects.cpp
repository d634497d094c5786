#include "demo/projects.hpp"

#include "demo/names.hpp"
#include "demo/output_file.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace icmap::demo {
namespace {

constexpr double kTakesPart = 0.75;    // of the firms active in research, in public projects
constexpr double kLeadsAnother = 0.35; // after each project led
constexpr double kAlone = 0.5;         // of the projects outside collaborating clusters
constexpr double kWithUniversity = 0.4;
constexpr std::uint32_t kFirstNumber = 100001;

/// Who could be in a consortium.
struct Circle {
    std::vector<std::vector<std::uint32_t>> of_cluster; ///< active firms by cluster
    std::vector<std::uint32_t> everyone;
    std::vector<std::vector<std::uint32_t>> near_cluster; ///< research institutions by cluster
    std::vector<std::uint32_t> institutions;
};

bool does_research(const Institution& one) {
    return one.kind == "university" || one.kind == "research_organisation";
}

Circle gather(const Plan& plan, const std::vector<ActiveFirm>& actives) {
    Circle circle;
    circle.of_cluster.resize(plan.clusters.size());
    for (std::uint32_t i = 0; i < actives.size(); ++i) {
        circle.everyone.push_back(i);
        if (actives[i].cluster >= 0) {
            circle.of_cluster[static_cast<std::size_t>(actives[i].cluster)].push_back(i);
        }
    }
    for (std::uint32_t i = 0; i < plan.institutions.size(); ++i) {
        if (does_research(plan.institutions[i])) {
            circle.institutions.push_back(i);
        }
    }
    for (const PlantedCluster& cluster : plan.clusters) {
        std::vector<std::uint32_t> near = circle.institutions;
        const auto by_distance = [&](std::uint32_t i) {
            return distance2(plan.institutions[i].position, cluster.centre);
        };
        const auto count = std::min<std::ptrdiff_t>(2, std::ssize(near));
        std::ranges::partial_sort(near, near.begin() + count, {}, by_distance);
        near.resize(static_cast<std::size_t>(count));
        circle.near_cluster.push_back(std::move(near));
    }
    return circle;
}

void add_partners(Random& random, const std::vector<std::uint32_t>& from, int count,
                  Project& project) {
    for (int i = 0; i < count && !from.empty(); ++i) {
        const std::uint32_t partner = random.pick(from);
        const bool is_new = std::ranges::none_of(project.participants, [&](const Participant& p) {
            return !p.is_institution && p.index == partner;
        });
        if (is_new) {
            project.participants.push_back({false, partner});
        }
    }
}

void fill_consortium(Random& random, const Plan& plan, const Circle& circle, const ActiveFirm& lead,
                     Project& project) {
    const bool in_cluster = lead.cluster >= 0;
    const auto cluster = static_cast<std::size_t>(std::max(lead.cluster, 0));
    if (in_cluster && plan.clusters[cluster].type == ClusterType::collaborating) {
        add_partners(random, circle.of_cluster[cluster], random.between(2, 4), project);
    } else if (!random.chance(kAlone)) {
        add_partners(random, circle.everyone, random.between(1, 3), project);
    }
    if (random.chance(kWithUniversity) && !circle.institutions.empty()) {
        const auto& near =
            in_cluster && random.chance(0.7) ? circle.near_cluster[cluster] : circle.institutions;
        project.participants.push_back({true, random.pick(near)});
    }
}

} // namespace

void describe_project(Random& random, int topic, std::string& title, std::string& summary) {
    const Tables& t = tables();
    const std::string& verb = random.pick(t.list("project_verb"));
    const std::string& use = random.pick(t.list("project_use"));
    const bool is_plain = topic < 0;
    const auto& phrases = is_plain ? t.list("plain_project")
                                   : t.sectors[static_cast<std::size_t>(topic)].project_phrases;
    const std::string& phrase = random.pick(phrases);
    const std::string& other = random.pick(phrases);
    title = fmt::format("{} {} {}", verb, phrase, use);
    summary = fmt::format("This project is about {0} {1}. The partners will design, build and test "
                          "a demonstrator, compare it with present practice, and prepare the way "
                          "to market. It draws on earlier work on {2}.",
                          phrase, use, other);
}

std::vector<Project> make_projects(const Plan& plan, const std::vector<ActiveFirm>& actives) {
    const Circle circle = gather(plan, actives);
    const Day earliest = day_of(2014, 11, 1);
    const Day latest = day_of(2024, 8, 1);
    std::vector<Project> projects;
    for (std::uint32_t i = 0; i < actives.size(); ++i) {
        const ActiveFirm& lead = actives[i];
        Random random(plan.options.seed, 5, i);
        if (!random.chance(kTakesPart)) {
            continue;
        }
        do {
            Project project;
            project.number = kFirstNumber + static_cast<std::uint32_t>(projects.size());
            project.topic = lead.topic;
            describe_project(random, project.topic, project.title, project.summary);
            const Day from = std::max(earliest, lead.founded + 120);
            project.start = from + static_cast<Day>(random.unit() * std::max(1, latest - from));
            project.end = project.start + random.between(6, 36) * 30;
            project.participants.push_back({false, i});
            fill_consortium(random, plan, circle, lead, project);
            projects.push_back(std::move(project));
        } while (random.chance(kLeadsAnother));
    }
    return projects;
}

void Links::add(std::string_view file, std::uint64_t row, std::string_view name,
                std::string_view company_number, std::string_view variation) {
    Row(text_).field(file).number(row).field(name).field(company_number).field(variation).end();
    ++size_;
}

Result<void> Links::write(const std::filesystem::path& directory) const {
    return write_file(directory / "truth/links.csv", text_);
}

RecordedName record_name(Random& random, const ActiveFirm& firm, Day when) {
    RecordedName out;
    // A firm renamed since is in the records under its old name; a few keep using it.
    const bool is_former = !firm.former_name.empty() && (when < firm.renamed || random.chance(0.1));
    const std::string& registered = is_former ? firm.former_name : firm.name;
    bool is_misspelt = false;
    out.name = as_typed(random, registered, is_misspelt);
    out.variation = is_misspelt              ? "misspelt"
                    : is_former              ? "former_name"
                    : out.name == registered ? "as_registered"
                                             : "retyped";
    return out;
}

std::string record_number(Random& random, const ActiveFirm& firm) {
    const std::uint32_t style = random.below(100);
    if (style < 16) {
        return {};
    }
    if (style < 21 && firm.number[0] == '0') {
        return firm.number.substr(firm.number.find_first_not_of('0'));
    }
    return firm.number;
}

std::string record_postcode(Random& random, const ActiveFirm& firm,
                            const std::vector<ActiveFirm>& actives) {
    const std::uint32_t style = random.below(100);
    std::string postcode = firm.postcode;
    if (style < 10) {
        // Another site: where the next firm of the list is, usually in the same neighbourhood.
        const auto self = static_cast<std::size_t>(&firm - actives.data());
        postcode = actives[self + 1 < actives.size() ? self + 1 : self].postcode;
    } else if (style < 13) {
        postcode.clear();
    } else if (style < 17) {
        std::erase(postcode, ' ');
    }
    return postcode;
}

} // namespace icmap::demo
