import type { Browser, Page } from 'playwright-core';

export function launch(): Promise<Browser>;
export function mapReady(page: Page): Promise<unknown>;
export function serverUrl(): string;
