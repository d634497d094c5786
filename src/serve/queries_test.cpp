#include "serve/queries.hpp"

#include "store/atlas_file.hpp"
#include "worlds/tiny_atlas.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

namespace icmap::serve {
namespace {

TEST(SessionPool, StopsAlsoAQuestionThatBeginsWhenTheTimeIsUp) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("icmap_pool_" + std::to_string(::getpid()) + ".atlas");
    ASSERT_TRUE(worlds::make_tiny_atlas(path));
    auto database = store::open_atlas(path);
    ASSERT_TRUE(database) << database.error().message();
    constexpr std::chrono::milliseconds kLimit{100};
    auto pool = SessionPool::create(*database, 1, kLimit);
    ASSERT_TRUE(pool) << pool.error().message();
    const auto ask = [](SessionPool::Lease& lease, const char* numbers) {
        return lease.connection().integer(std::string("select count(*) from range(") + numbers +
                                          ") a(x), range(1000) b(y) where hash(x, y) = 7");
    };
    {
        auto lease = (*pool)->lend();
        std::this_thread::sleep_for(5 * kLimit); // its time is up while it asks nothing
        const auto start = std::chrono::steady_clock::now();
        EXPECT_FALSE(ask(lease, "10000000"));
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    }
    auto next = (*pool)->lend();
    EXPECT_TRUE(ask(next, "10")) << "the next one has time again";
    std::filesystem::remove(path);
}

} // namespace
} // namespace icmap::serve
