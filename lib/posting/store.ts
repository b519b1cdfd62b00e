import { and, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { isAfterItsFirst, isWhole, postingLines, postings } from "#db/schema/posting.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import type { PostedPayment } from "#lib/xero/api/types.ts";
import type { Cause } from "./causes.ts";
import { LEASE_SECONDS } from "./sending/rules.ts";

/** When what Xero refused is tried again: an hour later, then after twice the time, daily in the end. */
const REVISIT_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
/** The same of a kept row, in SQL. */
export const REVISIT_AFTER = sql`least(${REVISIT_SECONDS} * power(2, ${postings.keyRound} - 1), ${DAY_SECONDS})`;

/** The kinds that tell Xero of money that came: payments, and what became an overpayment. */
export const INCOMING = ["payment", "batch_payment", "overpayment"] as const;

/** What failures of a posting's steps are kept under. */
export const POSTING = "posting";

export type Posting = typeof postings.$inferSelect;
export type PostingLine = typeof postingLines.$inferSelect;
/** A posting that this worker holds, under the generation it was given. */
export type Claimed = Posting & { lines: PostingLine[] };

export async function insertPosting(
  db: Db,
  row: typeof postings.$inferInsert,
  lines: { invoiceId: string; amountMinor: bigint }[],
): Promise<string> {
  const [made] = await db.insert(postings).values(row).returning({ id: postings.id });
  if (!made) throw new Error("A posting was not written");
  const { firmId, connectionId } = row;
  if (lines.length > 0) {
    await db
      .insert(postingLines)
      .values(lines.map((line) => ({ postingId: made.id, firmId, connectionId, ...line })));
  }
  return made.id;
}

export async function isReferenceTaken(db: Db, reference: string): Promise<boolean> {
  const rows = await db.select({ id: postings.id }).from(postings).where(eq(postings.reference, reference));
  return rows.length > 0;
}

const IS_WHOLE = isWhole(postings.kind);

/**
 * Takes one due posting, or one whose worker outlived its lease; by the database clock, and never one twice. What an order
 * becomes goes when nothing else is due: what is paid is told first.
 */
export async function claimDue(db: Db): Promise<Claimed | undefined> {
  const due = sql`((${postings.state} in ('ready', 'unknown') and ${postings.dueAt} <= now())
      or (${postings.state} = 'sending' and ${postings.leaseUntil} < now()))`;
  const [first] = await claim(db, sql`${due} and not ${IS_WHOLE}`, 1);
  if (first) return first;
  const [whole] = await claim(db, sql`${due} and ${IS_WHOLE}`, 1);
  return whole;
}

/** More of the same kind for the same organisation that were never sent, and are due too. */
export async function claimAlike(
  db: Db,
  { connectionId, kind }: Claimed,
  atMost: number,
): Promise<Claimed[]> {
  return claim(
    db,
    sql`${postings.connectionId} = ${connectionId} and ${postings.kind} = ${kind} and ${postings.sends} = 0
      and ${postings.state} = 'ready' and ${postings.dueAt} <= now()`,
    atMost,
  );
}

/** What takes the place of a payment goes after it is off: the invoice would not take both. */
const IS_FREE_TO_GO = sql`not (${postings.kind} in ('payment', 'batch_payment') and exists (
  select 1 from postings removal where removal.kind = 'removal' and removal.source_id = ${postings.sourceId}
    and removal.state not in ('done', 'by_hand'))) and ${isAfterItsFirst(postings)}`;

/** What `due` says too, in the words of the indexes: PostgreSQL does not see that it does. */
const IS_OPEN = sql`${postings.state} in ('ready', 'sending', 'unknown')`;

async function claim(db: Db, due: SQL, atMost: number): Promise<Claimed[]> {
  const claimed = await db
    .update(postings)
    .set({
      state: "sending",
      generation: sql`${postings.generation} + 1`,
      leaseUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
    })
    .where(
      sql`${postings.id} = any(array(select ${postings.id} from ${postings} where (${due}) and ${IS_OPEN} and ${IS_FREE_TO_GO} order by ${postings.dueAt} limit ${atMost} for update skip locked))`,
    )
    .returning();
  return withLines(db, claimed);
}

/** With the lines of each, always in one order: a document sent again must be the same to the letter, or Xero refuses its key. */
export async function withLines(db: Db, found: Posting[]): Promise<Claimed[]> {
  if (found.length === 0) return [];
  const lines = await db
    .select()
    .from(postingLines)
    .where(
      inArray(
        postingLines.postingId,
        found.map(({ id }) => id),
      ),
    )
    .orderBy(postingLines.invoiceId);
  const byPosting = Map.groupBy(lines, (line) => line.postingId);
  return found.map((posting) => ({ ...posting, lines: byPosting.get(posting.id) ?? [] }));
}

/** By invoice. */
export async function listLines(db: Db, postingId: string): Promise<PostingLine[]> {
  return db
    .select()
    .from(postingLines)
    .where(eq(postingLines.postingId, postingId))
    .orderBy(postingLines.invoiceId);
}

/** What Xero refused goes again, after a look whether it is there by now. */
export const AGAIN = { state: "unknown", emptyLooks: 1, dueAt: sql`now()`, begunAt: sql`now()` } as const;

type Change = Partial<
  Pick<Posting, "state" | "sends" | "emptyLooks" | "keyRound" | "message" | "cause" | "body" | "accountId">
> & {
  inSeconds?: number;
};

/** Writes only while the claim is still ours: false means that a newer owner exists, and nothing was changed. */
export async function changeClaimed(
  db: Db,
  claimed: Posting,
  { inSeconds, ...change }: Change,
): Promise<boolean> {
  const leaves = change.state !== undefined && change.state !== "sending";
  const changed = await db
    .update(postings)
    .set({
      ...change,
      ...(leaves ? { leaseUntil: null } : {}),
      ...(inSeconds === undefined ? {} : { dueAt: sql`now() + make_interval(secs => ${inSeconds})` }),
    })
    .where(stillOurs(claimed))
    .returning({ id: postings.id });
  return changed.length === 1;
}

/** How often it may have been sent by now; undefined when a newer owner exists. */
export async function sendsOf(db: Db, claimed: Posting): Promise<number | undefined> {
  const [row] = await db.select({ sends: postings.sends }).from(postings).where(stillOurs(claimed));
  return row?.sends;
}

/**
 * Done, with Xero's ids on the posting and each line, and whatever follows; false when a newer owner exists. `differences`: what
 * Xero made of it that was not asked for, kept as its message. What a document of an order comes to is kept as Xero says it.
 */
export async function finishClaimed(
  db: Db,
  claimed: Claimed,
  {
    posted,
    differences,
    follow,
  }: {
    posted: PostedPayment & { said?: { totalMinor: bigint } | null };
    differences: string[];
    follow: (tx: Db) => Promise<void>;
  },
): Promise<boolean> {
  const message = differences.length > 0 ? differences.join(" ") : null;
  const total = posted.said && { amountMinor: posted.said.totalMinor };
  return db.transaction(async (tx) => {
    const done = await tx
      .update(postings)
      .set({ state: "done", xeroId: posted.xeroId, doneAt: sql`now()`, leaseUntil: null, message, ...total })
      .where(stillOurs(claimed))
      .returning({ id: postings.id });
    if (done.length === 0) return false;
    for (const line of posted.lines) {
      await tx
        .update(postingLines)
        .set({ xeroPaymentId: line.paymentId })
        .where(and(eq(postingLines.postingId, claimed.id), eq(postingLines.invoiceId, line.invoiceId)));
    }
    await record(tx, {
      firmId: claimed.firmId,
      actor: "worker",
      action: "posting.done",
      subject: `posting:${claimed.id}`,
      detail: {
        kind: claimed.kind,
        reference: claimed.reference,
        xeroId: posted.xeroId,
        payments: posted.lines.map((line) => `${line.invoiceId}=${line.paymentId}`).join(" "),
        ...(message === null ? {} : { differences: message }),
      },
    });
    await follow(tx);
    return true;
  });
}

/** Refused, with its cause, under a new idempotency key should a person try again: Xero remembers its answer under the old one. */
export async function refuseClaimed(
  db: Db,
  claimed: Claimed,
  { message, cause, body }: { message: string; cause: Cause; body: unknown },
): Promise<void> {
  await db.transaction(async (tx) => {
    const keyRound = claimed.keyRound + 1;
    const inSeconds = Math.min(REVISIT_SECONDS * 2 ** (keyRound - 1), DAY_SECONDS);
    if (!(await changeClaimed(tx, claimed, { state: "refused", message, cause, body, keyRound, inSeconds })))
      return;
    await record(tx, {
      firmId: claimed.firmId,
      actor: cause === "desk" ? "worker" : "xero",
      action: "posting.refused",
      subject: `posting:${claimed.id}`,
      detail: { reference: claimed.reference, message },
    });
  });
}

/** Ends a posting in one of these states for good; nothing of it is on its way any more. False when it is in none. */
export async function endByHand(
  tx: Db,
  {
    firmId,
    postingId,
    note,
    states,
  }: { firmId: string; postingId: string; note: string; states: readonly Posting["state"][] },
): Promise<boolean> {
  const ended = await tx
    .update(postings)
    .set({ state: "by_hand", message: note })
    .where(and(eq(postings.id, postingId), eq(postings.firmId, firmId), inArray(postings.state, [...states])))
    .returning({ id: postings.id });
  if (ended.length === 0) return false;
  await tx
    .update(postingLines)
    .set({ reflectedAt: sql`now()` })
    .where(and(eq(postingLines.postingId, postingId), isNull(postingLines.reflectedAt)));
  return true;
}

function stillOurs(claimed: Posting) {
  return and(
    eq(postings.id, claimed.id),
    eq(postings.generation, claimed.generation),
    eq(postings.state, "sending"),
  );
}

/** Marks lines whose payment Xero now lists on the invoice, or has taken off. */
export async function markReflected(db: Db, connectionId: string, paymentIds: string[]): Promise<void> {
  if (paymentIds.length === 0) return;
  await db
    .update(postingLines)
    .set({ reflectedAt: sql`now()` })
    .where(
      and(
        eq(postingLines.connectionId, connectionId),
        inArray(postingLines.xeroPaymentId, paymentIds),
        isNull(postingLines.reflectedAt),
      ),
    );
}

/**
 * Lines of done postings that no reading of the invoice has shown yet, of what a till took once the readings of changes should
 * have. The newest first: what stays unseen must not keep us from the rest.
 */
export async function listDoneUnreflected(
  db: Db,
): Promise<{ firmId: string; connectionId: string; invoiceId: string; paymentId: string | null }[]> {
  const { firmId, connectionId, invoiceId, xeroPaymentId: paymentId } = postingLines;
  return db
    .select({ firmId, connectionId, invoiceId, paymentId })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(
      and(
        isNull(postingLines.reflectedAt),
        eq(postings.state, "done"),
        // Two turns of reading changes (lib/mirror/kinds.ts) show what a till took.
        sql`(${postings.body} is null or ${postings.doneAt} < now() - interval '11 minutes')`,
      ),
    )
    .orderBy(desc(postings.doneAt))
    .limit(200);
}
