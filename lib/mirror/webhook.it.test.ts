import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { and, eq, isNull, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { creditNotes, invoices, syncCursors, webhookInbox } from "#db/schema/mirror.ts";
import { connections } from "#db/schema/xero.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, invoicesInXero } from "#lib/testing/truth/truth.ts";
import { appOf, bell, counting, INTENT, signed } from "#lib/testing/xero/ringing.ts";
import { connectionsDue } from "./due.ts";
import { inbox as inboxJob } from "./jobs.ts";
import { RUNG } from "./kinds.ts";
import { readChanges } from "./sync/delta.ts";
import { processInbox } from "./webhooks/process-inbox.ts";
import { receiveWebhook } from "./webhooks/receive-webhook.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let appId: string;
let tenantId: string;
let door: ReturnType<typeof bell>;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  appId = await appOf(db(), desk.books.connectionId);
  tenantId = desk.tenantId;
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await db().execute(sql`delete from webhook_inbox`);
  await db().execute(sql`delete from webhook_sequences`);
  await readChanges(db(), desk.books, { force: true });
  door = bell(db(), appId);
});

const inbox = () => db().select().from(webhookInbox);
const waiting = async () => (await inbox()).filter((row) => row.processedAt === null).length;
const kept = async (id: string) => (await db().select().from(invoices).where(eq(invoices.invoiceId, id)))[0];
const edit = (invoice: string, total: string) =>
  simulator().control("POST", "/control/xero/invoice", { tenantId, invoice, total });
const fault = (more: object) =>
  simulator().control("POST", "/control/faults", {
    ...{ method: "GET", path: "/api.xro/2.0/Invoices", ...more },
  });

/** How often the inbox waits to be worked through. */
async function jobs(): Promise<number> {
  const waits = sql`select 1 from queue.job where name = ${inboxJob.name} and state = 'created'`;
  return (await db().execute(waits)).rows.length;
}

/** The kinds whose turn is now. */
async function owed(): Promise<string[]> {
  const rows = await db()
    .select({ kind: syncCursors.kind })
    .from(syncCursors)
    .where(and(eq(syncCursors.connectionId, desk.books.connectionId), sql`${syncCursors.dueAt} <= now()`));
  return rows.map(({ kind }) => kind).sort();
}

describe("Xero's webhook is a doorbell", () => {
  test("rung ten times at once with the same delivery: kept once, read once", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const body = door.body({ tenantId, resourceId: id });
    expect(await Promise.all(Array.from({ length: 10 }, () => door.ring(body)))).toEqual(
      Array(10).fill(true),
    );
    expect(await inbox()).toHaveLength(1);
    await processInbox(db(), appId);
    expect(await waiting()).toBe(0);
  });

  test("whoever rings is answered when the work on it waits in the queue, once for however many ring at once", async () => {
    await db().execute(sql`delete from queue.job`);
    for (let burst = 0; burst < 3; burst += 1) {
      const bodies = Array.from({ length: 20 }, () => door.body({ tenantId, resourceId: randomUUID() }));
      await Promise.all(
        bodies.map(async (body) => {
          await door.ring(body);
          expect(await jobs()).toBe(1);
        }),
      );
      // A worker takes it: the next burst asks for another one.
      await db().execute(sql`delete from queue.job`);
    }
    expect(await inbox()).toHaveLength(60);
  });

  test("the work on it was lost: Xero's next try asks for it", async () => {
    const body = door.body({ tenantId, resourceId: randomUUID() });
    await door.ring(body);
    await db().execute(sql`delete from queue.job`);
    await door.ring(body);
    expect(await inbox()).toHaveLength(1);
    expect(await jobs()).toBe(1);
  });

  test.each([
    ["signed with another key", (body: string) => signed(body, "another-key")],
    ["signed for another body", () => signed("{}")],
    ["without a signature", () => ""],
    ["with a cut signature", (body: string) => signed(body).slice(0, 20)],
  ])("%s: refused, and nothing is kept", async (_, signature) => {
    const body = door.body({ tenantId, resourceId: randomUUID() });
    expect(await door.ring(body, signature(body))).toBe(false);
    expect(await door.ring(body, null)).toBe(false);
    const stranger = { appId: randomUUID(), body: Buffer.from(body), signature: signed(body) };
    expect(await receiveWebhook(db(), stranger)).toBe(false);
    expect(await inbox()).toHaveLength(0);
  });

  test("out of order, named twice, of another organisation, of a thing that is gone: the mirror is what Xero says now", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const [first, second, gone, foreign] = [
      door.body({ tenantId, resourceId: id }),
      door.body({ tenantId, resourceId: id }),
      door.body({ tenantId, resourceId: randomUUID() }),
      door.body({ tenantId: randomUUID(), resourceId: id }),
    ];
    await edit(id, "777.00");
    for (const body of [second, gone, foreign, first]) expect(await door.ring(body)).toBe(true);
    await processInbox(db(), appId);
    expect((await kept(id))?.totalMinor).toBe(77_700n);
    expect(await waiting()).toBe(0);
    expect(await owed()).toEqual([]);
  });

  test("an event that lies about its invoice changes nothing but a reading", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const before = await kept(id);
    const lie = { tenantId, resourceId: id, AmountDue: 0, status: "PAID" };
    await door.ring(door.body(lie));
    await processInbox(db(), appId);
    expect(await kept(id)).toMatchObject({ dueMinor: before?.dueMinor, status: before?.status });
  });

  test("many deliveries are all worked through, and one question covers more invoices than fit by name", async () => {
    const all = (await invoicesInXero(simulator(), tenantId)).slice(0, 60);
    for (const { id } of all)
      for (let time = 0; time < 4; time += 1) await door.ring(door.body({ tenantId, resourceId: id }));
    const calls = await counting(simulator(), "/api.xro/2.0/Invoices");
    await processInbox(db(), appId);
    expect(await waiting()).toBe(0);
    expect(await calls()).toBeLessThanOrEqual(2);
  });

  test("a credit note's delivery is read", async () => {
    const { contactId } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const { id } = await simulator().control<{ id: string }>("POST", "/control/xero/credit", {
      ...{ tenantId, kind: "credit-note", contactId, total: 12 },
    });
    await door.ring(door.body({ tenantId, resourceId: id, eventCategory: "CREDITNOTE" }));
    await processInbox(db(), appId);
    expect(await db().select().from(creditNotes).where(eq(creditNotes.creditId, id))).toMatchObject([
      { totalMinor: 1_200n, remainingMinor: 1_200n, status: "AUTHORISED", contactId },
    ]);
  });

  test("Xero doesn't answer: the delivery is owed, and the next turn reads it", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    await edit(id, "888.00");
    await door.ring(door.body({ tenantId, resourceId: id }));
    await fault({ times: 1, effect: { kind: "cut-before" } });
    await processInbox(db(), appId);
    expect(await owed()).toEqual(["invoices"]);
    expect(await connectionsDue(db())).toMatchObject([{ changes: true, unread: false }]);
    await readChanges(db(), desk.books);
    expect((await kept(id))?.totalMinor).toBe(88_800n);
    expect(await owed()).toEqual([]);
  });

  test("an organisation that Xero has taken offline holds up no other in the same delivery", async () => {
    const other = await openDesk(db(), simulator(), { country: "uk" });
    const ours = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const theirs = await invoiceInXero(simulator(), other.tenantId, "INV-3001");
    await edit(ours.id, "999.00");
    const otherApp = await appOf(db(), other.books.connectionId);
    expect(otherApp).not.toBe(appId);
    // One app, two organisations: the second connection is put on the first one's grant.
    const mine = db()
      .select({ id: connections.grantId })
      .from(connections)
      .where(eq(connections.id, desk.books.connectionId));
    await db()
      .update(connections)
      .set({ grantId: sql`${mine}` })
      .where(eq(connections.id, other.books.connectionId));
    const offline = { tenantId: other.tenantId, state: "offline" };
    await simulator().control("POST", "/control/xero/organisation", offline);
    const mixed = JSON.parse(door.body({ tenantId: other.tenantId, resourceId: theirs.id }));
    mixed.events.push(...JSON.parse(door.body({ tenantId, resourceId: ours.id }, 1)).events);
    await door.ring(JSON.stringify(mixed));
    await processInbox(db(), appId);
    expect((await kept(ours.id))?.totalMinor).toBe(99_900n);
    expect(await waiting()).toBe(0);
    expect((await connectionsDue(db())).map(({ connectionId }) => connectionId)).toEqual([
      other.books.connectionId,
    ]);
    await db()
      .update(connections)
      .set({ endedAt: new Date() })
      .where(eq(connections.id, other.books.connectionId));
  });
});

const ZERO_NAMED = JSON.stringify({
  events: [{ tenantId: randomUUID(), resourceId: randomUUID(), eventCategory: "A\0", eventType: "UPDATE" }],
  ...{ firstEventSequence: 1, lastEventSequence: 1 },
});

describe("what never came is asked for", () => {
  const everythingRung = [...RUNG].sort();

  test("the intent to receive is answered, and leaves nothing", async () => {
    expect(await door.ring(INTENT)).toBe(true);
    expect(await door.ring(INTENT, signed(INTENT, "another-key"))).toBe(false);
    expect(await inbox()).toHaveLength(0);
    expect(await owed()).toEqual([]);
  });

  test("a webhook that was off for a while: the mirror catches up once it is asked again, once for each time", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    await door.ring(door.body({ tenantId, resourceId: id }, 7));
    await processInbox(db(), appId);
    await edit(id, "1234.00");
    for (let time = 0; time < 4; time += 1) await door.ring(INTENT);
    expect(await owed()).toEqual(everythingRung);
    await readChanges(db(), desk.books);
    expect((await kept(id))?.totalMinor).toBe(123_400n);
    await door.ring(INTENT);
    expect(await owed()).toEqual([]);
    // The numbers may begin anew, which is no loss.
    await door.ring(door.body({ tenantId, resourceId: id }, 1));
    await processInbox(db(), appId);
    expect(await owed()).toEqual([]);
  });

  test("a jump in Xero's numbers asks each of the app's organisations what changed", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    await door.ring(door.body({ tenantId, resourceId: id }, 10));
    await processInbox(db(), appId);
    expect(await owed()).toEqual([]);
    await door.ring(door.body({ tenantId, resourceId: id }, 12));
    await processInbox(db(), appId);
    expect(await owed()).toEqual(everythingRung);
    await readChanges(db(), desk.books);
    await door.ring(door.body({ tenantId, resourceId: id }, 11));
    await processInbox(db(), appId);
    expect(await owed()).toEqual([]);
  });

  test.each([
    ["no JSON", "not json"],
    ["another shape", '{"events":[{"tenantId":7}],"firstEventSequence":1,"lastEventSequence":1}'],
    ["a zero byte", "\0"],
    ["a zero byte in a name", ZERO_NAMED],
  ])("signed rightly, but %s: kept as it came, and everything is asked for", async (_, body) => {
    expect(await door.ring(body)).toBe(true);
    expect(await door.ring(body)).toBe(true);
    expect(await inbox()).toMatchObject([{ events: null, unreadable: body.replace("\0", "\uFFFD") }]);
    await processInbox(db(), appId);
    expect(await owed()).toEqual(everythingRung);
    expect(await waiting()).toBe(0);
  });

  test("W2: the same delivery replayed a thousand times is read once and changes nothing", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const body = door.body({ tenantId, resourceId: id });
    const before = await kept(id);
    const calls = await counting(simulator(), "/api.xro/2.0/*");
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => door.ring(body)));
      await processInbox(db(), appId);
    }
    expect(await calls()).toBe(1);
    expect({ ...(await kept(id)), seenAt: null }).toEqual({ ...before, seenAt: null });
  });

  test("W4: the address in a delivery is never called", async () => {
    let visits = 0;
    const trap = createServer((_, answer) => {
      visits += 1;
      answer.end();
    });
    await new Promise<void>((listening) => trap.listen(0, "127.0.0.1", listening));
    const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/latest/meta-data`;
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const lure = { tenantId, resourceId: id, resourceUrl: address };
    await edit(id, "321.00");
    await door.ring(door.body(lure));
    for (const resourceId of ["../../Organisation", `${id}/../../Users`, address])
      await door.ring(door.body({ ...lure, resourceId }));
    await processInbox(db(), appId);
    expect((await kept(id))?.totalMinor).toBe(32_100n);
    expect(visits).toBe(0);
    trap.close();
  });

  test("W8: with every webhook lost, the invoices' next turn shows what changed", async () => {
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    await edit(id, "456.00");
    expect(await connectionsDue(db())).toEqual([]);
    const [invoicesTurn] = await db()
      .select({ seconds: sql<number>`extract(epoch from ${syncCursors.dueAt} - now())::float` })
      .from(syncCursors)
      .where(
        and(
          eq(syncCursors.connectionId, desk.books.connectionId),
          eq(syncCursors.kind, "invoices"),
          isNull(syncCursors.page),
        ),
      );
    expect(invoicesTurn?.seconds).toBeLessThanOrEqual(300);
    await db().execute(
      sql`update sync_cursors set due_at = now() - interval '1 second' where kind = 'invoices'`,
    );
    expect(await connectionsDue(db())).toMatchObject([
      { connectionId: desk.books.connectionId, changes: true },
    ]);
    await readChanges(db(), desk.books);
    expect((await kept(id))?.totalMinor).toBe(45_600n);
  });
});
