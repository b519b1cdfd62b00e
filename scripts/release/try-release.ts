/**
 * For a build server: the steps of deploy/Containerfile in folders of their own, and what they leave, at work: without a
 * development package and without the checkout it migrates, sets up its first owner, serves by two processes and works.
 * Ends with 1 and the words of what failed otherwise.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "../postgres/postgres.ts";
import { answers, type Child, startChild } from "../stack/child.ts";
import { throwAway } from "../stack/leftovers.ts";
import { freePort } from "../stack/ports.ts";
import { buildImage } from "./containerfile.ts";

const COMMIT = "a-trial-commit";
const OWNER = { name: "Ada Lane", email: "ada@example.com" };

const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-release-"));
const running: Child[] = [];
try {
  const image = buildImage({ file: "deploy/Containerfile", folder, args: { COMMIT } });
  const home = path.join(image.root, image.workdir);
  refuseDevelopmentPackages(home);

  const postgres = await startPostgres(path.join(folder, "database"), { fast: true });
  running.push({ stop: postgres.stop } as Child);
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  await client.query("create database counterfoil");
  await client.end();
  const port = await freePort();
  const env = {
    ...image.env,
    HOSTNAME: "127.0.0.1",
    PORT: String(port),
    DATABASE_URL: postgres.urlFor("counterfoil"),
    PUBLIC_ORIGIN: `http://localhost:${port}`,
    SESSION_SECRET: "a-session-secret-for-a-trial-0123456789",
    VAULT_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "desk@pay.example",
    WEB_PROCESSES: "2",
  };
  const npm = (args: string[], input = "") => {
    const { status, stdout, stderr } = spawnSync("npm", ["run", ...args], {
      cwd: home,
      env: { ...process.env, ...env },
      input,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`npm run ${args.join(" ")}:\n${stdout}\n${stderr}`);
  };
  npm(["migrate"]);
  const about = ["--company", "QuickFee", "--firm", "Demo", "--name", OWNER.name, "--email", OWNER.email];
  npm(["setup", "--", ...about], "a password of some length\n");
  npm(["verify-timeline"]);

  const webLog = path.join(folder, "web.log");
  const workerLog = path.join(folder, "worker.log");
  const start = async (name: string, [, ...args]: string[], logFile: string, url: string) =>
    running.push(
      await startChild({
        name,
        args,
        env,
        cwd: home,
        logFile,
        isReady: () => answers(`http://127.0.0.1:${port}${url}`),
      }),
    );
  await start("Web", image.command, webLog, "/api/health/ready");
  const worker = image.command.map((word) => (word === "web.ts" ? "worker.ts" : word));
  await start("The worker", worker, workerLog, "/api/health/worker");
  const page = await fetch(`http://127.0.0.1:${port}/sign-in`);
  if (!page.ok || !(await page.text()).includes("Password"))
    throw new Error(`/sign-in answered ${page.status}`);
  sayVersion(webLog, "web", 2);
  sayVersion(workerLog, "worker", 1);
  console.log("deploy/Containerfile's steps leave a desk that works without development packages");
} finally {
  for (const one of running.reverse()) await one.stop();
  await throwAway(path.join(folder, "database"));
  await throwAway(folder);
}

function refuseDevelopmentPackages(home: string): void {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const there = Object.entries(packages).filter(([at, { dev }]) => dev && existsSync(path.join(home, at)));
  if (there.length > 0)
    throw new Error(`Development packages are left: ${there.map(([at]) => at).join(", ")}`);
}

/** Its first line of its own says which version runs. */
function sayVersion(file: string, name: string, times: number): void {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const first = `"process":"${name}","version":"${version} (${COMMIT})"`;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes(first));
  if (lines.length !== times) throw new Error(`${name} says its version ${lines.length} times, not ${times}`);
}
