#include "describe/project_links.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

using ::testing::ElementsAre;

Award award(std::uint32_t project, std::optional<std::int64_t> pence) {
    Award of;
    of.project = project;
    of.pence = pence;
    return of;
}

/// Firms 0 and 1 share projects 5 and 6, firm 2 is in project 6 too and alone in 7; university 9 is
/// in 6 and 7.
MoneyColumns world() {
    MoneyColumns money;
    money.awards = {{0, 2, 4, 6},
                    {award(5, 100), award(6, std::nullopt), award(5, 250), award(6, std::nullopt),
                     award(6, 7), award(7, std::nullopt)}};
    money.institutions.first = {0, 0, 0, 0, 0, 0, 0, 1, 2};
    money.institutions.value = {{9, std::nullopt}, {9, std::nullopt}};
    return money;
}

TEST(ProjectLinks, LinkMembersThatMeetAndInstitutionsTheyMeet) {
    ClusterTable clusters;
    clusters.cluster_id = {40, 41};
    const EngagedFirms engaged{{0, 2, 3}, {{0, 1.0}, {1, 0.5}, {2, 1.0}}};
    const ProjectLinks links = find_links(clusters, engaged, world());
    EXPECT_THAT(links.cluster_id, ElementsAre(40, 40, 40, 41));
    EXPECT_THAT(links.from_firm, ElementsAre(0, 0, 1, 2));
    EXPECT_THAT(links.to_firm, ElementsAre(1, std::nullopt, std::nullopt, std::nullopt));
    EXPECT_THAT(links.to_asset, ElementsAre(std::nullopt, 9, 9, 9));
    EXPECT_THAT(links.projects, ElementsAre(2, 1, 1, 2)) << "each project they share, once";
    EXPECT_EQ(links.award_gbp[0], 3.5) << "of project 6 nothing is known";
    EXPECT_TRUE(std::isnan(links.award_gbp[1])) << "neither amount is known";
    EXPECT_EQ(links.award_gbp[3], 0.07);
}

} // namespace
} // namespace icmap::describe
