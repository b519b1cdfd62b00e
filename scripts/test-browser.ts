import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const FETCH_MS = 180_000;

/**
 * A browser for Playwright: null when its own is there, else the path of another. Fetches one where there is none: by
 * apt as root on Debian or Ubuntu, else by Playwright. Throws with what to run when that fails too.
 */
export function findBrowser(): string | null {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  if (hasOwn()) return null;
  const there = onSystem();
  if (there) return there;

  console.log("  No browser here; fetching Chromium (once)…");
  if (mayUseApt()) installByApt();
  const installed = onSystem();
  if (installed) return installed;
  fetchOwn();
  if (hasOwn()) return null;
  throw new Error(
    [
      "No browser was found, and none could be fetched. Any of these helps:",
      "  npx playwright install chromium",
      "  sudo apt-get install chromium           (Debian, Ubuntu)",
      "  CHROMIUM=/path/to/chrome npm test",
    ].join("\n"),
  );
}

function hasOwn(): boolean {
  return existsSync(chromium.executablePath());
}

function onSystem(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...ELSEWHERE];
  return files.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian and Ubuntu name themselves or their like in os-release. */
function mayUseApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

function installByApt(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update"], { env, stdio: "ignore", timeout: FETCH_MS });
  const packages = ["chromium", "fonts-liberation"];
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], {
    env,
    stdio: "ignore",
    timeout: 2 * FETCH_MS,
  });
}

function fetchOwn(): void {
  const cli = "node_modules/@playwright/test/cli.js";
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: FETCH_MS });
}
