// Beside R's dbscan package, on the data sets that R ships. Skipped where R or the package is not
// installed (Debian: r-cran-dbscan).
#include "cluster/hdbscan.hpp"

#include "cluster/worlds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>

namespace icmap::cluster {
namespace {

/// What an R script prints, empty when it fails.
std::string run_r(const std::string& script) {
    const std::string command = "Rscript --vanilla -e '" + script + "' 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r"); // NOLINT: a fixed command of this test
    if (pipe == nullptr) {
        return {};
    }
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        text.append(buffer.data(), size);
    }
    return pclose(pipe) == 0 ? text : std::string{};
}

/// Points with R's answer for each, and R's cluster scores.
struct RAnswer {
    worlds::World world;
    std::vector<std::int32_t> label; ///< 0 noise
    std::vector<double> outlier_score;
    std::vector<double> cluster_score;
};

/// \param data an R expression of a matrix of two columns
RAnswer hdbscan_in_r(const std::string& data, int min_points) {
    std::istringstream text(
        run_r("suppressMessages(library(dbscan)); set.seed(1); x <- as.matrix(" + data +
              "); h <- hdbscan(x, minPts=" + std::to_string(min_points) +
              "); cat(nrow(x), length(h$cluster_scores), \"\\n\"); "
              "cat(format(h$cluster_scores, digits=15), \"\\n\"); "
              "cat(sprintf(\"%.17g %.17g %d %.17g\\n\", x[,1], x[,2], "
              "as.integer(h$cluster), h$outlier_scores))"));
    RAnswer answer;
    std::size_t rows = 0;
    std::size_t clusters = 0;
    text >> rows >> clusters;
    for (double score = 0; answer.cluster_score.size() < clusters && text >> score;) {
        answer.cluster_score.push_back(score);
    }
    double x = 0;
    double y = 0;
    std::int32_t label = 0;
    double outlier = 0;
    while (text >> x >> y >> label >> outlier) {
        answer.world.add(x, y);
        answer.label.push_back(label);
        answer.outlier_score.push_back(outlier);
    }
    EXPECT_EQ(answer.world.size(), rows);
    return answer;
}

HdbscanLabels as_in_r(const worlds::World& world, std::uint32_t min_points) {
    HdbscanOptions options{min_points};
    options.leaving = HdbscanLeaving::alone;
    return hdbscan(world.points(), options).value();
}

/// The same clusters with the same scores. A point that leaves at exactly the length at which its
/// cluster parts is in R with one of the parts, by the order of equal merges; with us it leaves
/// first. There are a few such points: the k-th neighbour of one is often at a length of the tree.
void expect_agreement(const RAnswer& r, const HdbscanLabels& ours, std::size_t most_ties) {
    std::map<std::int32_t, std::int32_t> number; // theirs to ours
    std::size_t ties = 0;
    for (std::size_t i = 0; i < r.label.size(); ++i) {
        const std::int32_t expected =
            r.label[i] == 0 ? -1 : number.emplace(r.label[i], ours.label[i]).first->second;
        const bool same_score = std::abs(ours.outlier_score[i] - r.outlier_score[i]) <= 1e-9;
        ties += ours.label[i] == expected && same_score ? 0U : 1U;
    }
    EXPECT_LE(ties, most_ties);
    ASSERT_EQ(static_cast<std::size_t>(ours.cluster_count), number.size());
    std::vector<double> scores = r.cluster_score;
    std::vector<double> stability = ours.stability;
    std::sort(scores.begin(), scores.end());
    std::sort(stability.begin(), stability.end());
    ASSERT_EQ(scores.size(), stability.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        EXPECT_NEAR(stability[i], scores[i], 1e-9 * scores[i]);
    }
}

class BesideR : public testing::Test {
  protected:
    void SetUp() override {
        if (run_r("library(dbscan); cat(1)") != "1") {
            GTEST_SKIP() << "R with its dbscan package is not installed: r-cran-dbscan";
        }
    }
};

TEST_F(BesideR, FindsTheMoonsWithThePublishedScores) {
    const RAnswer r = hdbscan_in_r("{data(moons); moons}", 5);
    const HdbscanLabels ours = as_in_r(r.world, 5);
    expect_agreement(r, ours, 0);
    ASSERT_EQ(ours.cluster_count, 3);
    EXPECT_THAT(ours.stability, testing::UnorderedElementsAre(testing::DoubleNear(110.70613, 1e-5),
                                                              testing::DoubleNear(90.86559, 1e-5),
                                                              testing::DoubleNear(45.62762, 1e-5)));
    std::map<std::int32_t, int> sizes;
    for (const std::int32_t label : ours.label) {
        ++sizes[label];
    }
    EXPECT_THAT(sizes, testing::UnorderedElementsAre(testing::Pair(testing::Ge(0), 25),
                                                     testing::Pair(testing::Ge(0), 25),
                                                     testing::Pair(testing::Ge(0), 50)));
}

TEST_F(BesideR, AgreesOnTheDocumentedDS3) {
    const RAnswer r = hdbscan_in_r("{data(DS3); DS3}", 25);
    expect_agreement(r, as_in_r(r.world, 25), 20);
}

TEST_F(BesideR, AgreesOnRandomBlobs) {
    for (const int min_points : {8, 20}) {
        const RAnswer r =
            hdbscan_in_r("rbind(matrix(rnorm(600), ncol=2), matrix(rnorm(400, 6, 0.5), ncol=2), "
                         "matrix(runif(400, -5, 15), ncol=2))",
                         min_points);
        expect_agreement(r, as_in_r(r.world, static_cast<std::uint32_t>(min_points)), 5);
    }
}

TEST_F(BesideR, GivesDbscansPublishedSizesOfTheMoons) {
    const RAnswer r = hdbscan_in_r("{data(moons); moons}", 5);
    const auto sizes = [&](double eps) {
        const Labels labels = dbscan(r.world.points(), {Metres{eps}, 5}).value();
        std::map<std::int32_t, int> count;
        for (const std::int32_t label : labels.label) {
            ++count[label];
        }
        std::vector<int> result;
        for (const auto& [label, size] : count) {
            result.push_back(label < 0 ? -size : size);
        }
        return result;
    };
    EXPECT_THAT(sizes(0.5), testing::UnorderedElementsAre(50, 25, 25));
    // Noise is given as a negative number.
    EXPECT_THAT(sizes(0.3), testing::UnorderedElementsAre(-8, 14, 10, 10, 5, 7, 21, 25));
}

} // namespace
} // namespace icmap::cluster
