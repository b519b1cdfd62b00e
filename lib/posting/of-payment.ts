import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { AGAIN, endByHand, listLines, type Posting } from "./store.ts";

/** The posting that tells Xero of a capture; no worker moves it until the transaction ends. */
export async function lockPayment(tx: Db, captureId: string): Promise<Posting | undefined> {
  const [row] = await tx
    .select()
    .from(postings)
    .where(and(eq(postings.sourceId, captureId), inArray(postings.kind, ["payment", "batch_payment"])))
    .for("update");
  return row;
}

/** The posting that moves a payout to the bank, kept still in the same way. */
export async function lockTransfer(tx: Db, payoutId: string): Promise<Posting | undefined> {
  const [row] = await tx
    .select()
    .from(postings)
    .where(and(eq(postings.sourceId, payoutId), eq(postings.kind, "transfer")))
    .for("update");
  return row;
}

/** There is nothing more to tell Xero of what it refused. */
export async function endRefused(tx: Db, { id: postingId, firmId }: Posting, note: string): Promise<void> {
  await endByHand(tx, { firmId, postingId, note });
}

/** So much less is to be written of a payment that Xero refused: it is tried again, or ends when nothing is left of it. */
export async function lessenRefused(
  tx: Db,
  payment: Posting,
  { shares, note }: { shares: { invoiceId: string; amountMinor: bigint }[]; note: string },
): Promise<void> {
  const lines = await listLines(tx, payment.id);
  const lessOf = (id: string) => shares.find(({ invoiceId }) => invoiceId === id)?.amountMinor ?? 0n;
  if (lines.every((line) => line.amountMinor <= lessOf(line.invoiceId))) {
    await endRefused(tx, payment, note);
    return;
  }
  for (const { invoiceId, amountMinor: less } of shares) {
    const line = and(eq(postingLines.postingId, payment.id), eq(postingLines.invoiceId, invoiceId));
    await tx.delete(postingLines).where(and(line, lte(postingLines.amountMinor, less)));
    await tx
      .update(postingLines)
      .set({ amountMinor: sql`${postingLines.amountMinor} - ${less}` })
      .where(line);
  }
  await tx.update(postings).set(AGAIN).where(eq(postings.id, payment.id));
}
