import "server-only";
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { letters } from "#db/schema/mail.ts";
import type { Db } from "#lib/core/db.ts";
import { lastReason } from "#lib/core/failures/failures.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { LETTER } from "./send.ts";

const WORDS: Record<(typeof letters.$inferSelect)["kind"], string> = {
  receipt: "Receipt",
  code: "Code",
  alert: "Alert",
  "debit-failed": "E-mail about a failed bank debit",
  refund: "E-mail about a refund",
  surplus: "E-mail about an overpayment",
  "password-link": "Password link",
};

/** E-mails of firms that were promised and not delivered; the oldest first. A code or a password link is asked for anew instead. */
export async function unfinishedLetters(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await db
    .select({
      id: letters.id,
      firmId: letters.firmId,
      kind: letters.kind,
      recipient: letters.recipient,
      since: letters.createdAt,
      reason: lastReason(LETTER, letters.id),
    })
    .from(letters)
    .where(
      and(
        isNull(letters.sentAt),
        isNull(letters.endedAt),
        isNotNull(letters.firmId),
        sql`${letters.kind} not in ('code', 'password-link')`,
        // What an older one said is on the list itself.
        sql`(${letters.kind} <> 'alert' or ${letters.createdAt} > now() - interval '2 days')`,
        sql`${letters.createdAt} <= now() - make_interval(mins => ${minutes})`,
        firmId ? eq(letters.firmId, firmId) : undefined,
      ),
    )
    .orderBy(asc(letters.createdAt));
  return rows.map(({ kind, recipient, firmId: of, ...row }) => ({
    ...row,
    firmId: of ?? "",
    what: `${WORDS[kind]} to ${recipient}`,
    money: null,
    failure: { kind: LETTER, item: row.id },
  }));
}

/** What a firm's undelivered e-mail is about. */
export async function findUnsent(
  db: Db,
  firmId: string,
  id: string,
): Promise<Pick<typeof letters.$inferSelect, "kind" | "subjectKey" | "recipient"> | undefined> {
  const [row] = await db
    .select({ kind: letters.kind, subjectKey: letters.subjectKey, recipient: letters.recipient })
    .from(letters)
    .where(
      and(eq(letters.id, id), eq(letters.firmId, firmId), isNull(letters.sentAt), isNull(letters.endedAt)),
    );
  return row;
}

/** It need not be sent any more. False when it was sent, or ended before. */
export async function endLetter(tx: Db, firmId: string, id: string): Promise<boolean> {
  const ended = await tx
    .update(letters)
    .set({ endedAt: sql`now()` })
    .where(
      and(eq(letters.id, id), eq(letters.firmId, firmId), isNull(letters.sentAt), isNull(letters.endedAt)),
    )
    .returning({ id: letters.id });
  return ended.length === 1;
}

/** The keys of e-mails to a firm's staff that begin so, sent or not. */
export async function alertKeys(db: Db, firmId: string, beginning: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ key: letters.subjectKey })
    .from(letters)
    .where(
      and(
        eq(letters.firmId, firmId),
        eq(letters.kind, "alert"),
        sql`starts_with(${letters.subjectKey}, ${beginning})`,
      ),
    );
  return rows.map(({ key }) => key);
}
