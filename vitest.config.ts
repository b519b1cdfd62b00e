import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: { "server-only": path.resolve("node_modules/server-only/empty.js") },
  },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules", ".next", ".data", "e2e"],
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/environment.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    server: { deps: { inline: ["server-only"] } },
  },
});
