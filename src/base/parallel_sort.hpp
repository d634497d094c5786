#pragma once

#ifdef __SANITIZE_THREAD__
#include <algorithm>
#else
#include <oneapi/tbb/parallel_sort.h>
#endif

namespace icmap {

/// Sorts ascending by `<`, over all threads; equal values may come in any order.
template <class Iterator>
void parallel_sort(Iterator begin, Iterator end) {
#ifdef __SANITIZE_THREAD__
    std::sort(begin, end); // the thread sanitizer cannot follow TBB: see parallel.hpp
#else
    tbb::parallel_sort(begin, end);
#endif
}

} // namespace icmap
