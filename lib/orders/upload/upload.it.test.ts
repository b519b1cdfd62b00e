import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { tenders } from "#db/schema/mapping.ts";
import { orderRevisions, orders, orderUploads } from "#db/schema/orders.ts";
import { orderLineInWords, orderTimeline } from "#lib/evidence/order-timeline.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor, warmUp } from "#lib/testing/staff.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { eraseBuyer } from "../erase-buyer.ts";
import { readOrderForStaff } from "../staff/read-for-staff.ts";
import { type Review, reviewUpload } from "./review-upload.ts";
import { sendUpload } from "./send-upload.ts";
import { findUpload, keepUpload } from "./uploads.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
  await db()
    .insert(tenders)
    .values({ ...desk.books, name: "EFTPOS", accountId: desk.clearingAccountId, mappedAt: new Date() });
});
beforeEach(async () => {
  await runToIdle(db());
  await setOrders(db(), desk, {});
});

const HEAD =
  "Order number;Revision;Currency;Amounts are;Customer name;Kind;Description;Quantity;Unit price;Tender;Amount paid;Total";
const file = (...rows: string[]) => [HEAD, ...rows].join("\r\n");
const fresh = () => `U-${randomUUID().slice(0, 8)}`;
/** Of 132.00 with tax, paid. */
const paid = (number: string) =>
  `${number};;AUD;tax exclusive;Robin Vale;Hire;Tower;3;40.00;EFTPOS;132.00;132.00`;
/** Of so much with tax. */
const plain = (number: string, { price = "10.00", revision = "", currency = "AUD" } = {}) =>
  `${number};${revision};${currency};tax inclusive;Robin Vale;Hire;Tower;1;${price};;;`;

async function keep(content: string, caller = desk.caller): Promise<string> {
  return keepUpload(db(), caller, { connectionId: desk.books.connectionId, source: "upload", content });
}
async function review(uploadId: string): Promise<Review> {
  const upload = await findUpload(db(), desk.caller.firm, uploadId);
  if (!upload) throw new Error("It is not kept");
  return reviewUpload(db(), desk.caller.firm, upload);
}
async function send(uploadId: string) {
  const { seen } = await review(uploadId);
  return sendUpload(db(), desk.caller, { uploadId, seen });
}
const verdicts = async (uploadId: string) => (await review(uploadId)).orders.map(({ verdict }) => verdict);
const invoicesOf = async (number: string) =>
  (await invoicesInXero(simulator(), desk.tenantId)).filter((one) => one.number === number);
const kept = async () => (await db().select({ id: orders.id }).from(orders)).length;

test("G3 what was looked over is what is sent: each order once, as an invoice with its payment, by the person who sent it", async () => {
  const [one, two] = [fresh(), fresh()];
  const before = await kept();
  const uploadId = await keep(file(paid(one), plain(two)));
  const shown = await review(uploadId);
  expect(shown.orders).toMatchObject([
    { number: one, row: 2, verdict: "new", buyer: "Robin Vale", total: { minor: 13_200n, currency: "AUD" } },
    { number: two, row: 3, verdict: "new", total: { minor: 1_000n, currency: "AUD" } },
  ]);
  expect(await kept()).toBe(before);
  expect(await sendUpload(db(), desk.caller, { uploadId, seen: shown.seen })).toEqual({ sent: 2, left: [] });
  await runToIdle(db());
  expect(await invoicesOf(one)).toMatchObject([{ status: "PAID", total: 13_200 }]);
  expect(await invoicesOf(two)).toMatchObject([{ status: "AUTHORISED", total: 1_000 }]);
  const [row] = await db()
    .select({ orderId: orderRevisions.orderId, apiKeyId: orderRevisions.apiKeyId, source: orders.source })
    .from(orders)
    .innerJoin(orderRevisions, eq(orderRevisions.orderId, orders.id))
    .where(eq(orders.number, one));
  expect(row).toMatchObject({ apiKeyId: null, source: "upload" });
  const order = await readOrderForStaff(db(), desk.caller.firm, row?.orderId ?? "");
  if (!order) throw new Error("It is not there");
  const lines = await orderTimeline(db(), desk.caller.firm, order);
  expect(lines.map((line) => `${line.who}: ${orderLineInWords(line).title}`)).toContainEqual(
    expect.stringMatching(new RegExp(`^${desk.caller.actor.name}: `)),
  );
});

test("the same file again, or the same press twice, posts nothing twice", async () => {
  const number = fresh();
  const text = file(paid(number));
  const uploadId = await keep(text);
  const { seen } = await review(uploadId);
  await warmUp(db());
  const both = await Promise.allSettled([
    sendUpload(db(), desk.caller, { uploadId, seen }),
    sendUpload(db(), desk.caller, { uploadId, seen }),
  ]);
  expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
  await runToIdle(db());
  const again = await keep(text);
  expect(await verdicts(again)).toEqual(["same"]);
  expect(await send(again)).toEqual({ sent: 0, left: [] });
  await runToIdle(db());
  expect(await invoicesOf(number)).toHaveLength(1);
});

test("a corrected file changes an order by a higher revision; without one it says which", async () => {
  const number = fresh();
  await send(await keep(file(plain(number))));
  await runToIdle(db());
  const clash = await review(await keep(file(plain(number, { price: "20.00" }))));
  expect(clash.orders).toMatchObject([
    {
      verdict: "refused",
      faults: [
        {
          ...{ row: 2, column: "Revision" },
          message: "This order was sent before, and it says something else. To change it, write revision 1.",
        },
      ],
    },
  ]);
  const uploadId = await keep(file(plain(number, { price: "20.00", revision: "1" })));
  expect(await verdicts(uploadId)).toEqual(["changed"]);
  expect(await send(uploadId)).toEqual({ sent: 1, left: [] });
  await runToIdle(db());
  const standing = (await invoicesInXero(simulator(), desk.tenantId)).filter(
    (one) => one.number.startsWith(number) && one.status === "AUTHORISED",
  );
  expect(standing).toMatchObject([{ total: 2_000 }]);
});

test("what is refused is left, what staff can mend waits, and the rest goes", async () => {
  const [bad, waits, differs, good] = [fresh(), fresh(), fresh(), fresh()];
  const uploadId = await keep(
    file(
      plain(bad, { price: "12,50" }),
      plain(waits, { currency: "EUR" }),
      paid(differs).replace(/132\.00$/, "99.00"),
      plain(good),
    ),
  );
  const shown = await review(uploadId);
  expect(shown.orders).toMatchObject([
    { verdict: "refused", total: null, faults: [{ row: 2, column: "Unit price", code: null }] },
    {
      verdict: "held",
      faults: [
        {
          ...{ row: 3, column: "Currency", code: "currency-not-subscribed" },
          message: "EUR is not among the organisation's currencies.",
        },
      ],
    },
    {
      verdict: "refused",
      faults: [{ row: 4, column: "Total", code: null, message: "Lines come to 132.00, you sent 99.00." }],
    },
    { verdict: "new", total: { minor: 1_000n }, faults: [] },
  ]);
  const before = await kept();
  expect(await send(uploadId)).toEqual({ sent: 2, left: [] });
  expect(await kept()).toBe(before + 2);
  expect(await verdicts(uploadId)).toEqual(["refused", "same", "refused", "same"]);
});

test("a mapping that changes after the look is told, and nothing is sent", async () => {
  const number = fresh();
  const uploadId = await keep(file(plain(number)));
  const { seen } = await review(uploadId);
  await setOrders(db(), desk, { salesAccountCode: "260" });
  await expect(sendUpload(db(), desk.caller, { uploadId, seen })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Nothing was sent"),
  });
  expect(await verdicts(uploadId)).toEqual(["new"]);
  expect(await send(uploadId)).toEqual({ sent: 1, left: [] });
});

test("a change that is wrong does not take away what was sent before", async () => {
  const number = fresh();
  await send(await keep(file(plain(number))));
  await runToIdle(db());
  const uploadId = await keep(file(plain(number, { revision: "1", currency: "EUR" })));
  expect(await verdicts(uploadId)).toEqual(["refused"]);
  expect(await send(uploadId)).toEqual({ sent: 0, left: [] });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "AUTHORISED" }]);
});

test("a viewer and another firm see and send nothing of it, and nobody brings a file to another firm's organisation", async () => {
  const uploadId = await keep(file(plain(fresh())));
  const { seen } = await review(uploadId);
  const { firmId } = desk.caller.firm;
  const actor = await makeActor(db(), `Viewer ${firmId}`, [{ firmId, role: "viewer" }]);
  const viewer: FirmCaller = { actor, firm: await requireFirm(db(), actor, firmId, "see"), ip: null };
  const stranger = (await openDesk(db(), simulator(), { country: "uk", backfill: false })).caller;
  const before = await kept();
  await expect(keep(file(plain(fresh())), viewer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(findUpload(db(), viewer.firm, uploadId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(sendUpload(db(), viewer, { uploadId, seen })).rejects.toMatchObject({ code: "forbidden" });
  await expect(keep(file(plain(fresh())), stranger)).rejects.toMatchObject({ code: "not_found" });
  expect(await findUpload(db(), stranger.firm, uploadId)).toBeUndefined();
  await expect(sendUpload(db(), stranger, { uploadId, seen })).rejects.toMatchObject({ code: "not_found" });
  expect(await kept()).toBe(before);
});

test("who asks to be erased is erased from files that wait too", async () => {
  const named = await keep(`${HEAD};Customer e-mail\r\n${plain(fresh())};Robin.Vale@clients.example`);
  const other = await keep(file(plain(fresh())));
  await eraseBuyer(db(), desk.caller.firm.firmId, "robin.vale@clients.example");
  const left = (await db().select({ id: orderUploads.id }).from(orderUploads)).map(({ id }) => id);
  expect(left).toContain(other);
  expect(left).not.toContain(named);
});
