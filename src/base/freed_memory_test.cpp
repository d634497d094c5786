#include "base/freed_memory.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <unistd.h>
#include <vector>

namespace icmap {
namespace {

#ifndef ICMAP_SANITIZED

constexpr long kBlocks = 32;
constexpr long kBlock_bytes = 4 << 20;

long resident_bytes() {
    long size = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

/// Asks for memory, writes to all of it and frees it; how much was had meanwhile.
long use_and_free() {
    const long before = resident_bytes();
    std::vector<std::unique_ptr<char[]>> blocks;
    for (long i = 0; i < kBlocks; ++i) {
        blocks.emplace_back(new char[kBlock_bytes]);
        std::fill_n(blocks.back().get(), kBlock_bytes, static_cast<char>(i));
    }
    return resident_bytes() - before;
}

TEST(FreedMemory, StaysUntilItIsGivenBack) {
    give_freed_memory_back();
    const long at_rest = resident_bytes();
    {
        const FreedMemoryKept kept;
        EXPECT_GT(use_and_free(), kBlocks * kBlock_bytes * 9 / 10);
        EXPECT_GT(resident_bytes() - at_rest, kBlocks * kBlock_bytes * 9 / 10);
        EXPECT_LT(use_and_free(), kBlocks * kBlock_bytes / 10) << "the same pages serve again";
    }
    give_freed_memory_back();
    EXPECT_LT(resident_bytes() - at_rest, kBlocks * kBlock_bytes / 10);
}

TEST(FreedMemory, GoesBackAtOnceWhereItIsToldTo) {
    give_freed_memory_back();
    const long at_rest = resident_bytes();
    const FreedMemoryGivenBack given_back;
    EXPECT_GT(use_and_free(), kBlocks * kBlock_bytes * 9 / 10);
    EXPECT_LT(resident_bytes() - at_rest, kBlocks * kBlock_bytes / 10);
}

#endif

} // namespace
} // namespace icmap
