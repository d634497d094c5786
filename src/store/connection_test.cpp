#include "store/atlas_file.hpp"
#include "store/bulk_append.hpp"
#include "store/file_copy.hpp"
#include "store/steps.hpp"

#include <array>
#include <atomic>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <sstream>
#include <thread>
#include <unistd.h>
#include <vector>

namespace icmap::store {
namespace {
namespace fs = std::filesystem;

/// A folder of its own for each test.
struct Folder {
    fs::path path = fs::temp_directory_path() /
                    ("icmap_store_" + std::to_string(::getpid()) + "_" +
                     ::testing::UnitTest::GetInstance()->current_test_info()->name());
    Folder() { fs::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path); }
};

TEST(Connection, ReadsNumbersTextsListsAndNulls) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    std::size_t rows = 0;
    auto done =
        connection.read("select * from (values (1, 'a longer text than twelve bytes', ['x', 'y']), "
                        "(null, null, null))",
                        [&](const Chunk& chunk) {
                            rows += chunk.size();
                            EXPECT_EQ(chunk.column<std::int32_t>(0)[0], 1);
                            EXPECT_EQ(chunk.text(1, 0), "a longer text than twelve bytes");
                            EXPECT_EQ(chunk.texts(2, 0), (std::vector<std::string_view>{"x", "y"}));
                            EXPECT_TRUE(chunk.is_null(0, 1));
                            EXPECT_TRUE(chunk.texts(2, 1).empty());
                        });
    EXPECT_TRUE(done.has_value());
    EXPECT_EQ(rows, 2U);
}

TEST(Connection, BindsParametersAndVariables) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    EXPECT_EQ(connection.integer("select $1 + 1", {std::int64_t{41}}).value(), 42);
    ASSERT_TRUE(connection.set_variable("name", std::string_view("O'Neill")));
    EXPECT_EQ(connection.text("select getvariable('name')").value(), "O'Neill");
}

TEST(Connection, HasParquetAndJsonBuiltIn) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    EXPECT_EQ(connection.text("select '{\"a\": 5}'::json ->> 'a'").value(), "5");
    EXPECT_EQ(connection
                  .integer("select count(*) from duckdb_extensions() where loaded and "
                           "extension_name in ('parquet', 'json')")
                  .value(),
              2);
}

TEST(BulkAppend, WritesColumnsLongerThanAChunk) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table t (id uinteger, x double, name varchar)"));
    std::vector<std::uint32_t> id(5000);
    std::vector<double> x(5000);
    std::vector<std::string> name(5000);
    for (std::uint32_t i = 0; i < 5000; ++i) {
        id[i] = i;
        x[i] = i == 7 ? std::numeric_limits<double>::quiet_NaN() : i;
        name[i] = "name number " + std::to_string(i);
    }
    const std::array<Column, 3> columns{Column{std::span<const std::uint32_t>(id)},
                                        Column{std::span<const double>(x)},
                                        Column{std::span<const std::string>(name)}};
    ASSERT_TRUE(append_columns(connection, "main", "t", columns));
    EXPECT_EQ(connection.integer("select sum(id) from t").value(), 4999 * 5000 / 2);
    EXPECT_EQ(connection.integer("select id from t where x is null").value(), 7);
    EXPECT_EQ(connection.text("select name from t where id = 4999").value(), "name number 4999");
}

TEST(BulkAppend, RefusesColumnsOfDifferentLength) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table t (a uinteger, b uinteger)"));
    const std::vector<std::uint32_t> two{1, 2};
    const std::vector<std::uint32_t> one{1};
    const std::array<Column, 2> columns{Column{std::span<const std::uint32_t>(two)},
                                        Column{std::span<const std::uint32_t>(one)}};
    EXPECT_FALSE(append_columns(connection, "main", "t", columns));
}

TEST(BulkAppend, AppendsAllRowsOrNone) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table t (number uinteger primary key)"));
    // More than an appender hands over at a time; the last one stands there already.
    std::vector<std::uint32_t> numbers(500'000);
    std::iota(numbers.begin(), numbers.end(), 0U);
    numbers.back() = 7;
    const std::array<Column, 1> columns{Column{std::span<const std::uint32_t>(numbers)}};
    EXPECT_FALSE(append_columns(connection, "main", "t", columns));
    EXPECT_EQ(connection.integer("select count(*) from t").value(), 0);
    numbers.back() = 500'000;
    EXPECT_TRUE(append_columns(connection, "main", "t", columns));
    EXPECT_EQ(connection.integer("select count(*) from t").value(), 500'000);
}

TEST(AtlasWriter, PutsTheAtlasInPlaceOnlyOnCommit) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    {
        auto writer = AtlasWriter::open(target, {}).value();
        ASSERT_TRUE(create_atlas_schema(writer.connection()));
        ASSERT_TRUE(run_step(writer.connection(), "schema/staging.sql"));
        EXPECT_FALSE(fs::exists(target));
    }
    EXPECT_FALSE(fs::exists(target));
    EXPECT_FALSE(fs::exists(target.string() + ".building"));
    {
        auto writer = AtlasWriter::open(target, {}).value();
        ASSERT_TRUE(create_atlas_schema(writer.connection()));
        ASSERT_TRUE(run_step(writer.connection(), "schema/staging.sql"));
        ASSERT_TRUE(writer.connection().run("insert into run values ('engine_version', 'test')"));
        ASSERT_TRUE(writer.commit());
    }
    auto atlas = open_atlas(target).value();
    auto connection = atlas.connect().value();
    EXPECT_EQ(connection.text("select value from run").value(), "test");
    EXPECT_EQ(
        connection.integer("select count(*) from duckdb_tables() where table_name like '%record'")
            .value(),
        0);
}

TEST(AtlasWriter, ReadsTheLastAtlasUntilItsCopyIsWrittenTo) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    const auto told_by = [](Connection& connection) {
        return connection.text("select string_agg(value order by value) from run").value();
    };
    {
        auto writer = AtlasWriter::open(target, {}).value();
        ASSERT_TRUE(create_atlas_schema(writer.connection()));
        ASSERT_TRUE(writer.connection().run("insert into run values ('a', 'first')"));
        ASSERT_TRUE(writer.commit());
    }
    {
        auto writer = AtlasWriter::open(target, {}, target).value();
        EXPECT_EQ(told_by(writer.connection()), "first");
        EXPECT_FALSE(writer.connection().run("insert into run values ('b', 'second')"))
            << "it is still the last atlas itself";
        ASSERT_TRUE(writer.begin_writing());
        ASSERT_TRUE(writer.begin_writing()) << "nothing to do any more";
        ASSERT_TRUE(writer.connection().run("insert into run values ('b', 'second')"));
        auto other = writer.connect().value();
        EXPECT_EQ(told_by(other), "first,second");
    }
    EXPECT_FALSE(fs::exists(target.string() + ".building")) << "it was never committed";
    {
        auto writer = AtlasWriter::open(target, {}, target).value();
        ASSERT_TRUE(writer.begin_writing());
        EXPECT_EQ(told_by(writer.connection()), "first");
        ASSERT_TRUE(writer.connection().run("insert into run values ('c', 'third')"));
        ASSERT_TRUE(writer.commit());
    }
    {
        auto writer = AtlasWriter::open(target, {}, target).value();
        ASSERT_TRUE(writer.commit()) << "without a word written";
    }
    auto atlas = open_atlas(target).value();
    auto connection = atlas.connect().value();
    EXPECT_EQ(told_by(connection), "first,third");
}

TEST(AtlasWriter, RefusesToRebuildWhatIsNotThere) {
    const Folder folder;
    const auto writer =
        AtlasWriter::open(folder.path / "a.atlas", {}, folder.path / "missing.atlas");
    ASSERT_FALSE(writer);
    EXPECT_THAT(writer.error().file, ::testing::EndsWith("missing.atlas"));
}

TEST(CopyFile, CopiesEveryByteAndTellsWhatFailed) {
    const Folder folder;
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += std::to_string(i);
    }
    std::ofstream(folder.path / "a") << text << "end";
    ASSERT_TRUE(copy_whole_file(folder.path / "a", folder.path / "b"));
    std::ostringstream copied;
    copied << std::ifstream(folder.path / "b").rdbuf();
    EXPECT_EQ(copied.str(), text + "end");
    std::ofstream(folder.path / "empty").flush();
    EXPECT_TRUE(copy_whole_file(folder.path / "empty", folder.path / "b"));
    EXPECT_EQ(fs::file_size(folder.path / "b"), 0U) << "what stood there is gone";
    const auto missing = copy_whole_file(folder.path / "missing", folder.path / "b");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().file, ::testing::EndsWith("missing"));
    EXPECT_FALSE(copy_whole_file(folder.path / "a", folder.path / "no folder" / "b"));
}

/// The kernel copies between file systems of one kind at best.
TEST(CopyFile, CopiesBetweenFileSystems) {
    const Folder folder;
    const fs::path other = "/dev/shm/" + folder.path.filename().string();
    // Less than a block of the disk, and blocks with a part of one behind them.
    for (const std::size_t size : {14U, 50'001U}) {
        const std::string kept(size, 'k');
        std::ofstream(other) << kept;
        EXPECT_TRUE(copy_whole_file(other, folder.path / "b")) << size;
        std::ostringstream copied;
        copied << std::ifstream(folder.path / "b").rdbuf();
        EXPECT_EQ(copied.str(), kept);
    }
    std::error_code ignored;
    fs::remove(other, ignored);
}

TEST(AtlasWriter, RemovesWhatAKilledBuildLeftAndNothingElse) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    for (const char* mine : {"a.atlas.building", "a.atlas.building.wal"}) {
        std::ofstream(folder.path / mine) << "half an atlas";
    }
    fs::create_directories(folder.path / "a.atlas.building.spill" / "block");
    std::ofstream(folder.path / "a.atlas.building-notes.txt") << "somebody's";
    fs::create_directories(folder.path / "a.atlas.buildings" / "plans");
    { ASSERT_TRUE(AtlasWriter::open(target, {})); }
    EXPECT_FALSE(fs::exists(folder.path / "a.atlas.building"));
    EXPECT_FALSE(fs::exists(folder.path / "a.atlas.building.wal"));
    EXPECT_FALSE(fs::exists(folder.path / "a.atlas.building.spill"));
    EXPECT_TRUE(fs::exists(folder.path / "a.atlas.building-notes.txt"));
    EXPECT_TRUE(fs::exists(folder.path / "a.atlas.buildings" / "plans"));
}

TEST(AtlasWriter, LeavesNoLockBehindAndBuildsAgainAfterAKilledOne) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    const fs::path lock = folder.path / "a.atlas.lock";
    std::ofstream(lock) << ""; // of a build that was killed
    {
        auto writer = AtlasWriter::open(target, {});
        ASSERT_TRUE(writer);
        EXPECT_TRUE(fs::exists(lock));
        EXPECT_FALSE(AtlasWriter::open(target, {})) << "it is being written";
        EXPECT_TRUE(fs::exists(lock)) << "who was refused takes nothing away";
    }
    EXPECT_TRUE(fs::is_empty(folder.path));
}

TEST(AtlasWriter, IsOneAtATimeHoweverManyTry) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    std::atomic<int> writing = 0;
    std::atomic<int> written = 0;
    std::vector<std::thread> builds;
    for (int i = 0; i < 8; ++i) {
        builds.emplace_back([&] {
            for (int turn = 0; turn < 10; ++turn) {
                const auto writer = AtlasWriter::open(target, {});
                if (writer) {
                    EXPECT_EQ(++writing, 1);
                    ++written;
                    --writing;
                }
            }
        });
    }
    for (std::thread& build : builds) {
        build.join();
    }
    EXPECT_GE(written, 1);
}

TEST(AtlasWriter, RefusesASecondBuildOfTheSameAtlas) {
    const Folder folder;
    auto first = AtlasWriter::open(folder.path / "a.atlas", {});
    ASSERT_TRUE(first);
    auto second = AtlasWriter::open(folder.path / "a.atlas", {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().what, "Another build is writing this atlas");
}

TEST(AtlasWriter, NamesAFolderThatCannotBeWrittenTo) {
    auto writer = AtlasWriter::open("/nonexistent/folder/a.atlas", {});
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().file, "/nonexistent/folder/a.atlas");
    EXPECT_FALSE(writer.error().remedy.empty());
}

TEST(OpenAtlas, RefusesWhatAnotherVersionMadeToReadAndToRebuild) {
    const Folder folder;
    const fs::path target = folder.path / "a.atlas";
    const auto make = [&](const char* change) {
        auto writer = AtlasWriter::open(target, {}).value();
        ASSERT_TRUE(create_atlas_schema(writer.connection()));
        ASSERT_TRUE(writer.connection().run(change));
        ASSERT_TRUE(writer.commit());
    };
    make("alter table area drop column name");
    for (const Error& error :
         {open_atlas(target).error(), AtlasWriter::open(target, {}, target).error()}) {
        EXPECT_THAT(error.message(), ::testing::HasSubstr("area.name"));
        EXPECT_THAT(error.remedy, ::testing::HasSubstr("--from ingest"));
    }
    make("drop table cluster_year");
    EXPECT_THAT(open_atlas(target).error().message(), ::testing::HasSubstr("cluster_year."));
    make("alter table cluster_item alter unit type varchar");
    EXPECT_THAT(open_atlas(target).error().message(), ::testing::HasSubstr("cluster_item.unit"));
    make("alter table area add column further integer");
    EXPECT_TRUE(open_atlas(target));
}

TEST(OpenAtlas, RefusesAFileThatIsNotAnAtlas) {
    const Folder folder;
    std::ofstream(folder.path / "a.atlas") << "hello";
    EXPECT_FALSE(open_atlas(folder.path / "a.atlas"));
    EXPECT_FALSE(open_atlas(folder.path / "missing.atlas"));
}

} // namespace
} // namespace icmap::store
