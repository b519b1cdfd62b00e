/** Test only: payments of invoices, at every step that one can be at, straight into the tables. */
import { checkouts } from "#db/schema/checkout.ts";
import type { invoices } from "#db/schema/mirror.ts";
import { attempts, captures, holds } from "#db/schema/payments.ts";
import { postingLines, postings } from "#db/schema/posting.ts";
import { disputeLines, disputeMoves, disputes, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { chooser } from "../seeded.ts";

type Sale = typeof invoices.$inferSelect;

const DAY = 86_400_000;

/**
 * For most of these invoices: someone is at the processor's page, has given a bank debit or has gone; money is on its way to
 * the books, in them, or went back. The hashes of the checkouts' tokens.
 */
export async function makePayments(
  db: Db,
  { seed, sales, accounts }: { seed: number; sales: Sale[]; accounts: { id: string; firmId: string }[] },
): Promise<string[]> {
  const { pick, oneIn, many, hex, uuid, ago } = chooser(seed + 1_000);
  const tokenHashes: string[] = [];
  for (const { firmId, connectionId, contactId, invoiceId, currency, dueMinor, number } of sales) {
    const account = accounts.find((one) => one.firmId === firmId);
    if (!account || oneIn(3)) continue;
    const processorAccountId = account.id;
    const [checkoutId, attemptId] = [uuid(), uuid()];
    const amountMinor = dueMinor > 1n ? pick(dueMinor, dueMinor / 2n) : 100n;
    const owner = { firmId, connectionId };
    const tokenHash = hex(64);
    tokenHashes.push(tokenHash);
    await db
      .insert(checkouts)
      .values({ ...owner, id: checkoutId, tokenHash, contactId, currency, backPath: "/pay" });
    const how = pick("open", "debit", "debit", "released", "captured", "captured", "captured");
    const state = { open: "open", debit: "submitted", released: "closed", captured: "captured" } as const;
    await db.insert(attempts).values({
      ...{
        ...owner,
        id: attemptId,
        checkoutId,
        processorAccountId,
        state: state[how],
        currency,
      },
      ...{ amountMinor, createdAt: ago(DAY), expiresAt: new Date(Date.now() + pick(-1, 1) * 600_000) },
      submittedAt: how === "debit" ? ago(DAY) : null,
    });
    const hold = how === "debit" ? "open" : how;
    await db.insert(holds).values({
      ...{ ...owner, attemptId, invoiceId, invoiceNumber: number ?? "", amountMinor, state: hold },
      ...{ createdAt: ago(DAY), endedAt: hold === "open" ? null : ago(DAY) },
    });
    if (how !== "captured") continue;
    const captureId = uuid();
    await db.insert(captures).values({
      ...{
        ...owner,
        id: captureId,
        attemptId,
        processorAccountId,
        objectRef: hex(12),
        currency,
      },
      ...{ amountMinor, capturedAt: ago(DAY) },
    });
    const about = { ...owner, accountId: "clearing", currency, date: "2026-11-20" };
    for (const part of many(1, 2, (at) => at)) {
      const posting = pick(
        "ready",
        "sending",
        "unknown",
        "done",
        "done",
        "done",
        "done",
        "refused",
        "by_hand",
      );
      const [made] = await db
        .insert(postings)
        .values({
          ...{
            ...about,
            kind: pick("payment", "batch_payment"),
            sourceId: captureId,
            part,
            reference: hex(12),
          },
          ...{ state: posting, createdAt: ago(DAY), leaseUntil: posting === "sending" ? ago(DAY) : null },
          ...(posting === "done" ? { xeroId: hex(12), doneAt: ago(DAY) } : {}),
        })
        .returning();
      const reflectedAt = posting === "done" && !oneIn(3) ? ago(DAY) : null;
      if (made)
        await db
          .insert(postingLines)
          .values({ ...owner, postingId: made.id, invoiceId, amountMinor, reflectedAt });
    }
    const takenOff = {
      ...about,
      kind: pick("credit_note", "removal", "chore"),
      targetId: invoiceId,
      amountMinor,
    };
    if (oneIn(3)) {
      const refund = { firmId, captureId, processorAccountId, currency, amountMinor };
      await db.insert(refunds).values({ ...refund, state: pick("succeeded", "pending"), objectRef: hex(12) });
      await db.insert(postings).values({ ...takenOff, sourceId: uuid(), reference: hex(12) });
    }
    if (oneIn(3)) {
      const [disputeId, moveId] = [uuid(), uuid()];
      await db.insert(disputes).values({
        ...{
          id: disputeId,
          firmId,
          captureId,
          processorAccountId,
          objectRef: hex(12),
          currency,
        },
        ...{
          state: pick("open", "won", "lost"),
          amountMinor,
          withdrawnMinor: amountMinor,
          reason: "fraudulent",
        },
        ...{ askedAt: ago(DAY), openedAt: ago(DAY) },
      });
      await db.insert(disputeMoves).values({ id: moveId, firmId, disputeId, captureId, amountMinor });
      await db.insert(disputeLines).values({ moveId, firmId, invoiceId, amountMinor });
      await db.insert(postings).values({ ...takenOff, sourceId: moveId, reference: hex(12) });
    }
  }
  return tokenHashes;
}
