import { formatMoney } from "#lib/core/money/money.ts";
import type { MirroredPayment } from "#lib/mirror/our-documents.ts";
import type { Written } from "#lib/posting/written-documents.ts";

/** What Xero shows of a document that we wrote. */
export type Shown = {
  /** By id, also deleted ones. */
  payments: Map<
    string,
    Pick<MirroredPayment, "status" | "amountMinor" | "currency" | "accountId" | "invoiceId">
  >;
  creditsGone: Set<string>;
  /** When the reading of Xero began that these come from. */
  readAt: Date;
};

export type Verdict =
  | { kind: "fine" }
  /** The reading does not show it at all: Xero itself must say. */
  | { kind: "ask" }
  | { kind: "xero_removed" | "xero_differs"; here: string; there: string };

/** A reading shows what was written so long before it began, whatever the clocks say. */
const SETTLED_MS = 5 * 60_000;

/** Whether Xero still has what we wrote, as we wrote it. */
export function compare(written: Written, { payments, creditsGone, readAt }: Shown): Verdict {
  const { currency, reference } = written;
  const here = (amountMinor: bigint) => `${formatMoney({ minor: amountMinor, currency })} under ${reference}`;
  if (creditsGone.has(written.xeroId)) {
    const credit = written.kind === "overpayment" ? "An overpayment" : "A credit note";
    return { kind: "xero_removed", here: `${credit} under ${reference}`, there: "Voided or deleted" };
  }
  const total = written.payments.reduce((sum, one) => sum + one.amountMinor, 0n);
  const seen = written.payments.map((ours) => ({ ours, theirs: payments.get(ours.paymentId) }));
  if (seen.some(({ theirs }) => theirs?.status === "DELETED"))
    return { kind: "xero_removed", here: here(total), there: "Deleted" };
  for (const { ours, theirs } of seen) {
    if (!theirs) continue;
    const there = `${formatMoney({ minor: theirs.amountMinor, currency: theirs.currency })}`;
    if (theirs.amountMinor !== ours.amountMinor || theirs.currency !== currency)
      return { kind: "xero_differs", here: here(ours.amountMinor), there };
    if (theirs.accountId !== null && theirs.accountId !== written.accountId)
      return { kind: "xero_differs", here: here(ours.amountMinor), there: `${there} on another account` };
    if (ours.invoiceId !== null && theirs.invoiceId !== ours.invoiceId)
      return { kind: "xero_differs", here: here(ours.amountMinor), there: `${there} on another invoice` };
  }
  const wasWritten = (written.doneAt?.getTime() ?? Infinity) < readAt.getTime() - SETTLED_MS;
  return seen.some(({ theirs }) => !theirs) && wasWritten ? { kind: "ask" } : { kind: "fine" };
}

type Named = {
  connectionId: string;
  state: string;
  xeroId: string | null;
  /** Why Xero refused it, if it did. */
  cause: string | null;
  amountMinor: bigint;
};

/**
 * What is odd about a living payment in Xero that looks like one of ours, held against the posting of that reference.
 * `since`: since when this firm writes from here; what is older is of the desk that was here before. A reference of
 * another organisation's posting was copied by a person: the payment is theirs. `inAll`: what living payments of the
 * organisation bear that reference, in hundredths: what Xero has refused and a person has entered under it comes to as much.
 */
export function oddOf(
  payment: { connectionId: string; subject: string; updatedAt: Date },
  posting: Named | undefined,
  since: Date | null,
  inAll: bigint,
): "xero_stray" | "xero_twice" | "xero_differs" | null {
  if (!posting) return since && payment.updatedAt >= since ? "xero_stray" : null;
  if (posting.connectionId !== payment.connectionId) return null;
  if (posting.state === "by_hand") {
    if (posting.cause === null || inAll > posting.amountMinor) return "xero_twice";
    return inAll === posting.amountMinor ? null : "xero_differs";
  }
  return posting.state === "done" && posting.xeroId !== payment.subject ? "xero_twice" : null;
}
