#include "worlds/tiny_atlas.hpp"

#include "store/atlas_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap::worlds {
namespace {

struct TinyAtlas : ::testing::Test {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("icmap_tiny_" + std::to_string(::getpid()) + ".atlas");
    ~TinyAtlas() override {
        std::filesystem::remove(path);
        std::filesystem::remove(path.string() + ".lock");
    }
};

TEST_F(TinyAtlas, FitsTheSchemaAndAgreesWithItself) {
    const auto made = make_tiny_atlas(path);
    ASSERT_TRUE(made) << made.error().message();
    auto database = store::open_atlas(path).value();
    auto atlas = database.connect().value();
    EXPECT_EQ(atlas.integer("select count(*) from firm").value(), 120);
    EXPECT_EQ(atlas.integer("select count(*) from cluster").value(), 6);
    // Every table that the schema declares has a row.
    EXPECT_EQ(
        atlas
            .text(
                "select string_agg(table_name, ', ') from duckdb_tables() where estimated_size = 0")
            .value(),
        "");
    // Counts that are told twice agree.
    EXPECT_EQ(
        atlas
            .integer("select count(*) from cluster c where site_count != (select count(*) from "
                     "cluster_member m where m.cluster_id = c.cluster_id) or enterprise_count != "
                     "(select count(distinct firm_id) from cluster_member m where m.cluster_id = "
                     "c.cluster_id)")
            .value(),
        0);
    EXPECT_EQ(
        atlas.integer("select count(*) from source where rows_read != rows_kept + rows_rejected")
            .value(),
        0);
    EXPECT_EQ(atlas
                  .integer("select count(*) from cluster_measure where (value is null) != "
                           "(missing_reason is not null)")
                  .value(),
              0);
    EXPECT_EQ(
        atlas
            .integer("select count(*) from firm_sector fs join cluster_member m using (firm_id) "
                     "join cluster c using (cluster_id, sector_id)")
            .value(),
        atlas.integer("select count(*) from cluster_member").value());
}

} // namespace
} // namespace icmap::worlds
