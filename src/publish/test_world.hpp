#pragma once

// For tests of this folder only.

#include "publish/export.hpp"
#include "store/atlas_file.hpp"
#include "worlds/tiny_atlas.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <unistd.h>

namespace icmap::publish {
namespace fs = std::filesystem;

/// The tiny atlas, open, and a folder for what is written of it.
class ExportWorld : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() /
                  ("icmap_export_" + std::to_string(::getpid()) + "_" +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_);
        remake("");
    }
    void TearDown() override { fs::remove_all(folder_); }

    /// The same atlas with what a test needs changed.
    void remake(const std::string& statements) {
        connection_.reset();
        database_.reset();
        ASSERT_TRUE(worlds::make_tiny_atlas(folder_ / "tiny.atlas", statements.c_str()));
        database_.emplace(store::open_atlas(folder_ / "tiny.atlas").value());
        connection_.emplace(database_->connect().value());
    }
    /// The same under official disclosure.
    void make_official(const std::string& statements = "") {
        remake("update run set value = 'official' where parameter = 'disclosure';" + statements);
    }
    std::string text(const std::string& query) { return connection_->text(query).value(); }
    /// Exports as CSV and reads it back as a table of texts.
    std::string csv(ExportRequest request) {
        request.format = ExportFormat::csv;
        const fs::path file = folder_ / "read_back.csv";
        const auto report = export_layer(*connection_, request, file);
        EXPECT_TRUE(report) << report.error().message();
        return "read_csv(" + store::sql_literal(file.string()) + ", all_varchar = true)";
    }
    std::string cell(const std::string& table, const std::string& column, int cluster) {
        return connection_
            ->text("select coalesce(" + column + ", '') from " + table + " limit 1 offset " +
                   std::to_string(cluster))
            .value();
    }

    fs::path folder_;
    std::optional<store::Database> database_;
    std::optional<store::Connection> connection_;
};

} // namespace icmap::publish
