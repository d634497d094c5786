#include "describe/cluster_type.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {
namespace {

std::string quotient_text(const Interval& quotient) {
    if (std::isnan(quotient.value)) {
        return "the location quotient is not known";
    }
    return fmt::format("the location quotient {:.2f} (95 % interval {:.2f}–{:.2f})", quotient.value,
                       quotient.low, quotient.high);
}

std::string joint_text(std::uint32_t projects) {
    return projects == 0   ? "no joint project between members is known"
           : projects == 1 ? "members share 1 project"
                           : fmt::format("members share {} projects", projects);
}

std::string p_text(double p) {
    return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p);
}

} // namespace

ClusterType decide_type(const TypeEvidence& evidence, const TypeRules& rules) {
    if (!evidence.has_evidence) {
        return {"not_rdi_active",
                "Not shown as RD&I-active: the project has no source of evidence (projects, "
                "patents, deals)",
                false};
    }
    const double share = evidence.enterprises > 0
                             ? static_cast<double>(evidence.active) / evidence.enterprises
                             : 0.0;
    const double limit = std::min(rules.min_active_share, evidence.register_share);
    const std::string active = fmt::format("{} of {} enterprises are RD&I-active ({:.1f} %)",
                                           evidence.active, evidence.enterprises, 100.0 * share);
    if (evidence.active < rules.min_active_enterprises) {
        return {
            "not_rdi_active",
            fmt::format("Not RD&I-active: {}, fewer than {}", active, rules.min_active_enterprises),
            false};
    }
    if (share < limit) {
        return {"not_rdi_active",
                fmt::format("Not RD&I-active: {}, below {:.1f} %", active, 100.0 * limit), false};
    }
    const Collaboration& joint = evidence.collaboration;
    const bool above_chance = joint.p <= rules.collaboration_alpha &&
                              static_cast<double>(joint.pairs) > joint.expected_pairs;
    if (joint.joint_projects >= rules.min_joint_projects && above_chance) {
        return {"rdi_collaborating",
                fmt::format("R&D collaborating: {}; {} pairs of members meet in projects where "
                            "{:.1f} would by chance ({})",
                            joint_text(joint.joint_projects), joint.pairs, joint.expected_pairs,
                            p_text(joint.p)),
                true};
    }
    if (evidence.quotient.low > 1.0) {
        return {"specialised",
                fmt::format("Specialised: {} lies above 1", quotient_text(evidence.quotient)),
                true};
    }
    return {"diverse",
            fmt::format("Diverse: {}; {} does not lie above 1; {}", active,
                        quotient_text(evidence.quotient), joint_text(joint.joint_projects)),
            true};
}

} // namespace icmap::describe
