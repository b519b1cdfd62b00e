import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { installByApt, mayUseApt } from "../apt.ts";

/** Chromium without a window: what Playwright too runs when nobody watches, at two thirds of the time of the whole one. */
const SHELL = "chromium-headless-shell";
const WHOLE = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const FETCH_MS = 180_000;

/** The browser on this machine: "own" when it is Playwright's, else its path; undefined when there is none. */
export function browserHere({ headed }: { headed: boolean }): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  if (existsSync(chromium.executablePath())) return "own";
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const names = headed ? WHOLE : [SHELL, ...WHOLE];
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...files, ...ELSEWHERE].find(isProgram);
}

/**
 * Makes sure that there is a browser to run the flows in: where there is none, apt fetches it (as root on Debian or
 * Ubuntu), else Playwright. Throws with what to run when that fails too.
 */
export function requireBrowser(): void {
  const here = () => browserHere({ headed: false });
  if (here()) return;
  console.log("  No browser here; fetching Chromium (once)…");
  if (mayUseApt()) {
    for (const browser of [SHELL, "chromium"]) if (installByApt(browser, "fonts-liberation")) break;
  }
  if (here()) return;
  fetchOwn();
  if (here()) return;
  throw new Error(
    [
      "No browser was found, and none could be fetched. Any of these helps:",
      "  npx playwright install chromium",
      "  sudo apt-get install chromium           (Debian, Ubuntu)",
      "  CHROMIUM=/path/to/chrome npm test",
    ].join("\n"),
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fetchOwn(): void {
  const cli = "node_modules/@playwright/test/cli.js";
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: FETCH_MS });
}
