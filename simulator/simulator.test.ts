/** The program as it runs in the demo: its own process, killed and restarted. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

async function run(dataDir: string) {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: "0", SMTP_PORT: "0", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), died(child)]);
  const { ready, url } = JSON.parse(String(line));
  expect(ready).toBe(true);
  return {
    url: String(url),
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      const [code] = await once(child, "exit");
      return code;
    },
  };
}

async function died(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`The simulator ended with ${code} before it was ready`);
}

const post = (url: string, body: unknown) => fetch(url, { method: "POST", body: JSON.stringify(body) });
const get = async (url: string) => (await fetch(url)).json();

test("state, clock and faults survive kill -9, and a reset puts all back", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-"));
  const first = await run(dataDir);
  const { organisations } = await get(`${first.url}/control/xero/organisations`);
  expect(organisations.map(({ name }: { name: string }) => name)).toEqual([
    "Demo Accountants Pty Ltd",
    "Harbour Books Ltd",
    "Lakeview Tax LLC",
  ]);
  const { tenantId } = organisations[0];
  await post(`${first.url}/control/xero/pay`, {
    tenantId,
    invoice: "INV-2009",
    amount: 2200,
    account: "612",
  });
  await post(`${first.url}/control/clock`, { advanceSeconds: 3600 });
  await post(`${first.url}/control/faults`, { path: "/v1/*", effect: { kind: "cut-before" } });
  await first.end("SIGKILL");

  const second = await run(dataDir);
  const paid = `/control/xero/invoices?tenantId=${tenantId}&number=INV-2009&status=PAID`;
  expect((await get(`${second.url}${paid}`)).invoices).toHaveLength(1);
  expect((await get(`${second.url}/control/clock`)).offsetSeconds).toBe(3600);
  expect((await get(`${second.url}/control/faults`)).faults).toHaveLength(1);
  expect(await fetch(`${second.url}/control`).then((page) => page.status)).toBe(200);

  await post(`${second.url}/control/reset`, { seed: "demo" });
  expect((await get(`${second.url}${paid}`)).invoices).toHaveLength(0);
  expect((await get(`${second.url}/control/clock`)).offsetSeconds).toBe(0);
  expect((await get(`${second.url}/control/faults`)).faults).toEqual([]);
  expect(await second.end("SIGTERM")).toBe(0);
  rmSync(dataDir, { recursive: true });
});
