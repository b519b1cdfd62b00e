import path from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/test/test-order.ts";

const common = {
  exclude: ["node_modules", ".next", ".data", "e2e"],
  setupFiles: ["lib/testing/environment.ts"],
};
/** Tests that start nothing. */
const pure = ["{app,chaos,components,lib,scripts}/**/!(*.it).test.ts"];

export default defineConfig({
  resolve: {
    alias: { "server-only": path.resolve("node_modules/server-only/empty.js") },
  },
  test: {
    pool: "forks",
    maxWorkers: 2,
    // Only for a test that hangs: on a busy machine an honest one may take four times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { inline: ["server-only"] } },
    sequence: { sequencer: LongestFirst },
    // With --changed: what tests meet without importing it.
    forceRerunTriggers: [
      "**/{package,package-lock}.json",
      "**/vitest.config.ts",
      "**/simulator/**/!(*.test).ts",
      "**/db/**",
      "**/lib/testing/**",
      "**/*.child.ts",
      "**/.env.example",
      "**/{deploy,docs,scripts}/**",
    ],
    projects: [
      { extends: true, test: { ...common, name: "rules", include: pure, isolate: false } },
      {
        extends: true,
        test: {
          ...common,
          name: "whole",
          include: ["**/*.it.test.ts", "simulator/**/*.test.ts"],
          isolate: false,
          globalSetup: ["lib/testing/global-setup.ts"],
        },
      },
    ],
  },
});
