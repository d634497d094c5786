#pragma once

// ICMAP_SIMD_CLONES before a function compiles it once for each of these processors and lets the
// loader choose. Rounding does not differ: fused operations are off and sums are of whole numbers.
// Sanitizers instrument the choosing code, which runs before they are ready: no clones there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ICMAP_NO_CLONES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define ICMAP_NO_CLONES 1
#endif
#endif

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(ICMAP_NO_CLONES)
#define ICMAP_SIMD_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define ICMAP_SIMD_CLONES
#endif
