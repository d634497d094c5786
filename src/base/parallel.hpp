#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#ifdef __SANITIZE_THREAD__
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#endif

namespace icmap {

/// Holds the number of worker threads of all parallel loops for as long as it lives.
/// `threads` = 0 means as many as the machine has. One at a time, in main or in a test.
class ThreadLimit {
  public:
    explicit ThreadLimit(int threads);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

  private:
    struct Control;
    std::unique_ptr<Control> control_;
};

/// The number of worker threads parallel loops use now.
[[nodiscard]] int thread_count();

/// Calls `body(begin, end)` over disjoint ranges that cover [0, n), in any order, on all threads.
/// The cut into ranges is not fixed: a body must not let the cut reach its result.
/// \param grain smallest range worth a task
template <class Body>
void parallel_ranges(std::size_t n, std::size_t grain, Body&& body) {
    if (n <= grain) {
        if (n > 0) {
            body(std::size_t{0}, n);
        }
        return;
    }
#ifdef __SANITIZE_THREAD__
    // TBB itself is not instrumented, so the thread sanitizer sees no order between its tasks and
    // would report them all: plain threads let it judge our code.
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t begin = next.fetch_add(grain); begin < n; begin = next.fetch_add(grain)) {
            body(begin, std::min(begin + grain, n));
        }
    };
    std::vector<std::thread> threads;
    for (int i = 1; i < thread_count(); ++i) {
        threads.emplace_back(work);
    }
    work();
    for (std::thread& thread : threads) {
        thread.join();
    }
#else
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, n, grain),
                      [&body](const tbb::blocked_range<std::size_t>& range) {
                          body(range.begin(), range.end());
                      });
#endif
}

/// Calls `body(i)` once for each i in [0, n).
template <class Body>
void parallel_for_each(std::size_t n, std::size_t grain, Body&& body) {
    parallel_ranges(n, grain, [&body](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            body(i);
        }
    });
}

} // namespace icmap
