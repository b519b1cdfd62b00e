import type { Db } from "#lib/core/db.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";
import { isBeforeGap } from "#lib/core/restored-database.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { findAccounts, findByIds } from "#lib/mirror/read.ts";
import { isOtherOnItsWay, lockIncoming, sendAgain } from "#lib/posting/postings-of-payment.ts";
import { postingTarget } from "#lib/xero/organisations/pay-connections.ts";
import type { Share } from "../refunds/refund-rules.ts";
import { insertRefund, lockCapture, type Refund } from "../refunds/refund-store.ts";
import { type Given, isFree, move, othersOf, type Part, say } from "./allocate-surplus.ts";
import { excessOf, refuseOverpayment, roomOf } from "./surplus-rules.ts";
import { hasPolicyRefundFailed, isGoingBack, sourcesOf } from "./surplus-store.ts";

/** Where money goes that its invoice no longer takes. */
export type Destination =
  | { kind: "next_invoice" }
  | { kind: "overpayment" }
  | { kind: "refund" }
  /** This one, from that line alone when it is named. */
  | { kind: "invoice"; invoiceId: string; fromInvoiceId: string | null };

export type Settled =
  /** `refund` is kept, and the processor is to be asked for it. */
  | { kind: "settled"; refund: Refund | null }
  /** The invoices take all of it by now: it is sent again. */
  | { kind: "again" }
  /** Nothing was changed, for this reason. */
  | { kind: "not_now"; why: string };

type Asked = {
  postingId: string;
  captureId: string;
  to: Destination;
  /** Null: the firm's policy. */
  by: FirmCaller | null;
};

/**
 * Decides what becomes of what Xero refused because its invoice owes less by now, from what the mirror says: read the
 * invoices anew before. One transaction under the rows of the capture and of the posting takes it off there and puts it
 * in one other place, so that each cent has one outcome, however many come here at once.
 */
export async function settleSurplus(db: Db, { postingId, captureId, to, by }: Asked): Promise<Settled> {
  try {
    return await db.transaction((tx) => settle(tx, { postingId, captureId, to, by }));
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    return { kind: "not_now", why: error.message };
  }
}

async function settle(tx: Db, { postingId, captureId, to, by }: Asked): Promise<Settled> {
  const capture = await lockCapture(tx, { id: captureId });
  const sources = capture ? await sourcesOf(tx, captureId) : [];
  const posting = (await lockIncoming(tx, sources)).find((one) => one.id === postingId);
  if (!capture || posting?.state !== "refused") throw new NotNow("This payment is not waiting any more.");
  if (await isGoingBack(tx, captureId))
    throw new NotNow("Money of this payment is going back or is disputed. Wait until that is over.");
  if (!by && (await isBeforeGap(tx, capture.capturedAt)))
    throw new NotNow("It is from before the database was restored: a person decides.");
  if (await isOtherOnItsWay(tx, posting))
    throw new NotNow("Another payment of the same invoice is on its way to Xero. Try again in a minute.");
  const invoices = await findByIds(
    tx,
    posting.connectionId,
    posting.lines.map((line) => line.invoiceId),
  );
  if (invoices.length < posting.lines.length || invoices.some(({ isUnread }) => isUnread))
    throw new NotNow("Xero has not shown this invoice yet. Try again in a few minutes.");

  const excess = excessOf(posting.lines, (id) => {
    const invoice = invoices.find((one) => one.invoiceId === id);
    return invoice ? roomOf(invoice, posting.currency) : 0n;
  });
  const numbers = new Map(invoices.map(({ invoiceId, number }) => [invoiceId, number ?? ""]));
  const contacts = new Map(invoices.map(({ invoiceId, contactId }) => [invoiceId, contactId]));
  const given = { capture, posting, contacts, numbers, by };
  if (to.kind === "invoice") return toChosen(tx, given, { excess, to });
  if (excess.length === 0) {
    if (!by) throw new NotNow("The invoice takes all of it.");
    await sendAgain(tx, posting);
    return { kind: "again" };
  }
  return to.kind === "refund" ? toRefund(tx, given, excess) : toBooks(tx, given, { excess, to: to.kind });
}

/** Leaves the transaction without a trace. */
class NotNow extends Error {}

/** The posting stays as it is until the money has gone back; then Xero is told of the rest. */
async function toRefund(tx: Db, { capture, by }: Given, excess: Share[]): Promise<Settled> {
  if (!by && (await hasPolicyRefundFailed(tx, capture.id)))
    throw new NotNow("Its refund has failed before: a person decides.");
  const amountMinor = sumOf(excess.map((share) => share.amountMinor));
  const note = by
    ? "More than was owed by then."
    : "More than was owed by then: refunded by the firm's policy.";
  const refund = await insertRefund(
    tx,
    {
      firmId: capture.firmId,
      captureId: capture.id,
      processorAccountId: capture.processorAccountId,
      currency: capture.currency,
      amountMinor,
      note,
      ofSurplus: true,
      requestedBy: by?.actor.userId ?? null,
    },
    excess,
  );
  await say(tx, { capture, by }, "refund.asked", {
    ...{ refundId: refund.id, currency: capture.currency, minor: String(amountMinor), note },
  });
  return { kind: "settled", refund };
}

/** The next invoices take what they can; the rest, or all, is an overpayment. */
async function toBooks(
  tx: Db,
  given: Given,
  { excess, to }: { excess: Share[]; to: "next_invoice" | "overpayment" },
): Promise<Settled> {
  const { posting } = given;
  const taken: Part[] = [];
  for (const share of excess) {
    const candidates = to === "next_invoice" ? await othersOf(tx, given, share.invoiceId) : [];
    let left = share.amountMinor;
    for (const invoice of candidates) {
      if (left === 0n) break;
      const used = sumOf(
        taken.filter((part) => part.to?.invoiceId === invoice.invoiceId).map((part) => part.amountMinor),
      );
      const most = invoice.dueMinor - used;
      const amountMinor = atMost(left, most);
      if (amountMinor <= 0n || (used === 0n && !(await isFree(tx, given, { invoice, amountMinor }))))
        continue;
      taken.push({ from: share.invoiceId, to: invoice, amountMinor });
      left -= amountMinor;
    }
    if (left > 0n) taken.push({ from: share.invoiceId, to: null, amountMinor: left });
  }
  const { accountId } = await postingTarget(tx, posting.connectionId, given.capture.capturedAt);
  const { account } = await findAccounts(tx, posting.connectionId, accountId);
  const refusal = refuseOverpayment(account, posting.currency);
  const parts = refusal ? taken.filter((part) => part.to !== null) : taken;
  if (refusal && parts.length === 0) throw new NotNow(refusal);
  await move(tx, given, parts);
  return { kind: "settled", refund: null };
}

/** A person has chosen the invoice: it takes what it can of what is too much, or of the line that they chose. */
async function toChosen(
  tx: Db,
  given: Given,
  { excess, to }: { excess: Share[]; to: Extract<Destination, { kind: "invoice" }> },
): Promise<Settled> {
  const { lines } = given.posting;
  const from =
    to.fromInvoiceId ?? excess[0]?.invoiceId ?? (lines.length === 1 ? lines[0]?.invoiceId : undefined);
  const share = excess.find((one) => one.invoiceId === from) ?? lines.find((line) => line.invoiceId === from);
  if (!share) throw new NotNow("Choose which invoice's share is to be moved.");
  const invoice = (await othersOf(tx, given, share.invoiceId)).find((one) => one.invoiceId === to.invoiceId);
  if (!invoice) throw new NotNow("That invoice owes nothing, is another client's, or in another currency.");
  const amountMinor = atMost(share.amountMinor, invoice.dueMinor);
  if (!(await isFree(tx, given, { invoice, amountMinor })))
    throw new NotNow("That invoice is being paid at this moment. Choose another, or wait.");
  await move(tx, given, [{ from: share.invoiceId, to: invoice, amountMinor }]);
  return { kind: "settled", refund: null };
}
