/**
 * The first thing that runs on a fresh machine, under whatever Node ≥ 20 is there: built-ins only. Installs exactly the
 * lock file, then hands over to the project's own Node 24.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, "node_modules", ".counterfoil-lock");
const pinned = path.join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** Runs a TypeScript file of this project under the pinned Node; ends as it ends. */
export function handOver(script, args) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    stop(
      "Node 20 or newer is needed to begin; the project brings its own Node 24 for the rest.",
      "Install Node from nodejs.org or your system's packages, then run this again.",
    );
  }
  const odd = /[#?%"$`\\]/.exec(process.platform === "win32" ? root.replaceAll("\\", "/") : root)?.[0];
  if (odd) {
    stop(
      `This folder's path has a ${odd}, which the CSS build, vitest or PostgreSQL's initdb would read as something else: ${root}`,
      "Move the project to a folder without it. Blanks, quotes (') and accents are fine.",
    );
  }
  process.chdir(root);
  install();
  const child = spawn(
    pinned,
    ["--conditions=react-server", "--disable-warning=ExperimentalWarning", script, ...args],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        PATH: `${path.dirname(pinned)}${path.delimiter}${process.env.PATH}`,
      },
    },
  );
  // The child tidies up after itself; Ctrl-C reaches it directly, a plain kill of this process goes on to it.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  onceNpmIsGone(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** A kill of npm ends npm and at most the shell between it and us: we look whether both are there. */
function onceNpmIsGone(work) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOfShell(shell);
  const look = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || parentOfShell(shell) === npm)) return;
    clearInterval(look);
    work();
  }, 500);
  look.unref();
}

/** Only where there is a /proc, and if it is a shell: some systems' shell makes way for what it starts. */
function parentOfShell(pid) {
  try {
    return /\((?:ba|da)?sh\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

function install() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && existsSync(pinned)) return;
  console.log("Installing the packages of package-lock.json (a minute on a fresh machine)…");
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.status !== 0 || !existsSync(pinned)) {
    stop(
      "Installing the packages failed.",
      'Look at npm\'s words above; usually the network or a proxy. Then run this again, or "npm ci" by itself.',
    );
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

function stop(what, cure) {
  console.error(`\n${what}\n${cure}`);
  process.exit(1);
}
