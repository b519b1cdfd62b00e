/** npm run bench: what README.md of this folder says, in one run on one production build. Ctrl-C ends what it started. */
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild } from "../scripts/stack/child.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { captureTimes } from "./measure/capture.ts";
import { beforeAddress, inTurn, load, pinnedTo, VISITOR } from "./measure/load.ts";
import { median, quantile } from "./measure/numbers.ts";
import { residentMegabytes } from "./measure/process-facts.ts";
import { scriptSizes } from "./measure/scripts-size.ts";
import { print, type Result } from "./report.ts";
import { type Bench, PROJECT, runBench } from "./run.ts";
import type { Control } from "./simulator.ts";

const RESULT = path.join(PROJECT, "bench/result.json");

const FIRM = "/pay/quickfee/harbour";
const VISITORS = 8;
const [ROUNDS, ROUND_SECONDS, WARM_UP_SECONDS] = [5, 4, 3];
const VIEWS = 1_000;
const NO_RATE_LIMIT = { minute: 1_000_000, day: 10_000_000, appMinute: 1_000_000 };
const CAPTURES = { payments: 50, everyMs: 500 };

await runBench(async (bench) => {
  const result = await measure(bench);
  writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
  print(result);
});

async function measure(bench: Bench): Promise<Result> {
  const { stack, control, machine, say, seed, secondsSoFar } = bench;
  const { webUrl, web, worker, startWorker } = stack;
  seed();
  // Xero's own limits would be what is measured otherwise, of the page that asks each time most of all.
  await control.post("/xero/settings", { limits: { ...NO_RATE_LIMIT, concurrent: 1_000 } });
  const barePort = await freePort();
  const pay = `${FIRM}?amount=480.00&invoice=INV-3001`;
  const { pid: webPid } = web.process;
  const at = (path: string) => ({ url: `${webUrl}${path}`, pid: webPid });
  say("The mirror's first filling");
  await until(async () => (await textOf(`${webUrl}${pay}`)).includes("480.00"));
  const bare = await startBare(bench, barePort, `${webUrl}${pay}`);
  const pages = {
    pay: at(pay),
    before: at(beforeAddress(pay)),
    bare: { url: `http://localhost:${barePort}/`, pid: bare.pid },
    empty: at("/bench/empty"),
    fixed: at("/bench/fixed"),
    live: at("/bench/live?company=quickfee&firm=harbour&invoice=INV-3001"),
  };
  for (const [name, { url }] of Object.entries(pages)) {
    if (name !== "empty" && !(await textOf(url)).includes("480.00"))
      throw new Error(`The page "${name}" does not show the invoice`);
  }
  if (/<script[^>]*_next/.test(await textOf(pages.pay.url)))
    throw new Error("The pay page is drawn by Next: the log of the web process says why");

  // The worker reads changes each minute: stopped, so that every call counted below is a page's.
  await worker.stop();
  const options = { project: PROJECT, visitors: VISITORS };

  say("Warming up");
  for (const { url, pid } of Object.values(pages))
    await load(url, { ...options, webPid: pid, seconds: WARM_UP_SECONDS });
  const afterWarmUp = residentMegabytes(webPid);
  say(`The pages in turn, ${ROUNDS} rounds of ${ROUND_SECONDS} s`);
  const rounds = await inTurn(pages, { ...options, rounds: ROUNDS, seconds: ROUND_SECONDS });
  say(`${VIEWS} views, and the calls to Xero they cause`);
  const payCalls = await callsDuring(control, () =>
    load(pages.pay.url, { ...options, webPid, views: VIEWS }),
  );
  const liveCalls = await callsDuring(control, () =>
    load(pages.live.url, { ...options, webPid, views: VIEWS }),
  );
  const afterLoad = residentMegabytes(webPid);
  const scripts = { pay: await scriptSizes(pages.pay.url), empty: await scriptSizes(pages.empty.url) };

  say(`${CAPTURES.payments} payments, from the processor into Xero`);
  await control.post("/xero/settings", { limits: { ...NO_RATE_LIMIT, concurrent: 5 } });
  await startWorker();
  const { organisations } = await control.get<{ organisations: { tenantId: string; country: string }[] }>(
    "/xero/organisations",
  );
  const tenantId = organisations.find((one) => one.country === "GB")?.tenantId ?? "";
  const timesMs = await captureTimes(control, { webUrl, firmPath: FIRM, tenantId, ...CAPTURES });

  return {
    machine,
    how: {
      visitors: VISITORS,
      roundSeconds: ROUND_SECONDS,
      loadPinnedToCore: pinnedTo,
      requestHeaders: VISITOR,
      fsync: true,
    },
    pages: rounds,
    calls: { views: VIEWS, pay: payCalls, live: liveCalls },
    capture: { ...CAPTURES, p50Ms: median(timesMs), p99Ms: quantile(timesMs, 0.99), timesMs },
    scripts,
    webMemoryMb: { afterWarmUp, afterLoad },
    seconds: secondsSoFar(),
  };
}

/** Ends with the run. */
async function startBare(
  { stack, folder, owns }: Bench,
  port: number,
  payPage: string,
): Promise<ChildProcess> {
  const child = await startChild({
    name: "The bare page",
    args: [path.join(PROJECT, "bench/bare.child.ts"), String(port), payPage],
    env: stack.env,
    logFile: path.join(folder, "logs/bare.log"),
    isReady: (output) => output.includes("ready"),
  });
  owns(child.process);
  return child.process;
}

async function callsDuring(
  control: Control,
  work: () => Promise<{ answered: number; failed: number }>,
): Promise<number> {
  const before = await control.last("xero.call");
  const { answered, failed } = await work();
  if (answered < VIEWS || failed > 0)
    throw new Error(`${answered} of ${VIEWS} views were answered, ${failed} failed`);
  return (await control.journal("xero.call", before)).length;
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url, { headers: VISITOR })).text();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("Not within a minute");
    await sleep(250);
  }
}
