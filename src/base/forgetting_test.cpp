#include "base/forgetting.hpp"

#include <atomic>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <thread>

namespace icmap {
namespace {

/// Notes on which thread it ends.
struct Ending {
    void operator()(std::thread::id* of) const { *of = std::this_thread::get_id(); }
};

TEST(Forgetting, EndsWhatItIsGivenOnAnotherThreadBeforeItGoesItself) {
    std::thread::id ended_on;
    {
        Forgetting forgetting;
        forgetting.forget(std::unique_ptr<std::thread::id, Ending>(&ended_on));
    }
    EXPECT_NE(ended_on, std::thread::id());
    EXPECT_NE(ended_on, std::this_thread::get_id());
}

TEST(Forgetting, DoesNotHoldUpWhoForgets) {
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    std::atomic<bool> has_ended = false;
    const std::function<void(int*)> ends = [&](const int* thing) {
        released.wait();
        has_ended = *thing == 7;
    };
    int number = 7;
    {
        Forgetting forgetting;
        forgetting.forget(std::unique_ptr<int, std::function<void(int*)>>(&number, ends));
        EXPECT_FALSE(has_ended);
        release.set_value();
    }
    EXPECT_TRUE(has_ended);
}

} // namespace
} // namespace icmap
