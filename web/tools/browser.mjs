// Debian's Chromium, headless, with software WebGL and a profile of its own that is thrown away.
import { chromium } from 'playwright-core';

export const CHROMIUM = process.env['ICMAP_CHROMIUM'] ?? '/usr/bin/chromium';

export const FLAGS = [
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-sandbox',
];

export const launch = () =>
    chromium.launch({
        executablePath: CHROMIUM,
        headless: true,
        args: ['--headless=new', ...FLAGS],
        ignoreDefaultArgs: ['--headless', '--disable-gpu', '--headless=old'],
    });

/** The map has drawn everything it has asked for. */
export const mapReady = (page) => page.waitForSelector('.canvas[data-ready="true"]', { timeout: 30_000 });

export const serverUrl = () => (process.env['ICMAP_URL'] ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
