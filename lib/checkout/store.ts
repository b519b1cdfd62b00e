import { and, desc, eq, gt, isNull, lt, type SQLWrapper, sql } from "drizzle-orm";
import { checkoutLines, checkouts, emailCodes } from "#db/schema/checkout.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { prepared } from "#lib/core/prepared.ts";

export type Checkout = typeof checkouts.$inferSelect;
export type CheckoutLine = Pick<
  typeof checkoutLines.$inferSelect,
  "invoiceId" | "number" | "amountMinor" | "partOfMinor"
>;
export type EmailCode = typeof emailCodes.$inferSelect;

/** The new checkout's id. */
export async function insertCheckout(
  tx: Db,
  row: typeof checkouts.$inferInsert,
  lines: CheckoutLine[],
): Promise<string> {
  const [made] = await tx.insert(checkouts).values(row).returning({ id: checkouts.id });
  if (!made) throw new Error("A checkout was not written");
  await tx
    .insert(checkoutLines)
    .values(lines.map((line) => ({ checkoutId: made.id, firmId: row.firmId, ...line })));
  return made.id;
}

export async function findCheckout(db: Db, firmId: string, token: string): Promise<Checkout | undefined> {
  const [row] = await db
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.firmId, firmId), eq(checkouts.tokenHash, hashOf(token))));
  return row;
}

/** For a statement: what `checkoutIdsOf` reads. */
export function selectCheckoutIds(db: Db, tokenHashes: SQLWrapper) {
  return db
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(sql`${checkouts.tokenHash} = any(${tokenHashes})`);
}

const idsOf = prepared("checkout-ids", (db) => selectCheckoutIds(db, sql.placeholder("tokenHashes")));

export async function checkoutIdsOf(db: Db, tokenHashes: string[]): Promise<string[]> {
  return tokenHashes.length === 0 ? [] : (await idsOf(db, { tokenHashes })).map(({ id }) => id);
}

export async function getCheckout(db: Db, id: string): Promise<Checkout | undefined> {
  const [row] = await db.select().from(checkouts).where(eq(checkouts.id, id));
  return row;
}

export async function listLines(db: Db, checkoutId: string): Promise<CheckoutLine[]> {
  return db
    .select({
      invoiceId: checkoutLines.invoiceId,
      number: checkoutLines.number,
      amountMinor: checkoutLines.amountMinor,
      partOfMinor: checkoutLines.partOfMinor,
    })
    .from(checkoutLines)
    .where(eq(checkoutLines.checkoutId, checkoutId))
    .orderBy(checkoutLines.number);
}

export async function replaceLines(tx: Db, checkout: Checkout, lines: CheckoutLine[]): Promise<void> {
  await tx.delete(checkoutLines).where(eq(checkoutLines.checkoutId, checkout.id));
  await tx
    .insert(checkoutLines)
    .values(lines.map((line) => ({ checkoutId: checkout.id, firmId: checkout.firmId, ...line })));
}

export async function changeCheckout(
  db: Db,
  id: string,
  change: Pick<Checkout, "payerName" | "payerEmail">,
): Promise<void> {
  await db.update(checkouts).set(change).where(eq(checkouts.id, id));
}

export async function insertCode(db: Db, row: typeof emailCodes.$inferInsert): Promise<void> {
  await db.insert(emailCodes).values(row);
}

export async function getCode(db: Db, id: string): Promise<EmailCode | undefined> {
  const [row] = await db.select().from(emailCodes).where(eq(emailCodes.id, id));
  return row;
}

/** The code is sent: neither it nor where it went is needed any more. */
export async function forgetSent(db: Db, id: string): Promise<void> {
  await db.update(emailCodes).set({ sealedCode: null, sentTo: null }).where(eq(emailCodes.id, id));
}

const isLive = and(isNull(emailCodes.usedAt), gt(emailCodes.expiresAt, sql`now()`));

/**
 * Counts a try at the contact's newest code that can still be used, as a wrong one until it proves right; undefined when
 * there is none, or all its tries are spent.
 */
export async function countTry(
  db: Db,
  { connectionId, contactId }: { connectionId: string; contactId: string },
  tries: number,
): Promise<Pick<EmailCode, "id" | "codeHash" | "wrongTries"> | undefined> {
  const newest = db
    .select({ id: emailCodes.id })
    .from(emailCodes)
    .where(and(eq(emailCodes.connectionId, connectionId), eq(emailCodes.contactId, contactId), isLive))
    .orderBy(desc(emailCodes.createdAt))
    .limit(1);
  const [counted] = await db
    .update(emailCodes)
    .set({ wrongTries: sql`${emailCodes.wrongTries} + 1` })
    .where(and(eq(emailCodes.id, newest), lt(emailCodes.wrongTries, tries), isLive))
    .returning({ id: emailCodes.id, codeHash: emailCodes.codeHash, wrongTries: emailCodes.wrongTries });
  return counted;
}

/** True once: a code opens one door one time. */
export async function takeCode(db: Db, id: string): Promise<boolean> {
  const used = await db
    .update(emailCodes)
    .set({ usedAt: sql`now()`, sealedCode: null })
    .where(and(eq(emailCodes.id, id), isLive))
    .returning({ id: emailCodes.id });
  return used.length === 1;
}
