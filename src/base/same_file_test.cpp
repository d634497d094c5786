#include "base/same_file.hpp"

#include <array>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace icmap {
namespace {
namespace fs = std::filesystem;

TEST(SameFile, IsSeenThroughPathsAndLinks) {
    const fs::path folder =
        fs::temp_directory_path() / ("icmap_same_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const std::array<fs::path, 3> inputs{fs::path(), folder / "none.csv", folder / "in.csv"};
    std::ofstream(inputs[2]) << "x\n";
    std::ofstream(folder / "other.csv") << "x\n";
    fs::create_symlink(inputs[2], folder / "soft.csv");
    fs::create_hard_link(inputs[2], folder / "hard.csv");
    for (const char* same : {"in.csv", "./in.csv", "soft.csv", "hard.csv"}) {
        const auto refused = refuse_overwriting(folder / same, inputs);
        ASSERT_FALSE(refused) << same;
        EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    }
    for (const char* another : {"new.csv", "none.csv", "other.csv"}) {
        EXPECT_TRUE(refuse_overwriting(folder / another, inputs)) << another;
    }
    fs::remove_all(folder);
}

} // namespace
} // namespace icmap
