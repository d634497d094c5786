// The officially published map's columns, written from one atlas and read into another as the layer
// to compare with: every format gives the same clusters back.
#include "demo/demo.hpp"
#include "pipeline/build.hpp"
#include "publish/export.hpp"
#include "store/atlas_file.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap {
namespace {
namespace fs = std::filesystem;

class PublishedFile : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / fmt::format("icmap_published_{}", ::getpid());
        const auto made =
            demo::write_example_project(folder_, {.firms = 10'000, .seed = 3}, *progress_);
        ASSERT_TRUE(made) << made.error().message();
        build("one.atlas");
    }
    void TearDown() override { fs::remove_all(folder_); }

    void build(const char* name) {
        pipeline::BuildOptions options;
        options.project = folder_ / "project.toml";
        options.output = folder_ / name;
        const auto built = pipeline::build(options, *progress_);
        ASSERT_TRUE(built) << built.error().message();
    }
    /// Writes the first atlas in that format and builds a second that reads the file.
    void write_and_read(publish::ExportFormat format, const std::string& name) {
        {
            auto database = store::open_atlas(folder_ / "one.atlas").value();
            auto connection = database.connect().value();
            const auto report = publish::export_layer(
                connection, {.format = format, .schema = publish::ExportSchema::dsit_v2},
                folder_ / name);
            ASSERT_TRUE(report) << report.error().message();
        }
        // Of two sources of one cluster the second would be refused.
        fs::copy_file(folder_ / "project.toml", folder_ / "plain.toml",
                      fs::copy_options::skip_existing);
        fs::copy_file(folder_ / "plain.toml", folder_ / "project.toml",
                      fs::copy_options::overwrite_existing);
        std::ofstream(folder_ / "project.toml", std::ios::app)
            << "\n[[source]]\nkind = \"published-clusters\"\nformat = \"dsit-v2\"\npath = \""
            << name << "\"\n";
        build("two.atlas");
    }
    void expect_the_same(const std::string& name);

    fs::path folder_;
    std::unique_ptr<Progress> progress_ = make_progress(ProgressStyle::quiet);
};

void PublishedFile::expect_the_same(const std::string& name) {
    auto old_atlas = store::open_atlas(folder_ / "one.atlas").value();
    auto new_atlas = store::open_atlas(folder_ / "two.atlas").value();
    auto given = old_atlas.connect().value();
    auto read = new_atlas.connect().value();
    const auto written = [&](const std::string& what) {
        return given
            .integer(
                "select " + what +
                " from (select any_value(c.site_count) as site_count, "
                "any_value(c.enterprise_count) as enterprise_count, any_value(c.is_rdi_active) "
                "as is_rdi_active, max(m.value) filter (measure = 'employment') as employment, "
                "max(m.value) filter (measure = 'turnover_gbp') as turnover_gbp "
                "from cluster c join cluster_measure m using (cluster_id) group by cluster_id)")
            .value();
    };
    const auto found = [&](const std::string& what) {
        return read.integer("select " + what + " from published_cluster").value();
    };
    ASSERT_GT(written("count(*)"), 20);
    ASSERT_GT(written("count(*) filter (is_rdi_active)"), 0);
    EXPECT_EQ(found("count(geometry)"), written("count(*)")) << name;
    for (const char* what :
         {"count(*)", "count(*) filter (is_rdi_active)", "count(is_rdi_active)",
          "sum(site_count)::bigint", "sum(enterprise_count)::bigint", "count(employment)",
          "count(turnover_gbp)", "count(*) filter (employment = 0)"}) {
        EXPECT_EQ(found(what), written(what)) << name << " " << what;
    }
    // Rounded to tens.
    EXPECT_NEAR(static_cast<double>(found("sum(employment)::bigint")),
                static_cast<double>(written("sum(employment)::bigint")),
                5.0 * static_cast<double>(written("count(*)")))
        << name;
}

TEST_F(PublishedFile, ReadsBackTheSameFromEveryFormat) {
    using publish::ExportFormat;
    for (const auto& [format, name] : {std::pair(ExportFormat::csv, "published.csv"),
                                       std::pair(ExportFormat::ods, "published.ods"),
                                       std::pair(ExportFormat::xlsx, "published.xlsx")}) {
        write_and_read(format, name);
        if (!HasFatalFailure()) {
            expect_the_same(name);
        }
    }
}

} // namespace
} // namespace icmap
