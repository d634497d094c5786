// Makes the example project, builds its atlas with the planted sectors, and measures how well the
// engine finds the planted clusters and links again. The bounds are well below what is measured
// (see docs/example-project.md), so that only a real loss fails.
#include "demo/demo.hpp"
#include "demo/truth.hpp"
#include "pipeline/build.hpp"
#include "store/atlas_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <sstream>
#include <unistd.h>

namespace icmap {
namespace {
namespace fs = std::filesystem;

class PlantedTruth : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder() = fs::temp_directory_path() / fmt::format("icmap_truth_{}", ::getpid());
        const auto progress = make_progress(ProgressStyle::quiet);
        demo::DemoOptions options;
        options.firms = 100'000;
        options.seed = 11;
        const auto made = demo::write_example_project(folder(), options, *progress);
        ASSERT_TRUE(made) << made.error().message();
        only_planted_sectors(folder() / "project.toml");
        pipeline::BuildOptions build;
        build.project = folder() / "project.toml";
        build.output = folder() / "truth.atlas";
        const auto built = pipeline::build(build, *progress);
        ASSERT_TRUE(built) << built.error().message();
    }
    static void TearDownTestSuite() { fs::remove_all(folder()); }

    static fs::path& folder() {
        static fs::path path;
        return path;
    }

    /// The sectors in which clusters were planted take the place of the published ones.
    static void only_planted_sectors(const fs::path& project) {
        std::ostringstream text;
        text << std::ifstream(project).rdbuf();
        std::string edited = text.str();
        const std::size_t begin = edited.find("taxonomies = [");
        ASSERT_NE(begin, std::string::npos);
        const std::size_t end = edited.find(']', begin);
        edited.replace(begin, end - begin + 1, "taxonomies = [\"sectors/planted.toml\"]");
        std::ofstream(project) << edited;
    }

    void SetUp() override {
        if (!fs::exists(folder() / "truth.atlas")) {
            GTEST_FAIL() << "there is no atlas";
        }
        database_.emplace(store::open_atlas(folder() / "truth.atlas").value());
        connection_.emplace(database_->connect().value());
        const auto attach = [this](const char* name) {
            return connection_->run(fmt::format(
                "create temp table {} as from read_csv({}, header = true, all_varchar = true)",
                name,
                store::sql_literal((folder() / "truth" / (std::string(name) + ".csv")).string())));
        };
        ASSERT_TRUE(attach("planted_clusters"));
        ASSERT_TRUE(attach("members"));
        ASSERT_TRUE(attach("links"));
    }

    std::optional<store::Database> database_;
    std::optional<store::Connection> connection_;
};

TEST_F(PlantedTruth, MostPlantedClustersAreFoundAndFewAreFalse) {
    // Every firm of every planted sector: what was planted for it, and the cluster it is in there.
    std::map<std::string, std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>> sectors;
    std::map<std::string, std::vector<std::int64_t>> planted_in;
    auto done = connection_->read(
        "with membership as (select distinct c.sector_id, m.firm_id, c.cluster_id "
        "from cluster_member m join cluster c using (cluster_id)) "
        "select s.slug, coalesce(t.planted_cluster::bigint, -1), "
        "       coalesce(max(m.cluster_id)::bigint, -1) "
        "from firm_sector fs join sector s using (sector_id) "
        "join firm f on f.firm_id = fs.firm_id "
        "left join members t on t.company_number = f.company_number "
        "left join membership m on m.firm_id = fs.firm_id and m.sector_id = fs.sector_id "
        "group by s.slug, f.firm_id, t.planted_cluster order by s.slug, f.firm_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                auto& [truth, found] = sectors[std::string(chunk.text(0, row))];
                truth.push_back(chunk.column<std::int64_t>(1)[row]);
                found.push_back(chunk.column<std::int64_t>(2)[row]);
            }
        });
    ASSERT_TRUE(done) << done.error().message();
    done = connection_->read(
        "select 'planted-' || sector_slug, planted_cluster::bigint from planted_clusters",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                planted_in[std::string(chunk.text(0, row))].push_back(
                    chunk.column<std::int64_t>(1)[row]);
            }
        });
    ASSERT_TRUE(done) << done.error().message();

    std::size_t planted = 0;
    std::size_t found = 0;
    std::size_t drawn = 0;
    std::size_t false_clusters = 0;
    double rand_sum = 0.0;
    for (const auto& [slug, clusters] : planted_in) {
        const auto sector = sectors.find(slug);
        if (sector == sectors.end()) {
            continue; // mixed clusters are planted in no sector of their own
        }
        const auto& [truth, answer] = sector->second;
        // What was planted in this very sector can be found here; what was planted in a sister
        // sector that shares its codes is there too, and no false alarm.
        std::vector<std::int64_t> own = truth;
        for (std::int64_t& label : own) {
            if (std::find(clusters.begin(), clusters.end(), label) == clusters.end()) {
                label = demo::kNoCluster;
            }
        }
        const auto own_score = demo::score_clusters(own, answer);
        const auto all_score = demo::score_clusters(truth, answer);
        planted += own_score.planted;
        found += own_score.found;
        drawn += all_score.clusters;
        false_clusters += all_score.false_clusters;
        rand_sum += demo::adjusted_rand_index(truth, answer);
    }
    ASSERT_GT(sectors.size(), 30U);
    const double rand_mean = rand_sum / static_cast<double>(sectors.size());
    fmt::print("planted {}, found {}, drawn {}, false {}, mean adjusted Rand index {:.3f}\n",
               planted, found, drawn, false_clusters, rand_mean);
    ASSERT_GT(planted, 50U);
    EXPECT_GE(static_cast<double>(found), 0.95 * static_cast<double>(planted));
    EXPECT_LE(static_cast<double>(false_clusters), 0.10 * static_cast<double>(drawn));
    EXPECT_GE(rand_mean, 0.65);
}

TEST_F(PlantedTruth, RecordsAreLinkedToTheirCompanies) {
    std::vector<demo::Link> truth;
    std::vector<demo::Link> found;
    // A name is the key: names that stand for several companies are left out of the question.
    auto done = connection_->read(
        "select record_name, min(coalesce(company_number, '')) from links group by record_name "
        "having count(distinct coalesce(company_number, '')) = 1 order by record_name",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                truth.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row))});
            }
        });
    ASSERT_TRUE(done) << done.error().message();
    done = connection_->read(
        "with keys as (select record_name from links group by record_name "
        "              having count(distinct coalesce(company_number, '')) = 1), "
        "linked as ("
        "  select organisation as name, firm_id from participation where firm_id is not null union "
        "  select applicant, firm_id from patent where firm_id is not null union "
        "  select company, firm_id from deal where firm_id is not null) "
        "select l.name, min(f.company_number) from linked l join keys k on k.record_name = l.name "
        "join firm f using (firm_id) group by l.name order by l.name",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                found.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row))});
            }
        });
    ASSERT_TRUE(done) << done.error().message();
    const auto score = demo::score_links(truth, found);
    fmt::print("links: {} true, {} made, {} right, precision {:.4f}, recall {:.4f}\n",
               score.true_links, score.made, score.right, score.precision, score.recall);
    ASSERT_GT(score.true_links, 1000U);
    EXPECT_GE(score.precision, 0.98);
    EXPECT_GE(score.recall, 0.95);
}

} // namespace
} // namespace icmap
