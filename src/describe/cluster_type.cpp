#include "describe/cluster_type.hpp"

#include "base/parallel.hpp"
#include "base/progress.hpp"
#include "describe/significance.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {
namespace {

/// A number with `decimals`, or as many more as tell it from a limit that it does not equal.
std::string told_apart(double value, double limit, int decimals) {
    constexpr int kMost = 9;
    std::string text = fmt::format("{:.{}f}", value, decimals);
    while (value != limit && decimals < kMost && text == fmt::format("{:.{}f}", limit, decimals)) {
        text = fmt::format("{:.{}f}", value, ++decimals);
    }
    return text;
}

std::string p_text(double p, double limit) {
    return p < 0.001 ? "p < 0.001" : "p = " + told_apart(p, limit, 3);
}

std::string joint_text(std::uint32_t projects) {
    return projects == 0   ? "no joint project between members is known"
           : projects == 1 ? "members share 1 project"
                           : fmt::format("members share {} projects", grouped(projects));
}

/// With one decimal: 1,234.5.
std::string tenths_text(double value) {
    const auto tenths = static_cast<std::uint64_t>(std::llround(10.0 * value));
    return fmt::format("{}.{}", grouped(tenths / 10), tenths % 10);
}

struct Activity {
    bool is_active = false;
    std::string text; ///< the numbers, and what they fall short of
};

Activity judge_activity(const TypeEvidence& evidence, const TypeRules& rules) {
    if (evidence.active == 0) {
        return {false, fmt::format("none of {} enterprises is known to be RD&I-active",
                                   grouped(evidence.enterprises))};
    }
    const double share = static_cast<double>(evidence.active) / evidence.enterprises;
    const double limit = rules.min_active_share;
    const std::string text =
        fmt::format("{} of {} enterprises {} RD&I-active ({} %)", grouped(evidence.active),
                    grouped(evidence.enterprises), evidence.active == 1 ? "is" : "are",
                    told_apart(100.0 * share, 100.0 * limit, 1));
    if (evidence.active < rules.min_active_enterprises) {
        return {false, fmt::format("{}, fewer than {}", text, rules.min_active_enterprises)};
    }
    if (share < limit) {
        return {false, fmt::format("{}, below {:g} %", text, 100.0 * limit)};
    }
    // In a register of nothing but active firms, the share that is asked for is what to beat.
    const double usual = std::min(evidence.register_share, limit);
    const double p = binomial_tail(evidence.enterprises, usual, evidence.active);
    if (p > rules.max_active_p) {
        return {false, fmt::format("{}, which chance also gives where {:.1f} % are ({})", text,
                                   100.0 * usual, p_text(p, rules.max_active_p))};
    }
    return {true, text};
}

struct Specialisation {
    bool is_specialised = false;
    std::string text;
};

Specialisation judge_specialisation(const TypeEvidence& evidence, const TypeRules& rules) {
    const Interval& quotient = evidence.quotient;
    if (std::isnan(quotient.value) || std::isnan(quotient.low)) {
        return {false, "the location quotient is not known"};
    }
    const double limit = rules.max_false_discovery;
    const std::string text =
        fmt::format("the location quotient {} (95 % interval {}–{})",
                    told_apart(quotient.value, rules.min_quotient, 2),
                    told_apart(quotient.low, 1.0, 2), told_apart(quotient.high, 1.0, 2));
    const std::string rate =
        evidence.false_discovery < 0.001
            ? "below 0.1 %"
            : told_apart(100.0 * evidence.false_discovery, 100.0 * limit, 1) + " %";
    if (!(quotient.low > 1.0)) {
        return {false, text + " does not lie above 1"};
    }
    if (quotient.value < rules.min_quotient) {
        return {false, fmt::format("{} is below {:g}", text, rules.min_quotient)};
    }
    if (evidence.false_discovery > limit) {
        return {false, fmt::format("{} may be chance: its false-discovery rate is {}", text, rate)};
    }
    return {true, fmt::format("{} lies above 1, and its false-discovery rate is {}", text, rate)};
}

} // namespace

ClusterType decide_type(const TypeEvidence& evidence, const TypeRules& rules) {
    if (!evidence.has_evidence) {
        return {"not_rdi_active",
                "Not shown as RD&I-active: the project has no source of evidence (projects, "
                "patents, deals)",
                false};
    }
    const Activity activity = judge_activity(evidence, rules);
    if (!activity.is_active) {
        return {"not_rdi_active", "Not RD&I-active: " + activity.text, false};
    }
    const Collaboration& joint = evidence.collaboration;
    const bool above_chance = joint.p <= rules.max_collaboration_p &&
                              static_cast<double>(joint.pairs) > joint.expected_pairs;
    if (joint.joint_projects >= rules.min_joint_projects && above_chance) {
        return {"rdi_collaborating",
                fmt::format("R&D collaborating: {}; {} pairs of members meet in projects where "
                            "{} would by chance ({})",
                            joint_text(joint.joint_projects), grouped(joint.pairs),
                            tenths_text(joint.expected_pairs),
                            p_text(joint.p, rules.max_collaboration_p)),
                true};
    }
    const Specialisation special = judge_specialisation(evidence, rules);
    if (special.is_specialised) {
        return {"specialised", "Specialised: " + special.text, true};
    }
    return {"diverse",
            fmt::format("Diverse: {}; {}; {}", activity.text, special.text,
                        joint_text(joint.joint_projects)),
            true};
}

Result<std::vector<ClusterType>> decide_types(store::Connection& connection,
                                              const ClusterTable& clusters,
                                              const TypeMeasures& measured) {
    ICMAP_ASSIGN(const TypeRules rules, read_type_rules());
    TypeEvidence evidence;
    ICMAP_ASSIGN(evidence.register_share,
                 connection.real("select coalesce((select count(*) from describe_active join firm "
                                 "using (firm_id) where is_active) / nullif(active_firms, 0), 0) "
                                 "from describe_context"));
    ICMAP_ASSIGN(const std::int64_t has_evidence,
                 connection.integer("select (has_projects or has_patents or has_deals)::integer "
                                    "from describe_context"));
    evidence.has_evidence = has_evidence != 0;
    std::vector<ClusterType> types(clusters.size());
    parallel_for_each(types.size(), 64, [&](std::size_t i) {
        TypeEvidence own = evidence;
        own.enterprises = clusters.enterprises[i];
        own.active = measured.active[i];
        own.quotient = measured.quotients[i];
        own.false_discovery = measured.false_discovery[i];
        own.collaboration = measured.collaborations[i];
        types[i] = decide_type(own, rules);
    });
    return types;
}

} // namespace icmap::describe
