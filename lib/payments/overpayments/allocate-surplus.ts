import { type AuditEvent, record } from "#lib/audit/record.ts";
import { type Db, violates } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { findAccounts, listOutstanding, type MirroredInvoice } from "#lib/mirror/read.ts";
import { createOverpaymentPosting } from "#lib/posting/kinds/overpayment.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { type Incoming, lessenRefused } from "#lib/posting/postings-of-payment.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { postingTarget } from "#lib/xero/organisations/pay-connections.ts";
import { surplusSettled } from "../jobs.ts";
import type { Share } from "../refunds/refund-rules.ts";
import { type Capture, endHolds, getAttempt, insertHolds } from "../store.ts";
import { roomOf } from "./surplus-rules.ts";
import { insertSurplus, moveAllocation, numbersOf } from "./surplus-store.ts";

/** A refused payment, its rows locked. */
export type Given = {
  capture: Capture;
  posting: Incoming;
  /** Of the posting's own invoices. */
  numbers: Map<string, string>;
  /** Whose each of them is now: one may have been moved to another client since they were paid together. */
  contacts: Map<string, string>;
  by: FirmCaller | null;
};

/** The other invoices, in this currency, of whoever this one of the posting's is for, that this money can pay, each due what it may be given, the oldest due first. */
export async function othersOf(
  tx: Db,
  { posting, contacts, numbers }: Given,
  ownId: string,
): Promise<MirroredInvoice[]> {
  const { connectionId, currency } = posting;
  const contactId = contacts.get(ownId);
  if (contactId === undefined) return [];
  const all = await listOutstanding(tx, { connectionId, contactId, currency });
  return all
    .filter(({ invoiceId }) => !numbers.has(invoiceId))
    .map((invoice) => ({ ...invoice, dueMinor: roomOf(invoice, currency) }))
    .filter(({ dueMinor }) => dueMinor > 0n);
}

/**
 * Whether nobody pays this invoice now and nothing is on its way to it. Takes the payer's own hold on it, as one who pays
 * there does, and so nobody else can until this transaction ends; then our posting says that it is on its way.
 */
export async function isFree(
  tx: Db,
  { capture, posting }: Given,
  { invoice, amountMinor }: { invoice: MirroredInvoice; amountMinor: bigint },
): Promise<boolean> {
  const { invoiceId, number } = invoice;
  const attempt = await getAttempt(tx, capture.attemptId);
  if (!attempt) throw new Error(`Capture ${capture.id} has no attempt`);
  try {
    await tx.transaction(async (inner) => {
      await insertHolds(inner, attempt, [{ invoiceId, number: number ?? "", amountMinor }]);
      await endHolds(inner, attempt.id, "captured");
      if ((await listUnreflected(inner, posting.connectionId, [invoiceId])).length > 0) throw new Busy();
    });
    return true;
  } catch (error) {
    if (error instanceof Busy || violates(error, "holds_one_open")) return false;
    throw error;
  }
}

/** Leaves the inner transaction without a trace. */
class Busy extends Error {}

/** Part of what was paid for one invoice, for another one or for none. */
export type Part = { from: string; to: MirroredInvoice | null; amountMinor: bigint };

/** Puts these parts where they go: each is taken off its invoice, and is promised to Xero there. */
export async function move(tx: Db, given: Given, parts: Part[]): Promise<void> {
  const { capture, posting, contacts, numbers, by } = given;
  const { firmId, connectionId, currency } = posting;
  const known = await numbersOf(tx, capture.id);
  const target = await postingTarget(tx, connectionId, capture.capturedAt);
  const { debtorsCode } = await findAccounts(tx, connectionId, target.accountId);
  const isTest = await isTestMoney(tx, capture);
  const surplusIds: string[] = [];
  for (const { from, to, amountMinor } of parts) {
    const fromNumber = known.get(from) ?? numbers.get(from) ?? "";
    const surplus = await insertSurplus(tx, {
      ...{ firmId, captureId: capture.id, amountMinor, fromInvoiceId: from, fromNumber },
      ...{ toInvoiceId: to?.invoiceId ?? null, toNumber: to && (to.number ?? "") },
      decidedBy: by?.actor.userId ?? null,
    });
    surplusIds.push(surplus.id);
    await moveAllocation(tx, {
      ...{ firmId, captureId: capture.id, from, amountMinor },
      to: to && { invoiceId: to.invoiceId, number: to.number ?? "" },
    });
    // The same in a restored copy of this database: what the lost one wrote is found again.
    const origin = { id: `${posting.reference} ${from} ${to?.invoiceId ?? ""}`, at: capture.capturedAt };
    const shared = { firmId, connectionId, currency, origin, isTest, accountId: target.accountId };
    if (to)
      await createPaymentPosting(tx, {
        ...shared,
        sourceId: surplus.id,
        date: [target.date, to.date ?? target.date].sort().at(-1) ?? target.date,
        lines: [{ invoiceId: to.invoiceId, amountMinor }],
      });
    else
      await createOverpaymentPosting(tx, {
        ...shared,
        ...{ surplusId: surplus.id, date: target.date, amountMinor },
        contactId: contacts.get(from) ?? "",
        body: { words: `Paid beyond ${fromNumber}`, debtorsCode },
      });
    await say(tx, given, "surplus.settled", {
      ...{ currency, minor: String(amountMinor), from: fromNumber, to: to ? (to.number ?? "") : null },
    });
  }
  await lessenRefused(tx, posting, {
    shares: merged(parts),
    note: "All of it went elsewhere: see the timeline.",
  });
  await enqueue(tx, surplusSettled, { surplusIds });
}

/** One share an invoice. */
function merged(parts: Part[]): Share[] {
  return [...Map.groupBy(parts, (part) => part.from)].map(([invoiceId, of]) => ({
    invoiceId,
    amountMinor: sumOf(of.map((part) => part.amountMinor)),
  }));
}

/** Adds to the timeline what was decided, in the name of whoever did. */
export async function say(
  tx: Db,
  { capture, by }: Pick<Given, "capture" | "by">,
  action: string,
  detail: NonNullable<AuditEvent["detail"]>,
): Promise<void> {
  await record(tx, {
    firmId: capture.firmId,
    actor: by ? `user:${by.actor.userId}` : "worker",
    action,
    subject: `capture:${capture.id}`,
    detail,
    ip: by?.ip ?? null,
  });
}
