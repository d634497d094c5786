#pragma once

#include "base/progress.hpp"
#include "ingest/ingest.hpp"
#include "store/connection.hpp"
#include "store/steps.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace icmap::ingest::test {
namespace fs = std::filesystem;

/// An empty atlas in memory and a folder for made-up files, for one test.
class World {
  public:
    World()
        : folder_(fs::temp_directory_path() /
                  ("icmap_ingest_" + std::to_string(::getpid()) + "_" +
                   ::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name() +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name())),
          database_(store::Database::open(":memory:", {}).value()),
          connection_(database_.connect().value()) {
        fs::create_directories(folder_);
        EXPECT_TRUE(connection_.run("attach ':memory:' as atlas; attach ':memory:' as staging; "
                                    "use atlas;"));
        EXPECT_TRUE(store::create_atlas_schema(connection_));
        EXPECT_TRUE(store::run_step(connection_, "schema/staging.sql"));
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() { fs::remove_all(folder_); }

    [[nodiscard]] const fs::path& folder() const { return folder_; }
    store::Connection& connection() { return connection_; }

    fs::path write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }

    [[nodiscard]] Source source(const std::string& kind, const std::string& format,
                                const std::string& path) const {
        Source source;
        source.kind = kind;
        source.format = format;
        source.path_globs = {path};
        source.base = folder_;
        source.project_file = "project.toml";
        source.project_line = 7;
        return source;
    }

    Result<std::vector<SourceReport>> ingest(const std::vector<Source>& sources,
                                             const IngestOptions& options = {}) {
        const auto progress = make_progress(ProgressStyle::quiet);
        auto reports = ingest::ingest(connection_, sources, options, *progress);
        if (reports) {
            for (const SourceReport& report : *reports) {
                EXPECT_EQ(report.rows_read, report.rows_kept + report.rows_rejected) << report.path;
            }
        }
        return reports;
    }

    std::int64_t count(const std::string& query) {
        auto number = connection_.integer(query);
        EXPECT_TRUE(number) << (number ? "" : number.error().what);
        return number.value_or(-1);
    }
    std::string text(const std::string& query) {
        auto answer = connection_.text(query);
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().what);
        return answer.value_or("?");
    }
    /// The only reject of that code: "line field value severity".
    std::string reject(const std::string& code) {
        return text("select string_agg(concat_ws(' ', coalesce(line, 0), field, value, severity), "
                    "'; ' order by line, field) from main.reject where code = '" +
                    code + "'");
    }

  private:
    fs::path folder_;
    store::Database database_;
    store::Connection connection_;
};

/// The folder of real extracts, or nothing: then the test is skipped.
inline fs::path real_data() {
    if (const char* named = std::getenv("ICMAP_REAL_DATA")) {
        return named;
    }
    return fs::path(ICMAP_SOURCE_DIR) / ".." / "shared" / "data";
}

} // namespace icmap::ingest::test
