import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { letters } from "#db/schema/mail.ts";
import type { Db } from "#lib/core/db.ts";

/** What goes to clients; the rest goes to staff. */
const TO_CLIENTS = ["receipt", "code", "debit-failed", "refund", "surplus"] as const;

/** Erases this address from the record of what a firm's clients were sent. Says what each was: its kind, and what it was about. */
export async function eraseRecipient(
  db: Db,
  firmId: string,
  email: string,
): Promise<{ kind: string; subjectKey: string }[]> {
  return db
    .update(letters)
    .set({ recipient: sql`'erased:' || ${letters.id}` })
    .where(
      and(
        eq(letters.firmId, firmId),
        inArray(letters.kind, [...TO_CLIENTS]),
        sql`lower(${letters.recipient}) = lower(${email})`,
      ),
    )
    .returning({ kind: letters.kind, subjectKey: letters.subjectKey });
}
