/** Test only: the simulator as its own process, reached over HTTP like the real Xero and Stripe. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { freePort } from "../../scripts/ports.ts";

export type Simulator = {
  url: string;
  smtpPort: number;
  /** One call of its control API; throws when it answers with an error. */
  control<T = unknown>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T>;
};

/** Call at the top of a test file: started before its tests with the demo seed, stopped after. Sets SIMULATOR_URL and SMTP_URL. */
export function testSimulator(): () => Simulator {
  let simulator: Simulator | undefined;
  let stop = async () => {};
  beforeAll(async () => {
    ({ simulator, stop } = await startSimulator());
    process.env.SIMULATOR_URL = simulator.url;
    process.env.SMTP_URL = `smtp://127.0.0.1:${simulator.smtpPort}`;
  });
  afterAll(() => stop());
  return () => {
    if (!simulator) throw new Error("The simulator starts before the first test");
    return simulator;
  };
}

export async function startSimulator(): Promise<{ simulator: Simulator; stop: () => Promise<void> }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(path.join(tmpdir(), "counterfoil-sim-"));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "simulator/main.ts"], {
    env: { ...process.env, PORT: String(port), SMTP_PORT: String(smtpPort), DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((ready, failed) => {
    child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes('"ready"') && ready());
    child.once("exit", (code) => failed(new Error(`The simulator ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    simulator: { url, smtpPort, control: (method, at, body) => call(method, url + at, body) },
    stop: async () => {
      child.removeAllListeners("exit");
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function call<T>(method: string, url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}
