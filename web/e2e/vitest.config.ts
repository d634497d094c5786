import { defineConfig } from 'vitest/config';

// One browser at a time: the map is drawn in software.
export default defineConfig({
    test: {
        include: ['e2e/**/*.test.ts'],
        environment: 'node',
        fileParallelism: false,
        testTimeout: 90_000,
        hookTimeout: 60_000,
        // On a busy machine an answer takes longer than the second that is usual.
        expect: { poll: { timeout: 10_000 } },
    },
});
