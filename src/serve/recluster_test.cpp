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

TEST(Reclustering, DrawsWhatTheMiddleOfAWideViewHolds) {
    const auto drawn = [](const char* view) {
        const std::string body =
            std::string(R"({"sector": "advanced-manufacturing", "bbox": )") + view + "}";
        return tiny().post_json("/api/recluster", body)["clusters"]["features"].size();
    };
    const auto narrow = drawn("[-1.8, 53.25, -1, 54]");
    EXPECT_GT(narrow, 0U);
    EXPECT_EQ(drawn("[-10, 53.25, 6, 54]"), narrow)
        << "in the plane the view's lower side hangs lower in the middle than at its corners";
}

} // namespace
} // namespace icmap::serve
