import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { differences } from "#lib/testing/truth/mirror-truth.ts";
import { DEMO_APP } from "#lib/testing/xero/at-xero.ts";
import { appOf, signed } from "#lib/testing/xero/ringing.ts";
import { MOVES, type Move, move } from "#lib/testing/xero/xero-person.ts";
import { connectionsDue } from "./due.ts";
import { catchUp } from "./sync/catch-up.ts";
import { readChanges } from "./sync/delta.ts";
import { processInbox } from "./webhooks/process-inbox.ts";
import { receiveWebhook } from "./webhooks/receive-webhook.ts";

/** Each run has an organisation of its own; together they stay small enough for every `npm test`. */
const RUNS = 4;
const INVOICES = 40;

const db = testDb();
const simulator = testSimulator();
let server: Server;
let tenants: string[];
/** What Xero sent and the network has not brought yet. */
let onTheWay: string[] = [];
/** Our web answers nobody. */
let isDown = false;

beforeAll(async () => {
  const size = { organisations: RUNS + 1, invoices: INVOICES };
  await simulator().control("POST", "/control/reset", { seed: "large", size });
  const { organisations } = await simulator().control<{ organisations: { tenantId: string }[] }>(
    "GET",
    "/control/xero/organisations",
  );
  tenants = organisations.map(({ tenantId }) => tenantId);
  server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const isXero = incoming.headers["x-xero-signature"] === signed(body);
    if (isDown) return answer.writeHead(503).end();
    if (isXero) onTheWay.push(body);
    answer.writeHead(isXero ? 200 : 401).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await simulator().control("PUT", `/control/apps/${DEMO_APP.clientId}`, {
    ...{ webhookUrl, webhookKey: DEMO_APP.webhookKey },
  });
  await simulator().control("POST", "/control/webhooks/intent", { clientId: DEMO_APP.clientId });
});
afterAll(() => server.close());

type Step =
  | ({ kind: "move" } & Move)
  | { kind: "clock"; seconds: number }
  /** The network brings what is on the way: of each delivery so many copies, in an order of its own. */
  | { kind: "ring"; copies: number[]; reverse: boolean }
  | { kind: "forge"; how: number }
  | { kind: "fault"; how: number }
  | { kind: "turn" };

const moves = fc.record({
  kind: fc.constant("move" as const),
  what: fc.constantFrom(...MOVES),
  which: fc.nat(1_000),
  how: fc.nat(10_000),
});
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: moves },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clock" as const), seconds: fc.nat(7_200) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("ring" as const),
      copies: fc.array(fc.constantFrom(1, 1, 1, 0, 2, 3), { minLength: 1, maxLength: 7 }),
      reverse: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("forge" as const), how: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fault" as const), how: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("turn" as const) }) },
);

async function take(desk: Desk, appId: string, step: Step): Promise<void> {
  const { tenantId } = desk;
  switch (step.kind) {
    case "move":
      return move(simulator(), tenantId, step);
    case "clock":
      return void (await simulator().control("POST", "/control/clock", { advanceSeconds: step.seconds }));
    case "ring": {
      await simulator().control("POST", "/control/webhooks/tick", {});
      const sent = onTheWay;
      onTheWay = [];
      const brought = sent.flatMap((body, at) =>
        Array.from({ length: step.copies[at % step.copies.length] ?? 1 }, () => body),
      );
      for (const body of step.reverse ? brought.reverse() : brought) await ring(appId, body);
      return processInbox(db(), appId);
    }
    case "forge":
      return forge(desk, appId, step.how);
    case "fault": {
      const effect = [
        { kind: "cut-before" },
        { kind: "cut-after" },
        { kind: "stale-read", seconds: 3_600 },
        { kind: "status", status: 503, body: "The Organisation is offline" },
      ][step.how];
      await simulator().control("POST", "/control/faults", {
        ...{ method: "GET", path: "/api.xro/2.0/*", times: 2, effect },
      });
      return;
    }
    case "turn":
      return turn(desk);
  }
}

const ring = (appId: string, body: string, signature = signed(body)) =>
  receiveWebhook(db(), { appId, body: Buffer.from(body), signature });

/** Somebody who has no key, and somebody who has it and lies. */
async function forge({ tenantId }: Desk, appId: string, how: number): Promise<void> {
  const { invoices } = await simulator().control<{ invoices: { id: string }[] }>(
    "GET",
    `/control/xero/invoices?tenantId=${tenantId}`,
  );
  const body = JSON.stringify({
    events: [
      {
        resourceId: invoices[how]?.id,
        ...{ tenantId, eventCategory: how === 2 ? "CREDITNOTE" : "INVOICE", eventType: "UPDATE" },
        data: { Status: "PAID", AmountDue: 0 },
      },
    ],
    ...{ firstEventSequence: 5_000 + how, lastEventSequence: 5_000 + how, entropy: "FORGED" },
  });
  if (how === 0) expect(await ring(appId, body, signed(body, "no-key"))).toBe(false);
  else expect(await ring(appId, how === 3 ? body.slice(0, -1) : body)).toBe(true);
}

/** What the schedule does each minute; a fault leaves it to the next. */
async function turn({ books }: Desk): Promise<void> {
  const due = await connectionsDue(db());
  if (due.some(({ connectionId, changes }) => connectionId === books.connectionId && changes))
    await readChanges(db(), books).catch(() => {});
}

let run = 0;

test("W3: after any mix of lost, doubled, reordered and forged webhooks, faults, and edits during the first reading, the mirror is what Xero says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moves, { minLength: 4, maxLength: 8 }),
      fc.array(steps, { minLength: 25, maxLength: 40 }),
      async (early, later) => {
        const tenantId = tenants[run++ % RUNS] ?? "";
        const desk = await openDesk(db(), simulator(), { tenantId, backfill: false });
        const appId = await appOf(db(), desk.books.connectionId);
        const reading = catchUp(db(), desk.books);
        for (const step of early) await move(simulator(), tenantId, step);
        await reading;

        for (const step of later) await take(desk, appId, step);

        await simulator().control("DELETE", "/control/faults");
        await processInbox(db(), appId);
        // A day goes by: each kind's turn has come once more.
        await db().execute(sql`update sync_cursors set due_at = now() - interval '1 second'`);
        await readChanges(db(), desk.books);
        const at = { connectionId: desk.books.connectionId, tenantId };
        expect(await differences(db(), simulator(), at)).toEqual([]);
      },
    ),
    { numRuns: RUNS, endOnFailure: true, ...(process.env.SEED && { seed: Number(process.env.SEED) }) },
  );
}, 120_000);

test("W8: a webhook that Xero switched off after a day of failures brings what it kept once it is on again", async () => {
  const tenantId = tenants[RUNS] ?? "";
  const desk = await openDesk(db(), simulator(), { tenantId });
  const at = { connectionId: desk.books.connectionId, tenantId };
  const appId = await appOf(db(), at.connectionId);
  const { clientId } = DEMO_APP;
  const edit = (how: number) => move(simulator(), tenantId, { what: "edit-invoice", which: how, how });
  const status = async () =>
    (
      await simulator().control<{ apps: { clientId: string; webhookStatus: string }[] }>(
        "GET",
        "/control/webhooks",
      )
    ).apps.find((app) => app.clientId === clientId)?.webhookStatus;

  isDown = true;
  await edit(1);
  await simulator().control("POST", "/control/webhooks/tick", {});
  await simulator().control("POST", "/control/clock", { advanceSeconds: 25 * 3_600 });
  expect(await status()).toBe("disabled");
  await edit(2);
  isDown = false;
  onTheWay = [];
  expect(await differences(db(), simulator(), at)).not.toEqual([]);

  await simulator().control("POST", "/control/webhooks/intent", { clientId });
  await simulator().control("POST", "/control/webhooks/tick", {});
  for (const body of onTheWay) await ring(appId, body);
  await processInbox(db(), appId);
  expect(await differences(db(), simulator(), at)).toEqual([]);
}, 60_000);
