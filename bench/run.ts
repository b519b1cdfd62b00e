/** What each bench stands on: one production build with the pages to compare with, and the stack that serves it. */
import { type ChildProcess, spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { throwAway } from "../scripts/stack/leftovers.ts";
import { type Stack, startStack } from "../scripts/stack/stack.ts";
import { type Control, controlOf } from "./simulator.ts";
import { buildTree } from "./tree.ts";

export const PROJECT = process.cwd();
const TREE = path.join(PROJECT, ".data/bench/tree");
const RUN = path.join(PROJECT, ".data/bench/run");

export type Bench = {
  stack: Stack;
  control: Control;
  /** The run's own files; gone after a run that went well. */
  folder: string;
  machine: {
    date: string;
    cores: number;
    cpu: string;
    node: string;
    /** The load of the last minute before the run began. */
    loadBefore: number;
    system: string;
  };
  say(step: string): void;
  secondsSoFar(): number;
  /** Fills in people, firms and settings of the demonstration. */
  seed(): void;
  /** A process that ends with the run. */
  owns(child: ChildProcess): void;
};

/** Builds, starts, measures and ends all that it started, also at Ctrl-C. Ends the process: 1 when something threw. */
export async function runBench(measure: (bench: Bench) => Promise<void>): Promise<never> {
  const children: ChildProcess[] = [];
  let stack: Stack | undefined;
  let ending = false;
  const end = async (code: number): Promise<never> => {
    if (ending) return new Promise(() => {});
    ending = true;
    for (const child of children) child.kill("SIGKILL");
    await stack?.stop();
    if (code === 0) await throwAway(RUN);
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(1));

  const began = Date.now();
  const loadBefore = loadavg()[0] ?? 0;
  const secondsSoFar = () => Math.round((Date.now() - began) / 1_000);
  const say = (step: string) => console.log(`  ${String(secondsSoFar()).padStart(3)} s  ${step}…`);
  try {
    say("Building the product with the pages to compare with");
    buildTree(PROJECT, TREE);
    await throwAway(RUN);
    process.chdir(TREE);
    const started = await startStack({ folder: RUN, onStep: say, env: { TRUSTED_PROXY_HOPS: "1" } });
    stack = started;
    await measure({
      stack: started,
      control: controlOf(started.simulatorUrl),
      folder: RUN,
      machine: {
        date: new Date().toISOString(),
        cores: cpus().length,
        cpu: cpus()[0]?.model ?? "unknown",
        node: process.version,
        loadBefore,
        system: `${process.platform} ${process.arch}`,
      },
      say,
      secondsSoFar,
      seed: () => {
        say("People, firms and settings");
        seedDemo(started);
      },
      owns: (child) => void children.push(child),
    });
    return await end(0);
  } catch (error) {
    if (!ending) console.error(error, `\nThe logs are in ${path.join(RUN, "logs")}`);
    return end(1);
  }
}

function seedDemo({ env }: Stack): void {
  const seeded = spawnSync(process.execPath, [...process.execArgv, "scripts/demo-data/seed-demo.ts"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (seeded.status !== 0) throw new Error(`${seeded.stdout}\n${seeded.stderr}`);
}
