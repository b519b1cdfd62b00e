import { and, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { itemKinds, orderSettings, tenders } from "#db/schema/mapping.ts";
import { contacts, accounts as mirroredAccounts } from "#db/schema/mirror.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { type BooksChart, readBooksChart } from "#lib/mirror/chart.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { newFirm } from "#lib/testing/xero/at-xero.ts";
import { mappingChanged } from "./jobs.ts";
import { readMapping } from "./mapping.ts";
import { noteSeen } from "./note-seen.ts";
import { proposedSettings } from "./proposal-rules.ts";
import { type KindInput, saveKind } from "./save-kind.ts";
import { type SettingsInput, saveOrderSettings } from "./save-settings.ts";
import { saveTender } from "./save-tender.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let caller: FirmCaller;
let connectionId: string;
let chart: BooksChart;
let proposed: SettingsInput;
let contact: { contactId: string; name: string };

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  caller = desk.caller;
  connectionId = desk.books.connectionId;
  chart = await readBooksChart(db(), connectionId);
  const { cashContactId: _, supplierContactId: __, salesAccountCode, ...rest } = proposedSettings(chart);
  proposed = {
    ...{ ...rest, connectionId, salesAccountCode: salesAccountCode ?? "" },
    ...{ cashContact: null, supplierContact: null },
  };
  const [row] = await db().select().from(contacts).where(eq(contacts.status, "ACTIVE")).limit(1);
  if (!row) throw new Error("The books have no contact");
  contact = row;
});
beforeEach(async () => {
  for (const table of [itemKinds, tenders, orderSettings]) await db().delete(table);
  await db().execute(sql`delete from queue.job where name = ${mappingChanged.name}`);
});

const mapping = () => readMapping(db(), connectionId);
const accountId = (name: string) => chart.accounts.find((one) => one.name === name)?.accountId ?? "";
const PLAIN = {
  ...{ accountCode: null, taxType: null, costAccountCode: null, itemCode: null },
  ...{ firstTracking: null, secondTracking: null },
};
const kind = (more: Partial<KindInput> & Pick<KindInput, "which">): KindInput => ({
  connectionId,
  ...PLAIN,
  ...more,
});

async function jobs(): Promise<unknown[]> {
  const { rows } = await db().execute<{ data: unknown }>(
    sql`select data from queue.job where name = ${mappingChanged.name}`,
  );
  return rows.map(({ data }) => data);
}

async function told(action: string) {
  const rows = await db()
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.action, action), eq(auditEvents.firmId, caller.firm.firmId)))
    .orderBy(auditEvents.seq);
  return rows.at(-1);
}

async function asStaff(): Promise<FirmCaller> {
  const { firmId } = caller.firm;
  const actor = await makeActor(db(), `Sam ${crypto.randomUUID()}`, [{ firmId, role: "staff" }]);
  return { ...caller, actor, firm: await requireFirm(db(), actor, firmId, "see") };
}

test("the proposal of the books is saved as it is; the timeline tells it, and orders that were held are taken up", async () => {
  await saveOrderSettings(db(), caller, { ...proposed, cashContact: contact.name.toUpperCase() });
  expect((await mapping()).settings).toMatchObject({
    salesAccountCode: "200",
    costAccountCode: "310",
    roundingAccountCode: "860",
    cashContactId: contact.contactId,
    supplierContactId: null,
  });
  expect(await told("orders.settings-saved")).toMatchObject({
    actor: `user:${caller.actor.userId}`,
    subject: `connection:${connectionId}`,
    detail: { salesAccountCode: "200", dueDays: 14, cashContact: contact.name.toUpperCase() },
  });
  expect(await jobs()).toEqual([{ connectionId }]);
  await saveOrderSettings(db(), caller, { ...proposed, dueDays: 30 });
  expect((await mapping()).settings).toMatchObject({ dueDays: 30, cashContactId: null });
});

test("all that the chart and the contacts have against settings is told at once, each at its field, and nothing is saved", async () => {
  const refused = saveOrderSettings(db(), caller, {
    ...proposed,
    salesAccountCode: "210",
    costAccountCode: "090",
    roundingAccountCode: "999",
    cashContact: contact.name.slice(0, -1),
    supplierContact: "Nobody At All",
  });
  await expect(refused).rejects.toMatchObject({
    code: "invalid",
    fields: {
      salesAccountCode: ["Account 210 Old Sales Account is archived in Xero."],
      costAccountCode: [expect.stringContaining("takes no lines of invoices")],
      roundingAccountCode: ["There is no account 999 in Xero."],
      cashContact: [expect.stringContaining(`“${contact.name}”`)],
      supplierContact: ["Xero has no active contact named “Nobody At All”."],
    },
  });
  await expect(saveOrderSettings(db(), caller, { ...proposed, salesTaxType: "INPUT" })).rejects.toMatchObject(
    { fields: { salesTaxType: [expect.stringContaining("does not take")] } },
  );
  expect((await mapping()).settings).toBeNull();
  expect(await jobs()).toEqual([]);
});

test("of two contacts with one name none is guessed, and an archived one is none", async () => {
  const twin = { ...desk.books, name: contact.name, status: "ACTIVE", updatedAt: new Date() };
  await db()
    .insert(contacts)
    .values({ ...twin, contactId: "twin" });
  await expect(
    saveOrderSettings(db(), caller, { ...proposed, cashContact: contact.name }),
  ).rejects.toMatchObject({ fields: { cashContact: [expect.stringContaining("2 contacts")] } });
  await db().update(contacts).set({ status: "ARCHIVED" }).where(eq(contacts.contactId, "twin"));
  await saveOrderSettings(db(), caller, { ...proposed, cashContact: contact.name });
  expect((await mapping()).settings?.cashContactId).toBe(contact.contactId);
});

test("a kind that an order has named is mapped, and is no longer new", async () => {
  await saveOrderSettings(db(), caller, proposed);
  await noteSeen(db(), desk.books, { kinds: ["Coffee"], tenders: [] });
  const seen = (await mapping()).kinds.get("Coffee");
  expect(seen?.mappedAt).toBeNull();
  await db().execute(sql`delete from queue.job where name = ${mappingChanged.name}`);
  const which = { kindId: seen?.id ?? "" };
  expect(await saveKind(db(), caller, kind({ which, accountCode: "260" }))).toBe("Coffee");
  expect((await mapping()).kinds.get("Coffee")).toMatchObject({
    accountCode: "260",
    taxType: null,
    mappedAt: expect.any(Date),
  });
  expect(await told("mapping.kind-saved")).toMatchObject({
    subject: `item-kind:${which.kindId}`,
    detail: { name: "Coffee", accountCode: "260" },
  });
  expect(await jobs()).toEqual([{ connectionId }]);
});

test("all that the chart has against a kind is told at once, each at its field", async () => {
  await saveOrderSettings(db(), caller, proposed);
  const option = { categoryId: "gone", optionId: "first" };
  await expect(
    saveKind(
      db(),
      caller,
      kind({
        which: { name: "Coffee" },
        accountCode: "210",
        costAccountCode: "999",
        itemCode: "NO-SUCH-ITEM",
        firstTracking: option,
        secondTracking: { ...option, optionId: "second", categoryId: "gone too" },
      }),
    ),
  ).rejects.toMatchObject({
    fields: {
      accountCode: ["Account 210 Old Sales Account is archived in Xero."],
      costAccountCode: ["There is no account 999 in Xero."],
      itemCode: ["There is no item NO-SUCH-ITEM in Xero."],
      firstTracking: [expect.stringContaining("no longer active")],
      secondTracking: [expect.stringContaining("no longer active")],
    },
  });
  await expect(
    saveKind(db(), caller, kind({ which: { name: "Coffee" }, taxType: "INPUT" })),
  ).rejects.toMatchObject({ fields: { taxType: [expect.stringContaining("does not take")] } });
  expect((await mapping()).kinds.size).toBe(0);
});

test("a line takes one option of a tracking category", async () => {
  await saveOrderSettings(db(), caller, proposed);
  const category = chart.tracking.find(({ options }) => options.length > 1);
  const [first, second] = (category?.options ?? []).map(({ optionId }) => ({
    categoryId: category?.categoryId ?? "",
    optionId,
  }));
  if (!first || !second) throw new Error("The books have no category of two options");
  await expect(
    saveKind(db(), caller, kind({ which: { name: "Tea" }, firstTracking: first, secondTracking: second })),
  ).rejects.toMatchObject({ fields: { secondTracking: [expect.stringContaining("one option")] } });
  await saveKind(db(), caller, kind({ which: { name: "Tea" }, firstTracking: null, secondTracking: first }));
  expect((await mapping()).kinds.get("Tea")?.tracking).toEqual([first]);
});

test("a kind and a tender are added before any order names them, once", async () => {
  await expect(saveKind(db(), caller, kind({ which: { name: "Tea" } }))).rejects.toMatchObject({
    code: "conflict",
  });
  await saveOrderSettings(db(), caller, proposed);
  await saveKind(db(), caller, kind({ which: { name: "Tea" } }));
  await expect(saveKind(db(), caller, kind({ which: { name: "Tea" } }))).rejects.toMatchObject({
    ...{ code: "conflict", field: "name" },
  });
  const paid = { connectionId, which: { name: "Card" }, accountId: accountId("Stripe clearing") };
  await saveTender(db(), caller, paid);
  await expect(saveTender(db(), caller, paid)).rejects.toMatchObject({ code: "conflict", field: "name" });
  const { kinds, tenders: ways } = await mapping();
  expect([kinds.size, ways.get("Card")?.accountId]).toEqual([1, accountId("Stripe clearing")]);
});

test("a tender is paid into an account that takes payments, and no other", async () => {
  await noteSeen(db(), desk.books, { kinds: [], tenders: ["Cash"] });
  const which = { tenderId: (await mapping()).tenders.get("Cash")?.id ?? "" };
  for (const name of ["Sales", "Old clearing"])
    await expect(
      saveTender(db(), caller, { connectionId, which, accountId: accountId(name) }),
    ).rejects.toMatchObject({ code: "invalid", field: "accountId" });
  expect((await mapping()).tenders.get("Cash")?.mappedAt).toBeNull();
  expect(
    await saveTender(db(), caller, { connectionId, which, accountId: accountId("Business Bank Account") }),
  ).toBe("Cash");
  expect(await told("mapping.tender-saved")).toMatchObject({
    detail: { name: "Cash", account: "Business Bank Account" },
  });
  expect(await jobs()).toEqual([{ connectionId }]);
});

test("only an owner saves any of it, and only for an organisation of their own firm", async () => {
  await saveOrderSettings(db(), caller, proposed);
  await noteSeen(db(), desk.books, { kinds: ["Coffee"], tenders: ["Cash"] });
  const before = await mapping();
  const which = { kindId: before.kinds.get("Coffee")?.id ?? "" };
  const paid = {
    which: { tenderId: before.tenders.get("Cash")?.id ?? "" },
    accountId: accountId("Business Bank Account"),
  };
  const each = (who: FirmCaller, at: string) => [
    () => saveOrderSettings(db(), who, { ...proposed, connectionId: at, dueDays: 99 }),
    () => saveKind(db(), who, { ...kind({ which, accountCode: "260" }), connectionId: at }),
    () => saveTender(db(), who, { ...paid, connectionId: at }),
  ];
  for (const attempt of each(await asStaff(), connectionId))
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  for (const attempt of each(await newFirm(db()), connectionId))
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(await mapping()).toEqual(before);
});

test("with an organisation of their own, another firm's kinds and tenders are still not theirs", async () => {
  await saveOrderSettings(db(), caller, proposed);
  await noteSeen(db(), desk.books, { kinds: ["Coffee"], tenders: ["Cash"] });
  const before = await mapping();
  const other = await openDesk(db(), simulator(), { country: "uk" });
  const at = { connectionId: other.books.connectionId };
  await saveOrderSettings(db(), other.caller, { ...proposed, ...at });
  const [bank] = await db()
    .select()
    .from(mirroredAccounts)
    .where(and(eq(mirroredAccounts.connectionId, at.connectionId), eq(mirroredAccounts.code, "090")));
  const kindId = before.kinds.get("Coffee")?.id ?? "";
  const tenderId = before.tenders.get("Cash")?.id ?? "";
  await expect(saveKind(db(), other.caller, { ...kind({ which: { kindId } }), ...at })).rejects.toMatchObject(
    { code: "not_found" },
  );
  await expect(
    saveTender(db(), other.caller, { ...at, which: { tenderId }, accountId: bank?.accountId ?? "" }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await mapping()).toEqual(before);
});

test("while the chart has not been read to its end, nothing is saved against it", async () => {
  const early = await openDesk(db(), simulator(), { country: "us", backfill: false });
  const at = { connectionId: early.books.connectionId };
  await expect(saveOrderSettings(db(), early.caller, { ...proposed, ...at })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("still being read"),
  });
});
