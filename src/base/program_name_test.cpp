#include "base/program_name.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(ProgramName, IsHowItWasCalledAndCanBePastedIntoAShell) {
    EXPECT_EQ(program_name(), "icmap");
    set_program_name("");
    EXPECT_EQ(program_name(), "icmap");
    set_program_name("build/release/icmap");
    EXPECT_EQ(program_name(), "build/release/icmap");
    set_program_name("/home/o'neil/my maps/icmap");
    EXPECT_EQ(program_name(), "'/home/o'\\''neil/my maps/icmap'");
    set_program_name("icmap");
}

} // namespace
} // namespace icmap
