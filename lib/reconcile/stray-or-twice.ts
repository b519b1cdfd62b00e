import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import type { Books } from "#lib/mirror/books.ts";
import {
  livePaymentsReferred,
  type MirroredPayment,
  sumsReferred,
  type WhichPayments,
} from "#lib/mirror/our-documents.ts";
import { capturesOfDocuments } from "#lib/payments/refunds/read-refund.ts";
import { postingsNamed, writesSince } from "#lib/posting/written-documents.ts";
import { oddOf } from "./compare-rules.ts";
import type { NewBreak } from "./store.ts";

const PAGE = 500;

/** From Xero's side: of these payments, each that bears a reference of ours and is not the document that we wrote. */
export async function strayOrTwice(
  db: Db,
  { firmId, connectionId }: Books,
  which: WhichPayments,
): Promise<NewBreak[]> {
  const found = new Map<string, NewBreak>();
  const since = await writesSince(db, firmId);
  for (let after: string | null = ""; after !== null; ) {
    const page: MirroredPayment[] = await livePaymentsReferred(db, connectionId, {
      ...{ which, after, limit: PAGE },
    });
    after = page.length === PAGE ? (page.at(-1)?.paymentId ?? null) : null;
    const references = page.map(({ reference }) => reference ?? "");
    const postings = await postingsNamed(db, references);
    const sums = await sumsReferred(db, connectionId, references);
    for (const payment of page) {
      const { currency, amountMinor, reference } = payment;
      const subject = payment.batchPaymentId ?? payment.paymentId;
      const posting = postings.get(reference ?? "");
      const there = `${formatMoney({ minor: amountMinor, currency })} under ${reference}`;
      const where = { firmId, connectionId, subject, reference, there };
      const seen = { connectionId, subject, updatedAt: payment.updatedAt };
      const kind = oddOf(seen, posting, since, sums.get(reference ?? "") ?? 0n);
      if (kind === "xero_stray") found.set(subject, { ...where, kind, here: "Nothing", captureId: null });
      else if (kind && posting) {
        const captures = await capturesOfDocuments(db, [posting.sourceId]);
        const captureId = captures.get(posting.sourceId) ?? null;
        const whole = formatMoney({ minor: posting.amountMinor, currency: posting.currency });
        const here = posting.state === "by_hand" ? `${whole} marked as done by hand` : "In Xero once";
        found.set(subject, { ...where, kind, here, captureId });
      }
    }
  }
  return [...found.values()];
}
