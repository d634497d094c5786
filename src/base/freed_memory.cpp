#include "base/freed_memory.hpp"

// Sanitizers watch memory with an allocator of their own.
#ifndef ICMAP_SANITIZED
#include <gperftools/malloc_extension.h>
#endif

namespace icmap {

#ifndef ICMAP_SANITIZED

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

FreedMemoryKept::FreedMemoryKept() : rate_before_(0.0) {}
FreedMemoryKept::~FreedMemoryKept() {
    static_cast<void>(rate_before_);
}
void give_freed_memory_back() {}

#endif

} // namespace icmap
