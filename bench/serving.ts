/**
 * npm run bench -- serving: the pay page by "npm start" with one web process and with two, and by a build that leaves
 * compression to the proxy. Ctrl-C ends what it started.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { answers, startChild } from "../scripts/stack/child.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { closedLoop, type Turn } from "./measure/closed-loop.ts";
import { VISITOR } from "./measure/load.ts";
import { type Bench, PROJECT, runBench } from "./run.ts";
import { ratio } from "./scale/scale-page.ts";
import { speed } from "./scale/scale-report.ts";
import { buildTree } from "./tree.ts";

const RESULT = path.join(PROJECT, "bench/result-serving.json");
const WITHOUT_COMPRESSION = path.join(PROJECT, ".data/bench/tree-plain");
const LINK = "/pay/quickfee/harbour?amount=480.00&invoice=INV-3001";
const [ROUNDS, WARM_UP_SECONDS] = [5, 5];
const LOAD = { seconds: 4, visitors: 8 };
const FLAGS = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];

await runBench(measure);

async function measure(bench: Bench): Promise<void> {
  const { stack, machine, say, seed } = bench;
  seed();
  const tree = process.cwd();
  say("Building it once more, without compression");
  process.env.COMPRESS = "off";
  buildTree(PROJECT, WITHOUT_COMPRESSION);
  delete process.env.COMPRESS;
  const urls = {
    one: await served(bench, { name: "one", tree, processes: 1 }),
    two: await served(bench, { name: "two", tree, processes: 2 }),
    plain: await served(bench, { name: "plain", tree: WITHOUT_COMPRESSION, processes: 1 }),
  };
  say("The mirror's first filling");
  for (const url of Object.values(urls)) await shows(url);
  // Nothing may happen but what is measured.
  await stack.worker.stop();
  await stack.web.stop();

  const ask = (url: string) => () => ({ url: `${url}${LINK}`, headers: VISITOR });
  say("Warming up");
  for (const url of Object.values(urls)) await closedLoop(ask(url), { ...LOAD, seconds: WARM_UP_SECONDS });
  say(`In turn, ${ROUNDS} rounds of ${LOAD.seconds} s`);
  const turns: Record<keyof typeof urls, Turn[]> = { one: [], two: [], plain: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ["one", "two", "plain"] as const)
      turns[name].push(await closedLoop(ask(urls[name]), LOAD));
  }
  const faster = (name: keyof typeof urls) => ratio(turns[name], turns.one, "requestsPerSecond").toFixed(2);
  writeFileSync(
    RESULT,
    `${JSON.stringify({ machine, how: { ...LOAD, rounds: ROUNDS }, ...turns }, null, 2)}\n`,
  );
  console.log(
    [
      "",
      `One web process            ${speed(turns.one)}`,
      `Two                        ${speed(turns.two)}; ${faster("two")} of one's requests/s`,
      `One, COMPRESS=off          ${speed(turns.plain)}; ${faster("plain")}`,
      "",
      "Raw figures: bench/result-serving.json",
    ].join("\n"),
  );
}

type Variant = { name: string; tree: string; processes: number };

/** Started as "npm start" does, at a port of its own over the same database; its address. */
async function served({ stack, folder, owns }: Bench, { name, tree, processes }: Variant): Promise<string> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = await startChild({
    name: `npm start, ${name}`,
    cwd: tree,
    args: [...FLAGS, "web.ts"],
    env: {
      ...stack.env,
      ...{ PUBLIC_ORIGIN: url, PORT: String(port), HOSTNAME: "127.0.0.1" },
      WEB_PROCESSES: String(processes),
    },
    logFile: path.join(folder, `logs/web-${name}.log`),
    isReady: () => answers(`${url}/api/health/ready`),
  });
  owns(child.process);
  return url;
}

async function shows(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await (await fetch(`${url}${LINK}`, { headers: VISITOR })).text()).includes("480.00")) {
    if (Date.now() > deadline) throw new Error(`${url}${LINK} does not show its invoice`);
    await new Promise((again) => setTimeout(again, 200));
  }
}
