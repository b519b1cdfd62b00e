import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptAmounts } from "#lib/checkout/accept-amounts.ts";
import { readAccess, writeAccess } from "#lib/checkout/code/access.ts";
import { addressesOf } from "#lib/checkout/code/code-addresses.ts";
import { checkCode, codePlace, requestCode } from "#lib/checkout/code/codes.ts";
import { keepTyped } from "#lib/checkout/keep-typed.ts";
import { readReceipt } from "#lib/checkout/letters/receipt.ts";
import { linkFromSearch } from "#lib/checkout/links/link-rules.ts";
import { type OpenedLink, openLink } from "#lib/checkout/links/open-link.ts";
import { startCheckout } from "#lib/checkout/start-checkout.ts";
import { hashOf } from "#lib/core/ids.ts";
import { open as unseal } from "#lib/core/vault/vault.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { toQuery } from "#lib/firms/pay-link.ts";
import { findContact } from "#lib/mirror/read.ts";
import { cancelAttempt, settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { retryPostings } from "#lib/posting/retry.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, commit, type Desk, openDesk, pageOf, payAtStripe, sessionIn } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { evidenceOf } from "./evidence.ts";
import { type PaymentStory, readPayment } from "./read-payment.ts";
import { inWords } from "./timeline-words.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let other: Desk;
let firm: FirmContext;
let otherFirm: FirmContext;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
  firm = await requireFirm(db(), desk.caller.actor, desk.books.firmId, "see");
  otherFirm = await requireFirm(db(), other.caller.actor, other.books.firmId, "see");
});
beforeEach(() => simulator().control("DELETE", "/control/faults"));

type Link = { number: string; amount: string };

async function dueOf(number: string): Promise<Link> {
  const { rows } = await db().execute(sql`select due_minor from invoices
    where connection_id = ${desk.books.connectionId} and number = ${number}`);
  return { number, amount: (Number(rows[0]?.due_minor) / 100).toFixed(2) };
}

const question = ({ number, amount }: Link, access: string) => ({
  ...desk.place,
  link: linkFromSearch(toQuery({ number, amount })),
  access: readAccess(access, Date.now()),
  caller: null,
  ownTokenHashes: [],
});

type Open = Extract<OpenedLink, { kind: "open" }>;
async function opened(link: Link, access = ""): Promise<Open> {
  const found = await openLink(db(), question(link, access));
  if (found.kind !== "open") throw new Error(`${link.number} did not open: ${found.kind}`);
  return found;
}

/** The code that was sent, typed in: what the browser keeps of it. */
async function prove({ firm: { firmId }, books: { connectionId }, contactId }: Open): Promise<string> {
  const whom = { firmId, connectionId, contactId };
  const contact = await findContact(db(), connectionId, contactId);
  const [to] = addressesOf(contactId, contact ?? { email: null, persons: [] });
  await requestCode(db(), whom, to?.key ?? "");
  const { rows } = await db().execute(
    sql`select id, sealed_code from email_codes order by created_at desc limit 1`,
  );
  const [{ id, sealed_code: sealed } = {}] = rows as { id?: string; sealed_code?: string }[];
  const typed = unseal(sealed ?? "", codePlace(id ?? ""));
  const checked = await checkCode(db(), whom, { typed, ip: "198.51.100.7" });
  if (checked.kind !== "right") throw new Error(`The code was ${checked.kind}`);
  return writeAccess([], { ...whom, codeId: checked.codeId }, Date.now());
}

/** Chooses the asked invoice, and with a proof all the others too: the checkout's token. */
async function begin({ number, amount }: Link, access = ""): Promise<string> {
  const { lines } = await opened({ number, amount }, access);
  const ticked = lines.slice(0, access ? lines.length : 1).map((line) => line.invoiceId);
  const started = await startCheckout(db(), question({ number, amount }, access), {
    ticked,
    backPath: "/pay",
    ip: "198.51.100.8",
  });
  if (started.kind !== "started") throw new Error(`The checkout did not start: ${started.kind}`);
  return started.token;
}

/** Pays a checkout at Stripe and has it written to Xero: the capture's id. */
async function finish(token: string): Promise<string> {
  const committed = await commit(desk, token);
  if (committed.kind !== "pay") throw new Error(`Nothing to pay: ${committed.kind}`);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, sessionIn(committed.url));
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  const { rows } = await db().execute(sql`select id from captures where attempt_id = ${attempt.id}`);
  return String(rows[0]?.id);
}

async function story(captureId: string): Promise<PaymentStory> {
  const found = await readPayment(db(), firm, captureId);
  if (!found) throw new Error("There is no such payment");
  return found;
}

const actions = ({ timeline }: PaymentStory) => timeline.map(({ action }) => action);

describe("a payment's timeline tells all that happened, in order", () => {
  let captureId: string;
  beforeAll(async () => {
    const link = await dueOf("INV-1001");
    captureId = await finish(await begin(link, await prove(await opened(link))));
  });

  test("from the code and the link to Xero's ids", async () => {
    const payment = await story(captureId);
    expect(actions(payment)).toEqual([
      "code.confirmed",
      "link.opened",
      "terms.accepted",
      "payment.held",
      "payment.captured",
      "posting.done",
    ]);
    expect(payment.timeline.map(({ who }) => who)).toEqual([
      ...["The payer", "The payer", "The payer", "The payer"],
      ...["Stripe", "Counterfoil"],
    ]);
    expect(payment.timeline.map(({ ip }) => ip).slice(0, 2)).toEqual(["198.51.100.7", "198.51.100.8"]);
    expect(payment.terms?.sha256).toBe(payment.timeline[2]?.detail.sha256);
    expect(hashOf(payment.terms?.body ?? "")).toBe(payment.terms?.sha256);
  });

  test("each invoice by its number, and each of Xero's ids", async () => {
    const payment = await story(captureId);
    const said = payment.timeline
      .map((line) => inWords(line, payment.numbers))
      .flatMap(({ title, notes }) => [title, ...notes])
      .join("\n");
    expect(payment.lines.length).toBeGreaterThan(1);
    for (const { number } of payment.lines) expect(said).toContain(`${number}: payment `);
    for (const { xeroPaymentId } of payment.postings[0]?.lines ?? []) expect(said).toContain(xeroPaymentId);
    expect(said).toContain(payment.postings[0]?.xeroId);
    expect(said).not.toContain("Another invoice");
  });

  test("with the link of each line in the firm's chain, from which anyone can compute it anew", async () => {
    const digest = (text: string) => createHash("sha256").update(text).digest("hex");
    for (const { link, covered } of (await story(captureId)).timeline) {
      const values = Object.values(covered).map((value) => digest(value ?? ""));
      expect(digest([link?.before, ...values].join("|"))).toBe(link?.hash);
    }
  });

  test("all of which stands in the evidence, and nothing of a key, a token or a card's number", async () => {
    const payment = await story(captureId);
    const made = { at: new Date(), by: "Dana" };
    const text = JSON.stringify(evidenceOf(payment, { firm, made }));
    for (const fact of [
      ...payment.lines.flatMap(({ number, invoiceId }) => [number, invoiceId]),
      ...(payment.postings[0]?.lines ?? []).map(({ xeroPaymentId }) => xeroPaymentId ?? "none"),
      ...payment.timeline.map(({ link }) => link?.hash ?? "none"),
      JSON.stringify(payment.terms?.body).slice(1, -1),
      payment.objectRef,
      payment.payer.email ?? "none",
    ])
      expect(text).toContain(fact);
    const { rows } = await db().execute(sql`select token_hash as secret from checkouts
      union select session_url from attempts union select sealed_secret_key from processor_accounts
      union select coalesce(sealed_webhook_secret, key_hint) from processor_accounts union select code_hash from email_codes`);
    for (const { secret } of rows) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/\b4242 ?4242|sk_test|whsec_|cs_[a-z]+_[^"]*#/);
  });

  test("and the evidence holds nothing of what the same client paid another time", async () => {
    const token = await begin(await dueOf("INV-2013"));
    const later = await story(await finish(token));
    const text = JSON.stringify(
      evidenceOf(await story(captureId), { firm, made: { at: new Date(), by: "Dana" } }),
    );
    const theirs = [later.captureId, later.objectRef, later.postings[0]?.reference ?? "", later.checkoutId];
    for (const fact of [...theirs, ...later.attemptIds]) expect(text).not.toContain(fact);
    expect(later.lines.some(({ number }) => text.includes(number))).toBe(false);
  });

  test("and nothing of it to another firm", async () => {
    expect(await readPayment(db(), otherFirm, captureId)).toBeNull();
  });
});

test("a try that was given up, and the one that was paid, stand in one timeline", async () => {
  const token = await begin(await dueOf("INV-1003"));
  await commit(desk, token);
  await cancelAttempt(db(), (await attemptOf(desk, token)).id);
  const payment = await story(await finish(token));
  expect(actions(payment)).toEqual([
    ...["link.opened", "terms.accepted", "payment.held", "payment.released"],
    ...["terms.accepted", "payment.held", "payment.captured", "posting.done"],
  ]);
});

test("Xero's refusal, the person who tried again and what came of it are told", async () => {
  const lock = (day: string | null) =>
    simulator().control("POST", "/control/xero/lock-dates", {
      tenantId: desk.tenantId,
      periodLockDate: day,
    });
  const token = await begin(await dueOf("INV-2017"));
  await lock("2099-12-31");
  const captureId = await finish(token);
  const refused = await story(captureId);
  expect(refused.standing).toBe("needs_you");
  await lock(null);
  await retryPostings(db(), desk.caller, [refused.postings[0]?.postingId ?? ""]);
  await runToIdle(db());

  const { timeline, postings, standing, numbers } = await story(captureId);
  expect(standing).toBe("written");
  const [no, again, done] = timeline.slice(-3);
  expect([no?.action, again?.action, done?.action]).toEqual([
    "posting.refused",
    "posting.retried",
    "posting.done",
  ]);
  expect([no?.who, again?.who]).toEqual(["Xero", desk.caller.actor.name]);
  expect(no && inWords(no, numbers).notes).toEqual([refused.postings[0]?.message]);
  expect(done?.detail.xeroId).toBe(postings[0]?.xeroId);
});

test("who paid is who was typed for the attempt that was paid, whatever is sent before and after", async () => {
  const token = await begin(await dueOf("INV-1002"));
  const before = await pageOf(desk, token);
  await commit(desk, token, { email: "typo@client.example" });
  const given = await commit(desk, token, { email: "pat@client.example" });
  if (given.kind !== "pay") throw new Error(`Nothing to pay: ${given.kind}`);
  const attempt = await attemptOf(desk, token);
  await keepTyped(db(), await pageOf(desk, token), { name: "Mallory", email: "mallory@evil.example" });
  await payAtStripe(desk, sessionIn(given.url));
  await settleAttempt(db(), attempt.id);
  const paid = await pageOf(desk, token);
  const captureId = paid.captureId ?? "";
  await keepTyped(db(), paid, { name: "Mallory", email: "mallory@evil.example" });
  expect(await acceptAmounts(db(), paid, null)).toBe(false);
  await commit(desk, token, { page: before, email: "mallory@evil.example" });
  expect((await story(captureId)).payer).toMatchObject({ name: "Pat Payer", email: "pat@client.example" });
  expect(await readReceipt(db(), captureId)).toMatchObject({ payerEmail: "pat@client.example" });
});
