#include "base/freed_memory.hpp"

// Sanitizers watch memory with an allocator of their own.
#ifndef ICMAP_SANITIZED
#include <gperftools/malloc_extension.h>
#endif

namespace icmap {

#ifndef ICMAP_SANITIZED

namespace {
void give_back_at_once(bool at_once) {
    MallocExtension::instance()->SetNumericProperty("tcmalloc.aggressive_memory_decommit",
                                                    at_once ? 1 : 0);
}
} // namespace

FreedMemoryGivenBack::FreedMemoryGivenBack() {
    give_back_at_once(true);
}
FreedMemoryGivenBack::~FreedMemoryGivenBack() {
    give_back_at_once(false);
}

FreedMemoryKept::FreedMemoryKept()
    : rate_before_(MallocExtension::instance()->GetMemoryReleaseRate()) {
    MallocExtension::instance()->SetMemoryReleaseRate(0.0);
}

FreedMemoryKept::~FreedMemoryKept() {
    MallocExtension::instance()->SetMemoryReleaseRate(rate_before_);
}

void give_freed_memory_back() {
    MallocExtension::instance()->ReleaseFreeMemory();
}

#else

FreedMemoryGivenBack::FreedMemoryGivenBack() = default;
FreedMemoryGivenBack::~FreedMemoryGivenBack() = default;
FreedMemoryKept::FreedMemoryKept() : rate_before_(0.0) {}
FreedMemoryKept::~FreedMemoryKept() {
    static_cast<void>(rate_before_);
}
void give_freed_memory_back() {}

#endif

} // namespace icmap
