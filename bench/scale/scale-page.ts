/** The pay page over a small mirror and over a large one: two databases of one server, two web processes of one build, in turn. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { answers, type Child, startChild } from "../../scripts/stack/child.ts";
import { freePort } from "../../scripts/stack/ports.ts";
import type { Stack } from "../../scripts/stack/stack.ts";
import { closedLoop, type Turn } from "../measure/closed-loop.ts";
import { beforeAddress, VISITOR } from "../measure/load.ts";
import { median, quantile } from "../measure/numbers.ts";
import { newDatabase } from "./new-database.ts";
import { fillMirror, payLinks } from "./scale-rows.ts";

type Options = {
  rows: number;
  organisations: number;
  rounds: number;
  seconds: number;
  visitors: number;
  folder: string;
  say: (step: string) => void;
};

const SMALL_ROWS = 1_000;
const LINKS = 2_000;
const WARM_UP = { visitors: 4, seconds: 5 };

/** Leaves the stack with its web process over the large mirror. */
export async function pageAtScale(stack: Stack, options: Options) {
  const { rows, organisations, rounds, seconds, visitors, folder, say } = options;
  await stack.web.stop();
  const smallUrl = await newDatabase(stack.databaseUrl, "counterfoil_small", { copied: true });

  say(`${SMALL_ROWS} invoices in one database, ${rows} in the other`);
  const small = await filled(smallUrl, { organisations: 1, invoicesEach: SMALL_ROWS });
  const filling = performance.now();
  const large = await filled(stack.databaseUrl, {
    organisations,
    invoicesEach: Math.ceil(rows / organisations),
  });
  const fillSeconds = Math.round((performance.now() - filling) / 1_000);

  await stack.startWeb();
  const second = await secondWeb(stack, smallUrl, folder);
  const ask = (webUrl: string, links: string[]) => {
    let at = 0;
    return () => ({ url: `${webUrl}${links[at++ % links.length]}`, headers: VISITOR });
  };
  const [askSmall, askLarge] = [ask(second.url, small.links), ask(stack.webUrl, large.links)];
  const before = large.links.map(beforeAddress);
  const askBefore = ask(stack.webUrl, before);
  await mustShow(`${stack.webUrl}${large.links[0]}`);
  await mustShow(`${second.url}${small.links[0]}`);
  await mustShow(`${stack.webUrl}${before[0]}`);

  say("Warming up");
  for (const next of [askSmall, askLarge, askBefore, askSmall, askLarge, askBefore])
    await closedLoop(next, WARM_UP);
  say(`The pay page over both in turn, and as it was over the large one, ${rounds} rounds of ${seconds} s`);
  const turns: { small: Turn[]; large: Turn[]; before: Turn[] } = { small: [], large: [], before: [] };
  for (let round = 0; round < rounds; round += 1) {
    turns.small.push(await closedLoop(askSmall, { visitors, seconds }));
    turns.large.push(await closedLoop(askLarge, { visitors, seconds }));
    turns.before.push(await closedLoop(askBefore, { visitors, seconds }));
  }
  await second.child.stop();

  say("What runs by the clock, over the large one");
  return {
    size: { small: small.there, large: large.there, fillSeconds, links: large.links.length },
    how: { rounds, seconds, visitors },
    ...turns,
    ratio: {
      requestsPerSecond: ratio(turns.large, turns.small, "requestsPerSecond"),
      p50: ratio(turns.large, turns.small, "p50Ms"),
      p99: ratio(turns.large, turns.small, "p99Ms"),
      toBefore: ratio(turns.large, turns.before, "requestsPerSecond"),
    },
    clockwork: {
      small: clockwork({ ...stack.env, DATABASE_URL: smallUrl }),
      large: clockwork(stack.env),
    },
  };
}

/** Round by round, median: what else the machine does hits neighbours alike. */
export function ratio(ones: Turn[], others: Turn[], what: "requestsPerSecond" | "p50Ms" | "p99Ms"): number {
  return median(ones.map((one, at) => one[what] / (others[at]?.[what] ?? Number.NaN)));
}

async function filled(databaseUrl: string, size: { organisations: number; invoicesEach: number }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const there = await fillMirror(client, size);
  const links = await payLinks(client, LINKS);
  await client.end();
  return { there, links };
}

async function secondWeb(
  stack: Stack,
  databaseUrl: string,
  folder: string,
): Promise<{ url: string; child: Child }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = await startChild({
    name: "Web over the small mirror",
    args: ["--max-semi-space-size=8", "--max-old-space-size=256", ".next/standalone/server.js"],
    env: {
      ...stack.env,
      DATABASE_URL: databaseUrl,
      PUBLIC_ORIGIN: url,
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
    },
    logFile: path.join(folder, "logs/web-small.log"),
    isReady: () => answers(`${url}/api/health/ready`),
  });
  return { url, child };
}

async function mustShow(link: string): Promise<void> {
  const page = await (await fetch(link, { headers: VISITOR })).text();
  const { searchParams } = new URL(link);
  if (!page.includes(searchParams.get("invoice") ?? "?") || !page.includes("Pay"))
    throw new Error(`${link} does not show its invoice:\n${page.slice(0, 500)}`);
}

/** How long the queries take that go over all organisations: milliseconds, median and worst of 20. */
function clockwork(env: Record<string, string>): Record<string, { p50Ms: number; mostMs: number }> {
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, path.join(import.meta.dirname, "clockwork.child.ts")],
    {
      env: { ...process.env, ...env },
      encoding: "utf8",
    },
  );
  if (child.status !== 0) throw new Error(`${child.stdout}\n${child.stderr}`);
  const timesMs: Record<string, number[]> = JSON.parse(child.stdout);
  return Object.fromEntries(
    Object.entries(timesMs).map(([name, times]) => [
      name,
      { p50Ms: median(times), mostMs: quantile(times, 1) },
    ]),
  );
}
