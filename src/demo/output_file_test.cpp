#include "demo/output_file.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace icmap::demo {
namespace {

namespace fs = std::filesystem;

class OutputFiles : public ::testing::Test {
  protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }
    [[nodiscard]] std::string text(const std::string& name) const {
        std::ifstream file(folder_ / name, std::ios::binary);
        std::ostringstream out;
        out << file.rdbuf();
        return out.str();
    }
    const fs::path folder_ =
        fs::temp_directory_path() / ("icmap_output_file_test_" + std::to_string(::getpid()));
};

TEST_F(OutputFiles, AppearOnlyWhenTheyAreClosed) {
    auto file = OutputFile::create(folder_ / "deep/down/a.csv");
    ASSERT_TRUE(file.has_value()) << file.error().message();
    ASSERT_TRUE(file->write("one\ntwo\n", 2));
    EXPECT_FALSE(fs::exists(folder_ / "deep/down/a.csv"));
    ASSERT_TRUE(file->close());
    EXPECT_EQ(text("deep/down/a.csv"), "one\ntwo\n");
    EXPECT_EQ(file->lines(), 2U);
    EXPECT_EQ(file->bytes(), 8U);
}

TEST_F(OutputFiles, LeaveTheOldFileAndNoHalfOneWhenTheyAreGivenUp) {
    std::ofstream(folder_ / "a.csv") << "old";
    {
        auto file = OutputFile::create(folder_ / "a.csv");
        ASSERT_TRUE(file.has_value());
        ASSERT_TRUE(file->write("new", 1));
    }
    EXPECT_EQ(text("a.csv"), "old");
    EXPECT_FALSE(fs::exists(folder_ / "a.csv.partial"));
}

TEST_F(OutputFiles, SayWhichFileCouldNotBeWrittenWhenTheDeviceIsFull) {
    // A limit on file size stands in for a full disk: both make write() fall short.
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = write_file(folder_ / "big.csv", std::string(100'000, 'x'));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(written.has_value());
    EXPECT_NE(written.error().message().find("big.csv"), std::string::npos);
    EXPECT_NE(written.error().message().find("cannot write"), std::string::npos);
    EXPECT_FALSE(written.error().remedy.empty());
    EXPECT_FALSE(fs::exists(folder_ / "big.csv"));
    EXPECT_FALSE(fs::exists(folder_ / "big.csv.partial"));
}

TEST_F(OutputFiles, RefuseAFolderThatMayNotBeWrittenTo) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
    const auto file = OutputFile::create(folder_ / "a.csv");
    fs::permissions(folder_, fs::perms::owner_all);
    ASSERT_FALSE(file.has_value());
    EXPECT_NE(file.error().message().find("may write to"), std::string::npos);
}

} // namespace
} // namespace icmap::demo
