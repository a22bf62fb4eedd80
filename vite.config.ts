/// <reference types="vitest/config" />
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { liveServer } from './scripts/vite-live.ts';
import { fewFiles } from './scripts/vite-chunks.ts';
import { wordsByLanguage } from './scripts/vite-words.ts';

export default defineConfig({
  plugins: [wordsByLanguage(), fewFiles(), sveltekit(), liveServer()],
  cacheDir: process.env['VITE_CACHE_DIR'] ?? 'node_modules/.vite',
  server: { watch: { ignored: ['**/data/**', '**/build/**', '**/test-results/**'] }, fs: { allow: ['src'] } },
  // One warning would come for the editor's chunk, which only the draft page loads.
  build: { chunkSizeWarningLimit: 900 },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
