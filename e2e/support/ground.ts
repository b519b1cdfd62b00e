/** What the tests stand on: a stack of this worker's own, or the address that QA gave. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { Child } from "../../scripts/child.ts";
import { seed } from "../../scripts/seed.ts";
import { startStack } from "../../scripts/stack.ts";
import { Simulator } from "./simulator.ts";

type Row = Record<string, unknown>;

export type Ground = {
  webUrl: string;
  simulator: Simulator;
  /** Facts straight from the tables. */
  query<T extends Row = Row>(text: string, values?: unknown[]): Promise<T[]>;
  /** Ends a process at once, as a power cut would, and starts it again. Null at an address of QA's own. */
  crash: ((which: "web" | "worker") => Promise<void>) | null;
  /** Ends a process in good order, waits while `during` runs, starts it again. */
  without: ((which: "web" | "worker", during: () => Promise<void>) => Promise<void>) | null;
  /** All that web and worker wrote so far, and the secrets they were started with. Null at an address of QA's own. */
  evidence: (() => { logs: string; secrets: string[] }) | null;
  stop(): Promise<void>;
};

export async function openGround(): Promise<Ground> {
  const ground = process.env.E2E_BASE_URL ? given(process.env.E2E_BASE_URL) : await ownStack();
  await ground.simulator.control("POST", "/control/xero/settings", {
    limits: { minute: 2_000, appMinute: 5_000 },
  });
  return ground;
}

async function ownStack(): Promise<Ground> {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-e2e-"));
  const stack = await startStack({ folder, fast: true, env: { TRUSTED_PROXY_HOPS: "1" } });
  seed(stack);
  const running = { web: stack.web, worker: stack.worker };
  const start = { web: stack.startWeb, worker: stack.startWorker };
  const database = new pg.Pool({ connectionString: stack.databaseUrl, max: 3 });
  return {
    webUrl: stack.webUrl,
    simulator: new Simulator(stack.simulatorUrl),
    query: async <T extends Row>(text: string, values?: unknown[]) =>
      (await database.query<T>(text, values)).rows,
    async crash(which) {
      await kill(running[which]);
      running[which] = await start[which]();
    },
    async without(which, during) {
      await running[which].stop();
      try {
        await during();
      } finally {
        running[which] = await start[which]();
      }
    },
    evidence: () => ({
      logs: ["web", "worker"]
        .map((name) => readFileSync(path.join(folder, "logs", `${name}.log`), "utf8"))
        .join("\n"),
      secrets: [
        stack.env.SESSION_SECRET ?? "",
        ...(stack.env.VAULT_KEYS ?? "").split(",").map((key) => key.split(":")[1] ?? ""),
      ],
    }),
    async stop() {
      await database.end();
      await stack.stop();
      if (!process.env.E2E_KEEP) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function kill({ process: child }: Child): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await ended;
}

function given(webUrl: string): Ground {
  const { E2E_SIMULATOR_URL, E2E_DATABASE_URL } = process.env;
  if (!E2E_SIMULATOR_URL || !E2E_DATABASE_URL) {
    throw new Error("E2E_BASE_URL needs E2E_SIMULATOR_URL and E2E_DATABASE_URL beside it: e2e/README.md");
  }
  const database = new pg.Pool({ connectionString: E2E_DATABASE_URL, max: 3 });
  return {
    webUrl: new URL(webUrl).origin,
    simulator: new Simulator(new URL(E2E_SIMULATOR_URL).origin),
    query: async <T extends Row>(text: string, values?: unknown[]) =>
      (await database.query<T>(text, values)).rows,
    crash: null,
    without: null,
    evidence: null,
    stop: () => database.end(),
  };
}
