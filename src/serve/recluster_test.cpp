#include "serve/recluster.hpp"

#include "serve/test_atlas.hpp"
#include "serve/turn.hpp"

namespace icmap::serve {
namespace {

TEST(Reclustering, IsGivenUpWithAProblemWhenItsTimeIsUp) {
    ServeOptions options;
    options.query_seconds = 0;
    TestAtlas hurried("hurried", "", options);
    for (const char* method : {"dbscan", "hdbscan", "relative"}) {
        const auto problem = hurried.post_json(
            "/api/recluster",
            std::string(R"({"sector": "advanced-manufacturing", "method": ")") + method + "\"}",
            503);
        EXPECT_EQ(problem["detail"], "Clustering took longer than the server allows");
        EXPECT_NE(problem["remedy"].get<std::string>().find("bbox"), std::string::npos);
    }
    // It gives its place back: the next one is told the same, not that others are clustering.
    EXPECT_EQ(hurried.post_json("/api/recluster", R"({"sector": "quantum"})", 503)["detail"],
              "Clustering took longer than the server allows");
}

TEST(Reclustering, TellsAThirdToComeBackAndIsFreeAgainAfterwards) {
    const char* body = R"({"sector": "quantum"})";
    {
        const Turn first(recluster_turns(), kMostReclusteredAtOnce);
        EXPECT_EQ(tiny().post("/api/recluster", body).status, 200) << "two at once";
        const Turn second(recluster_turns(), kMostReclusteredAtOnce);
        const Response third = tiny().post("/api/recluster", body);
        EXPECT_EQ(third.status, 503);
        EXPECT_EQ(third.header("Retry-After"), "2");
    }
    EXPECT_EQ(tiny().post("/api/recluster", body).status, 200);
    EXPECT_EQ(recluster_turns(), 0);
}

} // namespace
} // namespace icmap::serve
