import { type Db, databaseNow } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money.ts";
import type { Books } from "#lib/mirror/books.ts";
import {
  creditsGone,
  livePaymentsReferred,
  type MirroredPayment,
  paymentsByIds,
  paymentsReadAt,
} from "#lib/mirror/our-documents.ts";
import { capturesOfDocuments } from "#lib/payments/read-refund.ts";
import { isThere, postingsNamed, type Written, writesSince, writtenDocuments } from "#lib/posting/in-xero.ts";
import { endOthers, noteBreak } from "./breaks.ts";
import { compare, oddOf } from "./rules.ts";
import type { BreakKind, NewBreak } from "./store.ts";

const PAGE = 500;

/** Of documents that the mirror does not show at all, this many a turn are asked for in Xero: each is a call. */
const MOST_ASKED = 20;

/**
 * Holds what we wrote to Xero against what the mirror has of it, in both directions, a page at a time, and keeps what
 * disagrees. Makes no call for what the mirror shows. Throws XeroFault.
 */
export async function compareXero(db: Db, books: Books): Promise<void> {
  const readAt = await paymentsReadAt(db, books.connectionId);
  if (!readAt) return;
  const before = await databaseNow(db);
  const { found: odd, isWhole } = await goneOrChanged(db, books, readAt);
  const found = [...odd, ...(await strayOrTwice(db, books))];
  for (const one of found) await noteBreak(db, one);
  const { firmId, connectionId } = books;
  const looked: BreakKind[] = ["xero_differs", "xero_stray", "xero_twice"];
  // What there was no call left for may be missing still.
  const kinds = isWhole ? [...looked, "xero_removed" as const] : looked;
  await endOthers(db, firmId, { kinds, connectionId, before }, found);
}

/** From our side: each document that should be there. */
async function goneOrChanged(
  db: Db,
  { firmId, connectionId }: Books,
  readAt: Date,
): Promise<{ found: NewBreak[]; isWhole: boolean }> {
  const found: NewBreak[] = [];
  let asked = 0;
  for (let after: string | null = "00000000-0000-0000-0000-000000000000"; after; ) {
    const page: Awaited<ReturnType<typeof writtenDocuments>> = await writtenDocuments(db, connectionId, {
      after,
      limit: PAGE,
    });
    after = page.after;
    const ids = page.rows.flatMap((row) => row.payments.map(({ paymentId }) => paymentId));
    const credits = page.rows
      .filter(({ kind }) => kind === "credit_note" || kind === "overpayment")
      .map(({ xeroId }) => xeroId);
    const shown = {
      payments: await paymentsByIds(db, connectionId, ids),
      creditsGone: await creditsGone(db, connectionId, credits),
      readAt,
    };
    const odd: { written: Written; kind: NewBreak["kind"]; here: string; there: string }[] = [];
    for (const written of page.rows) {
      const verdict = compare(written, shown);
      if (verdict.kind === "ask") {
        asked += 1;
        if (asked > MOST_ASKED || (await isThere(db, connectionId, written))) continue;
        const here = `A payment under ${written.reference}`;
        odd.push({ written, kind: "xero_removed", here, there: "Xero does not know it" });
      } else if (verdict.kind !== "fine") {
        odd.push({ written, ...verdict });
      }
    }
    const captures = await capturesOfDocuments(
      db,
      odd.map(({ written }) => written.sourceId),
    );
    for (const { written, ...said } of odd) {
      const captureId = captures.get(written.sourceId) ?? null;
      const { xeroId: subject, reference } = written;
      found.push({ firmId, connectionId, captureId, subject, reference, ...said });
    }
  }
  return { found, isWhole: asked <= MOST_ASKED };
}

/** From Xero's side: each payment that bears a reference of ours. */
async function strayOrTwice(db: Db, { firmId, connectionId }: Books): Promise<NewBreak[]> {
  const found = new Map<string, NewBreak>();
  const since = await writesSince(db, firmId);
  for (let after: string | null = ""; after !== null; ) {
    const page: MirroredPayment[] = await livePaymentsReferred(db, connectionId, { after, limit: PAGE });
    after = page.length === PAGE ? (page.at(-1)?.paymentId ?? null) : null;
    const postings = await postingsNamed(
      db,
      page.map(({ reference }) => reference ?? ""),
    );
    for (const payment of page) {
      const { currency, amountMinor, reference } = payment;
      const subject = payment.batchPaymentId ?? payment.paymentId;
      const posting = postings.get(reference ?? "");
      const there = `${formatMoney({ minor: amountMinor, currency })} under ${reference}`;
      const where = { firmId, connectionId, subject, reference, there };
      const kind = oddOf({ connectionId, subject, updatedAt: payment.updatedAt }, posting, since);
      if (kind === "xero_stray") found.set(subject, { ...where, kind, here: "Nothing", captureId: null });
      if (kind === "xero_twice" && posting) {
        const captures = await capturesOfDocuments(db, [posting.sourceId]);
        const captureId = captures.get(posting.sourceId) ?? null;
        const here = posting.state === "by_hand" ? "Marked as done by hand" : "In Xero once";
        found.set(subject, { ...where, kind, here, captureId });
      }
    }
  }
  return [...found.values()];
}
