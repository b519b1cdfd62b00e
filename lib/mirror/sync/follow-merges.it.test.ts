import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { differences } from "#lib/testing/truth/mirror-truth.ts";
import { appOf, bell } from "#lib/testing/xero/ringing.ts";
import { processInbox } from "../webhooks/process-inbox.ts";
import { readChanges } from "./delta.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let appId: string;
let door: ReturnType<typeof bell>;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  appId = await appOf(db(), desk.books.connectionId);
  door = bell(db(), appId);
});

type Contact = { id: string; status: string };
type Document = { contactId: string };

/** Three contacts without credits, of whom the first is given one. */
async function three(): Promise<[string, string, string]> {
  const list = async <T>(path: string, name: string) =>
    (
      await simulator().control<Record<string, T[]>>("GET", `/control/xero/${path}?tenantId=${desk.tenantId}`)
    )[name] ?? [];
  const credited = new Set(
    (await list<Document>("credit-notes", "creditNotes")).map(({ contactId }) => contactId),
  );
  const [a, b, c] = (await list<Contact>("contacts", "contacts")).filter(
    ({ id, status }) => status === "ACTIVE" && !credited.has(id),
  );
  if (!a || !b || !c) throw new Error("The seed has too few contacts");
  await lever("credit", { kind: "credit-note", contactId: a.id, total: 20 });
  return [a.id, b.id, c.id];
}

const lever = (name: string, body: object) =>
  simulator().control("POST", `/control/xero/${name}`, { tenantId: desk.tenantId, ...body });

/** Xero rings about these contacts, and all that has come is worked through. */
async function ring(...contactIds: string[]): Promise<void> {
  for (const resourceId of contactIds)
    await door.ring(door.body({ tenantId: desk.tenantId, eventCategory: "CONTACT", resourceId }));
  await processInbox(db(), appId);
}

test.each([
  { told: "of each at its time", between: [0], after: [1] },
  { told: "of both at once", between: [], after: [0, 1] },
  { told: "of the later one first", between: [], after: [1, 0] },
  { told: "of the later one, and of the earlier one much later", between: [], after: [1], late: [0] },
])(
  "the documents of a contact merged into one that was merged in turn go where Xero has them, told $told",
  async ({ between, after, late = [] }) => {
    const ids = await three();
    const [a, b, c] = ids;
    const of = (which: number[]) => which.map((at) => ids[at] ?? "");
    await readChanges(db(), desk.books, { kinds: ["credit_notes"], force: true });
    await lever("merge-contacts", { from: a, into: b });
    if (between.length > 0) await ring(...of(between));
    await lever("merge-contacts", { from: b, into: c });
    await ring(...of(after), c);
    if (late.length > 0) await ring(...of(late));
    expect(await differences(db(), simulator(), { ...desk.books, tenantId: desk.tenantId })).toEqual([]);
  },
);
