/**
 * npm start: WEB_PROCESSES web processes on one port. One that is lost is replaced. SIGUSR2 replaces all, one after the
 * other: the new one serves before the old one is let go, and the old one ends what it has begun.
 */
import cluster, { type Worker } from "node:cluster";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { checkSettings } from "#lib/core/boot.ts";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";

/** Left alone, Node lets a process grow to half a gigabyte on a large machine. */
const MEMORY = ["--max-semi-space-size=8", "--max-old-space-size=256"];
/** After which an idle connection is closed: Node's keepAliveTimeout and the second that Node adds to it, and some. */
const IDLE_MS = 7_000;
/** A replaced process gets as long for what it has begun; on the way out all have STOPPING_MS. */
const LEAVING_MS = 40_000;
const STOPPING_MS = 25_000;
const AFTER_LOSS_MS = 1_000;

checkSettings();
const leaveQuietly = pathToFileURL(path.join(import.meta.dirname, "lib/core/leave-quietly.ts")).href;
cluster.setupPrimary({
  exec: path.join(import.meta.dirname, ".next/standalone/server.js"),
  args: [],
  execArgv: [...MEMORY, "--import", leaveQuietly],
});

/** All that are alive, and of them those that serve. */
const alive = new Set<Worker>();
const serving = new Set<Worker>();
let isStopping = false;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop(0));
let replacing = Promise.all(Array.from({ length: env().WEB_PROCESSES }, serveOne)).then(
  () => {},
  (error: Error) => {
    if (isStopping) return;
    process.stderr.write(`${error.message}\n`);
    stop(1);
  },
);
process.on("SIGUSR2", () => {
  replacing = replacing.then(replaceAll);
});

/** Starts one and resolves once it serves. Throws when it ends before; one that is lost later is replaced. */
function serveOne(): Promise<void> {
  const one = cluster.fork();
  alive.add(one);
  return new Promise((ready, failed) => {
    // Said by instrumentation.ts, once the settings are good and the pages are there.
    one.on("message", (said) => {
      if (said !== "ready") return;
      serving.add(one);
      ready();
    });
    one.once("exit", (code, signal) => {
      alive.delete(one);
      const wasServing = serving.delete(one);
      failed(new Error(`A web process ended before it was ready (${signal ?? code}).`));
      if (isStopping || !wasServing) return;
      log.error({ pid: one.process.pid, code, signal }, "web.process-lost");
      setTimeout(serveAgain, AFTER_LOSS_MS);
    });
  });
}

async function serveAgain(): Promise<void> {
  while (!isStopping) {
    try {
      return await serveOne();
    } catch (error) {
      log.error({ err: error }, "web.process-not-started");
      await new Promise((again) => setTimeout(again, AFTER_LOSS_MS));
    }
  }
}

async function replaceAll(): Promise<void> {
  try {
    for (const old of [...serving]) {
      if (isStopping) return;
      await serveOne();
      await letGo(old);
    }
    log.info("web.processes-replaced");
  } catch (error) {
    log.error({ err: error }, "web.processes-not-replaced");
  }
}

/** Resolves once it has ended what it had begun. To close an idle connection is to drop what is on its way on it, so first they run out. */
async function letGo(old: Worker): Promise<void> {
  if (!serving.delete(old)) return;
  const gone = new Promise((ended) => old.once("exit", ended));
  old.send("leave");
  await Promise.race([gone, new Promise((over) => setTimeout(over, IDLE_MS))]);
  if (!alive.has(old)) return;
  const tooLong = setTimeout(() => old.process.kill("SIGKILL"), LEAVING_MS);
  old.disconnect();
  await gone;
  clearTimeout(tooLong);
}

/** Each ends what it has begun; who takes longer than STOPPING_MS is ended at once. */
function stop(code: number): void {
  isStopping = true;
  setTimeout(() => end("SIGKILL"), STOPPING_MS).unref();
  // Else a client that goes on asking on a connection of its own keeps Next from ending.
  for (const one of alive) if (one.isConnected()) one.send("leave");
  end("SIGTERM");
  const ended = setInterval(() => {
    if (alive.size > 0) return;
    clearInterval(ended);
    process.exit(code);
  }, 50);
}

function end(signal: NodeJS.Signals): void {
  for (const one of alive) one.process.kill(signal);
}
