import type { Db } from "#lib/core/db.ts";
import type { Books } from "#lib/mirror/books.ts";
import { creditsGone, paymentsByIds } from "#lib/mirror/our-documents.ts";
import { capturesOfDocuments } from "#lib/payments/refunds/read-refund.ts";
import {
  isThere,
  type WhichWritten,
  type Written,
  writtenDocuments,
} from "#lib/posting/written-documents.ts";
import { compare } from "./compare-rules.ts";
import type { NewBreak } from "./store.ts";

const PAGE = 500;

/** Of documents that the mirror does not show at all, this many a turn are asked for in Xero: each is a call. */
const MOST_ASKED = 20;

/** How many were, over a whole turn; `isOver` when there were more to ask for. */
export type Asked = { count: number; isOver?: boolean };

/** From our side: of these documents, each that is not in Xero as we wrote it. Throws XeroFault. */
export async function goneOrChanged(
  db: Db,
  { firmId, connectionId }: Books,
  { which, readAt, asked }: { which: WhichWritten; readAt: Date; asked: Asked },
): Promise<NewBreak[]> {
  const found: NewBreak[] = [];
  for (let after: string | null = "00000000-0000-0000-0000-000000000000"; after; ) {
    const page: Awaited<ReturnType<typeof writtenDocuments>> = await writtenDocuments(db, connectionId, {
      ...{ which, after, limit: PAGE },
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
        asked.count += 1;
        if (asked.count > MOST_ASKED) asked.isOver = true;
        if (asked.isOver || (await isThere(db, connectionId, written))) continue;
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
  return found;
}
