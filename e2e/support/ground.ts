/** What the tests stand on: a stack of this worker's own, or the address that QA gave. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { seed } from "../../scripts/demo-data/seed.ts";
import type { Child } from "../../scripts/stack/child.ts";
import { throwAway } from "../../scripts/stack/leftovers.ts";
import { freePort } from "../../scripts/stack/ports.ts";
import { type Stack, startStack } from "../../scripts/stack/stack.ts";
import { type Fleet, type Kind, openFleet, type Post } from "./fleet.ts";
import { type Front, openFront } from "./front.ts";
import { TWINS } from "./mode.ts";
import { Simulator } from "./simulator.ts";

type Row = Record<string, unknown>;

export type Ground = {
  webUrl: string;
  simulator: Simulator;
  /** Facts straight from the tables. */
  query<T extends Row = Row>(text: string, values?: unknown[]): Promise<T[]>;
  /** Ends a process (both twins) at once, as a power cut would, and starts it again. Null at an address of QA's own. */
  crash: Fleet["crash"] | null;
  /** Ends a process (both twins) in good order, waits while `during` runs, starts it again. */
  without: Fleet["without"] | null;
  /** All that web and worker wrote so far, and the secrets they were started with. Null at an address of QA's own. */
  evidence: (() => { logs: string; secrets: string[] }) | null;
  stop(): Promise<void>;
};

export async function openGround(renderer: "own" | "next"): Promise<Ground> {
  const ground = process.env.E2E_BASE_URL ? given(process.env.E2E_BASE_URL) : await ownStack(renderer);
  await ground.simulator.control("POST", "/control/xero/settings", {
    limits: { minute: 2_000, appMinute: 5_000 },
  });
  return ground;
}

async function ownStack(PAY_RENDERER: "own" | "next"): Promise<Ground> {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-e2e-"));
  const ports: number[] = [];
  const front = TWINS ? await openFront(ports) : null;
  const stack = await startStack({
    folder,
    fast: true,
    // The tests write X-Forwarded-For as a proxy would; the one between is the second.
    env: {
      PAY_RENDERER,
      ...(front ? { PUBLIC_ORIGIN: front.url, TRUSTED_PROXY_HOPS: "2" } : { TRUSTED_PROXY_HOPS: "1" }),
    },
  });
  seed(stack);
  const fleet = openFleet(await posts(stack, front ? { front, ports } : null), { reaper: TWINS });
  const database = new pg.Pool({ connectionString: stack.databaseUrl, max: 3 });
  return {
    webUrl: front?.url ?? stack.webUrl,
    simulator: new Simulator(stack.simulatorUrl),
    query: async <T extends Row>(text: string, values?: unknown[]) =>
      (await database.query<T>(text, values)).rows,
    crash: fleet.crash,
    without: fleet.without,
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
      try {
        const reaped = await fleet.rest();
        if (front) console.log(`Twins: a web process and a worker ended ${reaped} times; ${front.told()}`);
      } finally {
        await database.end();
        await stack.stop();
        await front?.close();
        if (!process.env.E2E_KEEP) await throwAway(folder);
      }
    },
  };
}

/** The stack's own processes, or those and their twins behind the proxy. */
async function posts(
  stack: Stack,
  behind: { front: Front; ports: number[] } | null,
): Promise<Record<Kind, Post[]>> {
  if (!behind) {
    return {
      web: [{ child: stack.web, start: () => stack.startWeb() }],
      worker: [{ child: stack.worker, start: stack.startWorker }],
    };
  }
  const { front, ports } = behind;
  const webAt = (port: number, child: Child): Post => {
    ports.push(port);
    return {
      child,
      settle: () => front.settle(port),
      async start() {
        const started = await stack.startWeb(port);
        front.welcome(port);
        return started;
      },
    };
  };
  const port = await freePort();
  return {
    web: [webAt(Number(new URL(stack.webUrl).port), stack.web), webAt(port, await stack.startWeb(port))],
    worker: [
      { child: stack.worker, start: stack.startWorker },
      { child: await stack.startWorker(), start: stack.startWorker },
    ],
  };
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
