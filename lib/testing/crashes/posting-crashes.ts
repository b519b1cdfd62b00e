/** Test only: one posting, one fault in Xero, one crash, one recovery. What is left must be one document in Xero. */
import { randomUUID } from "node:crypto";
import { sumOf } from "#lib/core/money/money.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { createOverpaymentPosting } from "#lib/posting/kinds/overpayment.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { reflectLeftovers } from "#lib/posting/sending/reflect.ts";
import type { Desk } from "../desk.ts";
import { promise, promiseContact } from "../orders/order-documents.ts";
import { breaksOfOrder } from "../truth/order-truth.ts";
import { breaksOfOverpayment } from "../truth/surplus-truth.ts";
import { breaksOfPosting, buried, invoicesInXero, runToIdle } from "../truth/truth.ts";
import type { Crasher } from "./crash.ts";

/**
 * part: some of what a part-paid invoice owes, so that Xero would take it twice · full: all that is owed · batch: part of
 * two · together: all that four invoices owe, of which some go in one call · overpayment: of no invoice · sales: four invoices
 * that Xero numbers, of which some go in one call · sale: a new contact, then an invoice, a purchase order and a credit note.
 */
export const SHAPES = ["part", "full", "batch", "together", "overpayment", "sales", "sale"] as const;
export const FAULTS = ["none", "cut-before", "cut-after", "hang-after", "503", "429", "commit-late"] as const;

export type CrashCase = {
  shape: (typeof SHAPES)[number];
  fault: (typeof FAULTS)[number];
  /** Which effect on the world, from 1; beyond the last there is no crash. */
  at: number;
  /** dead: killed, and a fresh worker finds what it left · asleep: another worker does its work, then it goes on. */
  first: "dead" | "asleep";
  /** How long Xero knows an Idempotency-Key: 360 is its word, 0 is our own standard. A sleeper needs the key, and nothing else can stop it. */
  keySeconds: 0 | 360;
};

export type Outcome = { breaks: string[]; points: string[] | null };

const LATE_MS = 250;
const EFFECTS: Record<CrashCase["fault"], object | null> = {
  none: null,
  "cut-before": { kind: "cut-before" },
  "cut-after": { kind: "cut-after" },
  "hang-after": { kind: "hang-after", ms: 150 },
  "503": { kind: "status", status: 503, body: "The service is unavailable" },
  "429": { kind: "rate-limit", problem: "minute", retryAfterSeconds: 0 },
  "commit-late": { kind: "commit-late", ms: LATE_MS },
};

/** Bayside Club's, whom other tests have pay at the pay page. */
const PAYERS_OWN = ["INV-2009", "INV-2013", "INV-2017"];

export type Ledger = {
  parts: [string, string];
  /** Where overpayments go, and of whom. */
  bankAccountId: string;
  contactId: string;
  whole(): Promise<{ invoiceId: string; amountMinor: bigint }>;
};

/** Two part-paid invoices that owe nearly a million, for any number of small payments, and open ones to pay in full. */
export async function openLedger({ simulator, tenantId }: Desk): Promise<Ledger> {
  const today = new Date().toISOString().slice(0, 10);
  const open = (await invoicesInXero(simulator, tenantId)).filter(
    (one) =>
      one.day <= today &&
      one.type === "ACCREC" &&
      one.status === "AUTHORISED" &&
      one.currency === "AUD" &&
      !PAYERS_OWN.includes(one.number),
  );
  const [first, second] = open.filter((one) => one.amountPaid > 0);
  if (!first || !second) throw new Error("The seed has no part-paid invoices");
  for (const { id } of [first, second])
    await simulator.control("POST", "/control/xero/invoice", { tenantId, invoice: id, total: "1000000.00" });
  const untouched = open.filter((one) => one.amountPaid === 0).map((one) => one.id);
  const { accounts } = await simulator.control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  return {
    parts: [first.id, second.id],
    bankAccountId: accounts.find(({ name }) => name === "Card clearing")?.id ?? "",
    contactId: first.contactId,
    async whole() {
      const id = untouched.shift() ?? "";
      untouched.push(id);
      const before = (await invoicesInXero(simulator, tenantId)).find((one) => one.id === id);
      const owes = 1_000;
      const total = (before?.total ?? 0) - (before?.amountDue ?? 0) + owes;
      await simulator.control("POST", "/control/xero/invoice", {
        tenantId,
        invoice: id,
        total: (total / 100).toFixed(2),
        status: "AUTHORISED",
      });
      return { invoiceId: id, amountMinor: BigInt(owes) };
    },
  };
}

let amount = 100n;

type Line = { invoiceId: string; amountMinor: bigint };

/** The lines of each posting of a case. */
async function linesOf({ shape }: CrashCase, ledger: Ledger): Promise<Line[][]> {
  if (shape === "full") return [[await ledger.whole()]];
  if (shape === "together")
    return [[await ledger.whole()], [await ledger.whole()], [await ledger.whole()], [await ledger.whole()]];
  const parts = () => {
    amount += 1n;
    const [one, other] = ledger.parts.map((invoiceId) => ({ invoiceId, amountMinor: amount }));
    if (!one || !other) throw new Error("A ledger has two parts");
    return [one, other] as const;
  };
  return shape === "batch" ? [[...parts()]] : [[parts()[0]]];
}

/** Where Xero takes a case's postings: what is wrong there, is wrong once. */
const DOORS: Record<CrashCase["shape"], [method: string, path: string]> = {
  part: ["POST", "/api.xro/2.0/Payments"],
  full: ["POST", "/api.xro/2.0/Payments"],
  batch: ["PUT", "/api.xro/2.0/BatchPayments"],
  together: ["PUT", "/api.xro/2.0/Payments"],
  overpayment: ["PUT", "/api.xro/2.0/BankTransactions"],
  sales: ["PUT", "/api.xro/2.0/Invoices"],
  sale: ["PUT", "/api.xro/2.0/Contacts"],
};

export async function crashPosting(
  desk: Desk,
  ledger: Ledger,
  crasher: Crasher,
  given: CrashCase,
): Promise<Outcome> {
  const { db, simulator } = desk;
  await simulator.control("POST", "/control/xero/settings", { idempotencySeconds: given.keySeconds });
  const references = await promised(desk, ledger, given);
  const effect = EFFECTS[given.fault];
  const [method, path] = DOORS[given.shape];
  if (effect) await simulator.control("POST", "/control/faults", { method, path, times: 1, effect });

  // Without its key Xero can't tell a late write from a new one: then it must be there before we look, as our pauses see to.
  const pauseMs = given.fault === "commit-late" && given.keySeconds === 0 ? LATE_MS + 50 : 0;
  const orders = {
    at: given.at,
    how: given.first === "dead" ? "kill" : "hold",
    work: { kind: "postings", pauseMs },
  } as const;
  const held = await crasher.hold(orders);
  if (held.at) await runToIdle(db, pauseMs);
  const { points } = await held.goOn();
  await buried(db);
  if (pauseMs) await rest(pauseMs);
  await runToIdle(db, pauseMs);
  if (given.fault === "commit-late") await rest(LATE_MS + 50);
  await simulator.control("DELETE", "/control/faults");
  await reflectLeftovers(db);
  const breaks: string[] = [];
  for (const reference of references)
    breaks.push(
      ...(isOfOrders(given)
        ? await breaksOfOrder(desk, reference)
        : given.shape === "overpayment"
          ? await breaksOfOverpayment(db, simulator, { tenantId: desk.tenantId, reference })
          : await breaksOfPosting(db, simulator, reference)),
    );
  return { breaks, points };
}

const isOfOrders = ({ shape }: CrashCase) => shape === "sales" || shape === "sale";

/** The references of what is sold. */
async function sold(desk: Desk, { contactId }: Ledger, { shape }: CrashCase): Promise<string[]> {
  const { db } = desk;
  if (shape === "sales") {
    const made: string[] = [];
    for (let at = 0; at < 4; at += 1)
      made.push((await promise(db, desk, contactId, { kind: "invoice" })).reference);
    return made;
  }
  const id = randomUUID();
  const buyer = await promiseContact(db, desk, `Buyer ${id}`);
  const all = [
    buyer,
    await promise(db, desk, null, { kind: "invoice", over: { number: `SI-${id}` } }, buyer.postingId),
    await promise(db, desk, null, { kind: "purchase_order", number: `SO-${id}` }, buyer.postingId),
    await promise(db, desk, null, { kind: "order_credit" }, buyer.postingId),
  ];
  return all.map(({ reference }) => reference);
}

/** Their references. */
async function promised(desk: Desk, ledger: Ledger, given: CrashCase): Promise<string[]> {
  if (isOfOrders(given)) return sold(desk, ledger, given);
  const { db, books, clearingAccountId } = desk;
  const postings = await linesOf(given, ledger);
  const ids = postings.flatMap((lines) => lines.map(({ invoiceId }) => invoiceId));
  await refreshInvoices(db, books, { ids, purpose: "sync" });
  const references: string[] = [];
  for (const lines of postings) {
    const shared = {
      ...books,
      origin: { id: randomUUID(), at: new Date() },
      isTest: false,
      currency: "AUD",
      date: new Date().toISOString().slice(0, 10),
    };
    const payment = { ...shared, sourceId: randomUUID(), accountId: clearingAccountId, lines };
    const overpayment = {
      ...{ ...shared, surplusId: randomUUID(), accountId: ledger.bankAccountId, contactId: ledger.contactId },
      amountMinor: sumOf(lines.map(({ amountMinor }) => amountMinor)),
      body: { words: "Paid beyond what was owed", debtorsCode: null },
    };
    references.push(
      await db.transaction((tx) =>
        given.shape === "overpayment"
          ? createOverpaymentPosting(tx, overpayment)
          : createPaymentPosting(tx, payment),
      ),
    );
  }
  return references;
}

/** A late write comes by Xero's clock, which is real. */
const rest = (ms: number) => new Promise((rested) => setTimeout(rested, ms));

/** Every crash there is: shape × fault × point × what becomes of the first worker × how long Xero knows a key. Points are counted by a run without a crash. */
export async function everyCase(desk: Desk, ledger: Ledger, crasher: Crasher): Promise<CrashCase[]> {
  const cases: CrashCase[] = [];
  for (const shape of SHAPES) {
    for (const fault of FAULTS) {
      const { points, breaks } = await crashPosting(desk, ledger, crasher, {
        shape,
        fault,
        at: 0,
        first: "dead",
        keySeconds: 360,
      });
      if (!points || breaks.length > 0)
        throw new Error(`${shape} ${fault} does not even work without a crash: ${breaks.join("; ")}`);
      for (let at = 1; at <= points.length; at += 1) {
        cases.push(
          { shape, fault, at, first: "dead", keySeconds: 360 },
          { shape, fault, at, first: "dead", keySeconds: 0 },
          { shape, fault, at, first: "asleep", keySeconds: 360 },
        );
      }
    }
  }
  return cases;
}

export function caseInWords({ shape, fault, at, first, keySeconds }: CrashCase): string {
  return `${shape}, fault ${fault}, point ${at}, first worker ${first}, Xero knows keys for ${keySeconds} s`;
}
