import { defineConfig } from "@playwright/test";
import { TAKE_UP_MS, TWINS } from "./e2e/support/mode.ts";
import { browserHere } from "./scripts/test/test-browser.ts";

// The workers, which read this file anew, don't see the arguments.
if (["--headed", "--ui", "--debug"].some((flag) => process.argv.includes(flag))) process.env.E2E_HEADED = "1";
const browser = browserHere({ headed: process.env.E2E_HEADED === "1" });

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const withoutScript = /\/(pay|payments|old-links|privacy|upload-orders)\.spec\.ts$/;
/** Once more with Next drawing the payer's pages, as it does where it and we would draw them differently. */
const byNext = /\/pay\.spec\.ts$/;
/** What happens in these does not depend on the browser's width, so once is enough. */
const once = /@once/;

/** Each worker starts a stack of its own (e2e/support/ground.ts): two share nothing, and one needs its tests one by one. */
export default defineConfig<object, { renderer: "own" | "next" }>({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  forbidOnly: Boolean(process.env.CI),
  workers: process.env.E2E_BASE_URL ? 1 : Number(process.env.E2E_WORKERS ?? (TWINS ? 1 : 2)),
  timeout: 60_000 + 2 * TAKE_UP_MS,
  expect: { timeout: 15_000 + TAKE_UP_MS },
  reporter: [["list"]],
  use: {
    launchOptions: {
      ...(browser && browser !== "own" ? { executablePath: browser } : {}),
      args: ["--disable-background-networking"],
    },
    locale: "en-GB",
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    { name: "phone", use: phone, grepInvert: once },
    {
      name: "no-js",
      use: { ...phone, javaScriptEnabled: false },
      testMatch: withoutScript,
      grepInvert: once,
    },
    {
      name: "next",
      use: { viewport: { width: 1280, height: 800 }, renderer: "next" },
      testMatch: byNext,
    },
  ],
});
