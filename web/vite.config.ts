import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The development server passes data requests on to a running `icmap serve`.
const server = process.env['ICMAP_URL'] ?? 'http://127.0.0.1:8080';
const passed = ['/api', '/tiles', '/ogc', '/health'];

export default defineConfig({
    plugins: [svelte()],
    // The build that takes its worker from a file, so that the page's security policy can forbid blob: scripts.
    resolve: { alias: { 'maplibre-gl/csp': 'maplibre-gl/dist/maplibre-gl-csp.js' } },
    build: {
        outDir: process.env['ICMAP_WEB_OUT'] ?? '../build/web',
        emptyOutDir: true,
        target: 'es2022',
        reportCompressedSize: false,
        chunkSizeWarningLimit: 1200,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        // The library that sets formulas, which the methods page alone asks for, in a file of its own.
        rollupOptions: { output: { manualChunks: { temml: ['temml'] } } },
    },
    server: { proxy: Object.fromEntries(passed.map((path) => [path, server])) },
    test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
