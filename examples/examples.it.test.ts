import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as postBatch } from "#app/api/v1/orders/batch/route.ts";
import { GET as getOrders, POST as postOrder } from "#app/api/v1/orders/route.ts";
import { tenders } from "#db/schema/mapping.ts";
import { postings } from "#db/schema/posting.ts";
import { reviewUpload } from "#lib/orders/upload/review-upload.ts";
import { sendUpload } from "#lib/orders/upload/send-upload.ts";
import { keepUpload } from "#lib/orders/upload/uploads.ts";
import { testDb } from "#lib/testing/database.ts";
import { type OrderDesk, openOrderDesk } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";

const db = testDb();
const simulator = testSimulator();
const HANDLERS: Record<string, typeof postOrder> = {
  "GET /api/v1/orders": getOrders,
  "POST /api/v1/orders": postOrder,
  "POST /api/v1/orders/batch": postBatch,
};
let desk: OrderDesk;
let server: Server;
let url = "";

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
  server = createServer(async (asked, answer) => {
    const { method = "", headers } = asked;
    const address = new URL(asked.url ?? "", "http://localhost");
    const sent = method === "POST" ? { body: await text(asked) } : {};
    const handler = HANDLERS[`${method} ${address.pathname}`] ?? getOrders;
    const said = await handler(
      new Request(address, { method, headers: headers as Record<string, string>, ...sent }),
      { params: Promise.resolve({}) },
    );
    answer.writeHead(said.status, Object.fromEntries(said.headers)).end(await said.text());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(() => void server.close());

type Ran = { code: number; said: string };

/** Runs an example as a person would, with the desk's address and a key of the firm's; postings are written meanwhile. */
async function run(file: string, args: string[], key = desk.key): Promise<Ran> {
  const env = { ...process.env, COUNTERFOIL_URL: url, COUNTERFOIL_KEY: key };
  return new Promise((ended) => {
    execFile(file, args, { env, cwd: import.meta.dirname }, (error, out, err) => {
      ended({ code: error ? Number(error.code) : 0, said: out + err });
    });
  });
}

async function whileWorking(ran: Promise<Ran>): Promise<Ran> {
  const due = () => db().select().from(postings).where(eq(postings.state, "ready"));
  await expect.poll(async () => (await due()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await runToIdle(db());
  return ran;
}

test("with curl: a dry run, an order that is waited for, what became of it, and a batch", async () => {
  const { code, said } = await whileWorking(run("sh", ["curl.sh", "W-1"]));
  const answers = said
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  expect(code, said).toBe(0);
  expect(answers).toMatchObject([
    { dryRun: true, documents: [{ total: "132.00" }] },
    { outcome: "new", state: "written", total: "132.00" },
    { orders: [{ number: "W-1", state: "written" }], next: null },
    {
      results: [
        { status: 200, order: { outcome: "same" } },
        { status: 202, order: { number: "W-1-2" } },
      ],
    },
  ]);
  await runToIdle(db());
});

test("with curl: a refusal is shown, and ends it", async () => {
  const { code, said } = await run("sh", ["curl.sh", "W-2"], "cfk_none");
  expect(code).not.toBe(0);
  expect(said).toContain('"code":"key-unknown"');
});

const SEND = path.join("typescript", "send-order.ts");

test("with TypeScript: an order is sent and waited for", async () => {
  const { code, said } = await whileWorking(run(process.execPath, [SEND, "W-3"]));
  expect([code, said]).toEqual([0, "W-3: written\n  invoice W-3, 132.00\n"]);
});

test("with TypeScript: what staff have to mend is told, and what its sender has to", async () => {
  const held = await run(process.execPath, [SEND, "W-4", "EUR"]);
  expect(held.said).toMatch(/^W-4: held\n {2}#\/currency: EUR is not among/);
  const refused = await run(process.execPath, [SEND, "Nº 5"]);
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(/^Nº 5: The order can't be taken as it is\n {2}#\/number: /);
});

test("with a file: staff upload it, look it over, and it is in Xero", async () => {
  const { books, caller } = desk;
  await db()
    .insert(tenders)
    .values({ ...books, name: "EFTPOS", accountId: desk.clearingAccountId, mappedAt: new Date() });
  const content = await readFile(path.join(import.meta.dirname, "orders.csv"), "utf8");
  const upload = { connectionId: books.connectionId, source: "upload", content };
  const uploadId = await keepUpload(db(), caller, upload);
  const { orders, seen } = await reviewUpload(db(), caller.firm, { uploadId, ...upload });
  expect(orders).toMatchObject([
    { number: "S-1001", verdict: "new", total: { minor: 16_500n }, faults: [], adjustments: [] },
    { number: "S-1002", verdict: "new", total: { minor: 3_960n }, faults: [], adjustments: [] },
  ]);
  expect(await sendUpload(db(), caller, { uploadId, seen })).toEqual({ sent: 2, left: [] });
  await runToIdle(db());
  const invoices = await invoicesInXero(simulator(), desk.tenantId);
  expect(invoices.filter(({ number }) => number.startsWith("S-100"))).toMatchObject([
    { number: "S-1001", status: "AUTHORISED", total: 16_500 },
    { number: "S-1002", status: "PAID", total: 3_960 },
  ]);
});
