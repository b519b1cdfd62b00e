/** What whoever runs the desk does with it: several web processes, a restart under load, a backup and a restore. Over plain HTTP but for one payment. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { seed } from "../scripts/demo-data/seed.ts";
import { type Postgres, startPostgres } from "../scripts/postgres/postgres.ts";
import { runTool } from "../scripts/postgres/postgres-tools.ts";
import { requirePostgresTools } from "../scripts/postgres/test-postgres-tools.ts";
import { answers, type Child, startChild } from "../scripts/stack/child.ts";
import { throwAway } from "../scripts/stack/leftovers.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { type Stack, startStack } from "../scripts/stack/stack.ts";
import { signInPlainly, visitor } from "./matrix/visitor.ts";
import { PAT, pay, payLink } from "./support/payer.ts";
import { Simulator } from "./support/simulator.ts";
import { DEMO_PEOPLE } from "./support/staff.ts";

const FLAGS = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
const PAGE = payLink("harbour", { number: "INV-3001", amount: "480.00" });

let folder: string;
let stack: Stack;
const ends: (() => Promise<void>)[] = [];

test.describe.configure({ mode: "serial", timeout: 300_000 });

// On the oldest PostgreSQL that the desk takes.
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "counterfoil-run-it-"));
  stack = await startStack({ folder, fast: true, oldest: true });
  seed(stack);
});

test.afterAll(async () => {
  await stack?.stop();
  for (const end of ends.reverse()) await end();
  await throwAway(path.join(folder, "newer"));
  await throwAway(folder);
});

test.describe("npm start", { tag: "@once" }, () => {
  const log = () => path.join(folder, "web.log");
  let port: number;
  let primary: Child;

  test.beforeAll(async () => {
    port = await freePort();
    primary = await startChild({
      name: "Web",
      args: [...FLAGS, "web.ts"],
      env: { ...stack.env, WEB_PROCESSES: "2", PORT: String(port), HOSTNAME: "127.0.0.1" },
      logFile: log(),
      isReady: () => startedPids().length === 2 && answers(`http://127.0.0.1:${port}/api/health/ready`),
    });
    ends.push(primary.stop);
  });

  /** Of each web process that ever started, in its first line. */
  const startedPids = () =>
    existsSync(log())
      ? [...readFileSync(log(), "utf8").matchAll(/"process":"web".*"pid":(\d+)/g)].map(([, pid]) =>
          Number(pid),
        )
      : [];
  const alivePids = () => startedPids().filter((pid) => spawnSync("kill", ["-0", String(pid)]).status === 0);
  const page = async () => (await ask(port, "GET", PAGE)).body;

  test("each of two processes answers alone, and one that is lost is replaced", async () => {
    for (let times = 0; times < 2; times += 1) {
      const [oldest = 0, other] = alivePids();
      process.kill(oldest, "SIGKILL");
      await expect.poll(alivePids).not.toContain(oldest);
      expect(await page()).toContain("INV-3001");
      expect(alivePids()).toEqual([other]);
      await expect.poll(() => alivePids().length, { timeout: 30_000 }).toBe(2);
      expect(await page()).toContain("INV-3001");
    }
    expect(readFileSync(log(), "utf8")).toContain('"msg":"web.process-lost"');
  });

  test("SIGUSR2 puts new processes in the place of all, and no request is dropped", async () => {
    const before = alivePids();
    const kept = new Agent({ keepAlive: true });
    const paths = ["GET /api/health/live", `GET ${PAGE}`, "POST /api/stripe/webhook/nobody"];
    const clients = [kept, new Agent()].flatMap((agent) =>
      paths.map((asked) => keepAsking(port, asked, agent)),
    );
    primary.process.kill("SIGUSR2");
    const isOver = () => readFileSync(log(), "utf8").includes('"msg":"web.processes-replaced"');
    await expect.poll(isOver, { timeout: 90_000 }).toBe(true);
    const told = await Promise.all(clients.map(({ stop }) => stop()));
    kept.destroy();
    // On a starved machine a page may say that the database was slow: an answer too.
    const dropped = told.flatMap(({ asked, others }) =>
      asked.includes("/pay/") ? others.filter((answer) => !/: \d+$/.test(answer)) : others,
    );
    expect(dropped).toEqual([]);
    for (const { asked, count } of told) expect(count, asked).toBeGreaterThan(3);
    expect(alivePids()).toHaveLength(2);
    for (const pid of before) expect(alivePids()).not.toContain(pid);
  });

  test("SIGTERM ends all of them once they have answered what they were asked", async () => {
    const pids = alivePids();
    const busy = keepAsking(port, "GET /api/health/live", new Agent({ keepAlive: true }));
    const answered = new Promise<string>((done) => {
      const headers = { expect: "100-continue", "content-length": "2" };
      const at = { host: "127.0.0.1", port, path: "/api/stripe/webhook/nobody", method: "POST", headers };
      const asking = request({ ...at, agent: false }, (answer) => done(String(answer.statusCode)));
      asking.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      asking.once("continue", async () => {
        primary.process.kill("SIGTERM");
        while ((await ask(port, "GET", "/api/health/live")).outcome !== "ECONNREFUSED");
        asking.end("{}");
      });
      asking.flushHeaders();
    });
    expect(await answered).toMatch(/^[24]\d\d$/);
    await expect.poll(() => primary.process.exitCode, { timeout: 20_000 }).toBe(0);
    await busy.stop();
    for (const pid of pids) expect(alivePids()).not.toContain(pid);
  });
});

/** One request after the other until stopped; `others`: what was not answered as the first one was. */
function keepAsking(port: number, asked: string, agent: Agent) {
  const [method = "", at = ""] = asked.split(" ");
  let isOver = false;
  let count = 0;
  const seen = new Set<string>();
  const asking = (async () => {
    while (!isOver) {
      seen.add((await ask(port, method, at, agent)).outcome);
      count += 1;
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      return { asked, count, others: [...seen].slice(1).map((answer) => `${asked}: ${answer}`) };
    },
  };
}

type Answer = { outcome: string; body: string };

/** `outcome`: the status of a whole answer, otherwise what went wrong. Without an agent on a connection of its own. */
function ask(port: number, method: string, at: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((done) => {
    const asking = request({ host: "127.0.0.1", port, method, path: at, agent }, (answer) => {
      let body = "";
      answer.on("data", (part: Buffer) => {
        body += part.toString();
      });
      answer.once("close", () =>
        done({ outcome: answer.complete ? String(answer.statusCode) : "cut", body }),
      );
    });
    asking.once("error", (error: NodeJS.ErrnoException) =>
      done({ outcome: error.code ?? error.message, body: "" }),
    );
    asking.end(method === "POST" ? "{}" : undefined);
  });
}

test.describe("Backup and restore", { tag: "@once" }, () => {
  const file = () => path.join(folder, "desk.dump");
  let newer: Postgres;
  let payment: string;

  function run(script: string, args: string[], databaseUrl: string) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...FLAGS, `scripts/${script}.ts`, ...args],
      {
        // Node warns of a second word on colours beside NO_COLOR, which Playwright adds.
        env: { ...process.env, ...stack.env, DATABASE_URL: databaseUrl, FORCE_COLOR: undefined },
        encoding: "utf8",
      },
    );
    return { status, lines: stdout.trim().split("\n"), faults: stderr.trim() };
  }

  test("npm run backup writes a paid desk into one file, which no other user may read", async ({
    browser,
  }) => {
    test.setTimeout(600_000);
    requirePostgresTools();
    const simulator = new Simulator(stack.simulatorUrl);
    const context = await browser.newContext({ baseURL: stack.webUrl });
    const page = await context.newPage();
    await page.goto(PAGE);
    payment = await pay(page, PAT);
    await context.close();
    await expect.poll(async () => (await simulator.invoice("harbour", "INV-3001")).status).toBe("PAID");
    await stack.worker.stop();
    await stack.web.stop();

    expect(run("backup", [file()], stack.databaseUrl)).toMatchObject({ status: 0, faults: "" });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const again = run("backup", [file()], stack.databaseUrl);
    expect(again).toMatchObject({ status: 1, faults: expect.stringContaining("is there already") });
  });

  test("npm run restore refuses a database with something in it, or with somebody at it", async () => {
    const before = await contents(stack.databaseUrl);
    const full = run("restore", [file()], stack.databaseUrl);
    expect(full).toMatchObject({ status: 1, faults: expect.stringContaining("is not empty") });
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    await client.connect();
    const busy = run("restore", [file(), "--replace"], stack.databaseUrl);
    await client.end();
    expect(busy).toMatchObject({ status: 1, faults: expect.stringContaining("Somebody is connected") });
    const broken = run("restore", ["package.json", "--replace"], stack.databaseUrl);
    expect(broken).toMatchObject({ status: 1, faults: expect.stringContaining("valid archive") });
    expect(await contents(stack.databaseUrl)).toEqual(before);
  });

  test("npm run restore deletes nothing for a copy that is cut off, is of something else, or can't be brought in", async () => {
    const before = await contents(stack.databaseUrl);
    const cut = path.join(folder, "cut.dump");
    writeFileSync(cut, readFileSync(file()).subarray(0, -3_000));
    expect(run("restore", [cut, "--replace"], stack.databaseUrl).status).toBe(1);
    expect(await contents(stack.databaseUrl)).toEqual(before);

    const elsewhere = stack.databaseUrl.replace(/[^/]+$/, "elsewhere");
    await query(stack.databaseUrl, "create database elsewhere");
    await query(elsewhere, "create table theirs as select 1 as one");
    const theirs = path.join(folder, "theirs.dump");
    runTool("pg_dump", { args: ["--format=custom", `--file=${theirs}`], url: elsewhere, bin: null });
    for (const refused of [
      run("restore", [theirs, "--replace"], stack.databaseUrl),
      run("backup", [path.join(folder, "no-desk.dump")], elsewhere),
    ])
      expect(refused).toMatchObject({ status: 1, faults: expect.stringContaining("holds no desk") });
    expect(await contents(stack.databaseUrl)).toEqual(before);

    await query(
      stack.databaseUrl,
      `create function refuse() returns event_trigger language plpgsql as $$ begin raise 'planted'; end $$;
       create event trigger refuse on ddl_command_start when tag in ('CREATE TABLE') execute function refuse()`,
    );
    const failed = run("restore", [file(), "--replace"], stack.databaseUrl);
    expect(failed).toMatchObject({ status: 1, faults: expect.stringContaining("is there as before") });
    await query(stack.databaseUrl, "drop event trigger refuse; drop function refuse");
    expect(await contents(stack.databaseUrl)).toEqual(before);
  });

  test("npm run restore brings each row back, into a new PostgreSQL and over what was there, and the desk opens", async () => {
    newer = await startPostgres(path.join(folder, "newer"), { fast: true });
    ends.push(newer.stop);
    await query(newer.adminUrl, "create database restored");
    const databaseUrl = newer.urlFor("restored");
    const before = await contents(stack.databaseUrl);
    expect(before["public.captures"]).toMatch(/^1 /);

    const restored = run("restore", [file()], databaseUrl);
    expect(restored).toMatchObject({ status: 0, faults: "" });
    expect(restored.lines.join("\n")).toContain("npm run verify-timeline");
    expect(await contents(databaseUrl)).toEqual(before);

    await query(databaseUrl, "create table left_over as select 1; delete from letters");
    expect(run("restore", [file(), "--replace"], databaseUrl)).toMatchObject({ status: 0, faults: "" });
    expect(await contents(databaseUrl)).toEqual(before);

    const marks = run("verify-timeline", [], stack.databaseUrl).lines.map((line) =>
      line.replace("whole   ", ""),
    );
    expect(marks.length).toBeGreaterThan(2);
    expect(run("verify-timeline", marks, databaseUrl)).toMatchObject({ status: 0, faults: "" });
    expect(run("migrate", [], databaseUrl).status).toBe(0);

    stack.env.DATABASE_URL = databaseUrl;
    await stack.startWorker();
    await stack.startWeb();
    expect(readFileSync(path.join(folder, "logs", "worker.log"), "utf8")).toContain("desk.memory-gap");
    const { person } = await signInPlainly(stack.webUrl, { address: "", email: DEMO_PEOPLE.harbourOwner });
    const payments = await person.get("/firms/quickfee/harbour/payments");
    expect(payments.text).toContain("INV-3001");
    expect(payments.text).toContain(payment);
    expect(payments.text).toContain(`Counterfoil ${version()}`);
    const stranger = visitor(stack.webUrl, { cookie: "", address: "" });
    for (const open of ["/sign-in", "/api/health/live", "/api/health/worker", PAGE])
      expect((await stranger.get(open)).body, open).not.toContain(`Counterfoil ${version()}`);
    for (const open of ["/api/v1/openapi.json", "/api/v1/docs"])
      expect((await stranger.get(open)).body, open).not.toContain(version());
    const paid = await stranger.get(PAGE);
    expect(paid.text).toMatch(/paid/i);
  });
});

function version(): string {
  return (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;
}

/** Of each table, how many rows it has and a digest of them. */
async function query(databaseUrl: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function contents(databaseUrl: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname !~ '^pg_' and schemaname <> 'information_schema' order by 1`);
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const counted = await client.query<{ said: string }>(
      `select concat(count(*), ' ', md5(string_agg(md5(one::text), '' order by md5(one::text)))) as said from ${name} one`,
    );
    found[name] = counted.rows[0]?.said ?? "";
  }
  await client.end();
  return found;
}
