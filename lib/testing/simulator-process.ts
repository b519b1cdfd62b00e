/** Test only: the simulator as its own process, reached over HTTP like the real Xero and Stripe. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../scripts/stack/ports.ts";

export type Simulator = {
  url: string;
  smtpPort: number;
  /** Stops it, hands over its database file for what no lever can do, and starts it again where it was. */
  whileStopped(work: (file: string) => void): Promise<void>;
  /** One call of its control API; throws when it answers with an error. */
  control<T = unknown>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T>;
};

export async function startSimulator(
  file = "simulator/main.ts",
): Promise<{ simulator: Simulator; stop: () => Promise<void> }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(path.join(tmpdir(), "counterfoil-sim-"));
  const run = async () => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file], {
      env: { ...process.env, PORT: String(port), SMTP_PORT: String(smtpPort), DATA_DIR: dataDir },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((ready, failed) => {
      child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes('"ready"') && ready());
      child.once("exit", (code) => failed(new Error(`The simulator ended with ${code}`)));
    });
    return child;
  };
  const end = async (child: ChildProcess) => {
    child.removeAllListeners("exit");
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  let child = await run();
  const url = `http://127.0.0.1:${port}`;
  return {
    simulator: {
      url,
      smtpPort,
      control: controlAt(url),
      whileStopped: async (work) => {
        await end(child);
        work(path.join(dataDir, "simulator.sqlite"));
        child = await run();
      },
    },
    stop: async () => {
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The control API of a simulator that runs already. */
export function controlAt(url: string): Simulator["control"] {
  return (method, at, body) => call(method, url + at, body);
}

async function call<T>(method: string, url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}
