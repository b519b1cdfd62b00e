/** Closed-loop load: so many visitors, each asking again as soon as the answer is there. */
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { processorMs } from "./process-facts.ts";

export type Round = {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  answered: number;
  failed: number;
  /** Processor time of the web process for one answer: what other work on the machine disturbs least. */
  webMsPerView: number | null;
};
/** Each at its address, with the process that serves it. */
export type Pages = Record<string, { url: string; pid: number | undefined }>;

/** As a browser behind the one proxy that a production web process stands behind. */
export const VISITOR = { "accept-encoding": "gzip, deflate, br", "x-forwarded-for": "203.0.113.7" };

/** The core that the load generator keeps to, so that it takes no turns on the others; null where that can't be asked for. */
export const pinnedTo: number | null = spawnSync("taskset", ["-c", "1", "true"]).status === 0 ? 1 : null;

/** The page of this pay link as it was: `pages/before.tsx`. */
export function beforeAddress(payLink: string): string {
  return payLink.replace(/^\/pay\/([^/]+)\/([^?]+)\?/, "/bench/before?company=$1&firm=$2&");
}

type Load = {
  project: string;
  visitors: number;
  webPid: number | undefined;
  /** Views a second that they come to all together; without it, as many as they are answered. */
  perSecond?: number;
} & ({ seconds: number } | { views: number });

/** One run of autocannon against one address. */
export async function load(
  url: string,
  { project, visitors, webPid, perSecond, ...until }: Load,
): Promise<Round> {
  const amount = "seconds" in until ? ["-d", String(until.seconds)] : ["-a", String(until.views)];
  const headers = Object.entries(VISITOR).flatMap(([name, value]) => ["-H", `${name}=${value}`]);
  const cannon = [
    path.join(project, "node_modules/autocannon/autocannon.js"),
    "-j",
    "-c",
    String(visitors),
    ...amount,
    ...(perSecond === undefined ? [] : ["-R", String(perSecond)]),
    ...headers,
    url,
  ];
  const command = [
    ...(pinnedTo === null ? [] : ["taskset", "-c", String(pinnedTo)]),
    process.execPath,
    ...cannon,
  ];
  const before = processorMs(webPid);
  const said = JSON.parse(await output(command));
  const after = processorMs(webPid);
  return {
    requestsPerSecond: said.requests.total / said.duration,
    p50Ms: said.latency.p50,
    p99Ms: said.latency.p99,
    answered: said["2xx"],
    failed: said.non2xx + said.errors + said.timeouts,
    webMsPerView: before === null || after === null ? null : (after - before) / said.requests.total,
  };
}

type TurnOptions = { project: string; visitors: number; seconds: number };

/** The pages in turn, again and again: what else the machine does in a minute hits them alike. */
export async function inTurn<P extends Pages>(
  pages: P,
  options: TurnOptions & { rounds: number },
): Promise<Record<keyof P, Round[]>> {
  const { rounds, ...one } = options;
  const names: (keyof P)[] = Object.keys(pages);
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<keyof P, Round[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { url = "", pid } = pages[name] ?? {};
      results[name].push(await load(url, { ...one, webPid: pid }));
    }
  }
  return results;
}

function output([command = "", ...args]: string[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk));
    child.once("error", failed);
    child.once("close", (code) =>
      code === 0 ? done(said) : failed(new Error(`autocannon ended with ${code}:\n${complaint}`)),
    );
  });
}
