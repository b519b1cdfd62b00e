import { and, eq, isNull, type SQLWrapper, sql } from "drizzle-orm";
import { linkTries } from "#db/schema/checkout.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { AT_FIRM, AT_INVOICE, type Counts, OF_CALLER } from "./link-guess-rules.ts";

export type Try = Pick<
  typeof linkTries.$inferSelect,
  "firmId" | "caller" | "question" | "invoiceKey" | "number"
>;

/** What was counted, and whether this question proved right before. */
export type Seen = Counts & { isRight: boolean };

/** Wrong questions of a day that are kept of one caller, and of all together who have no address. */
const KEPT_OF_CALLER = 200;
const KEPT_OF_UNKNOWN = 10_000;

/** Counts a question as a wrong one, once; no more of a caller who has asked so much already. */
export async function insertTry(
  db: Db,
  { firmId, caller, question, invoiceKey, number }: Try,
): Promise<void> {
  const kept = caller === "" ? KEPT_OF_UNKNOWN : KEPT_OF_CALLER;
  await db.execute(sql`
    insert into link_tries (firm_id, caller, question, invoice_key, number)
    select ${firmId}::uuid, ${caller}, ${question}, ${invoiceKey}, ${number}
    where (select count(*) from (
      select 1 from link_tries where firm_id = ${firmId}::uuid and caller = ${caller} and right_at is null
        and at > now() - interval '1 day' limit ${kept}) wrong) < ${kept}
    on conflict do nothing`);
}

type Asked = Record<"firmId" | "caller" | "question" | "invoiceKey", SQLWrapper>;

/** For a statement: the one row that `countTries` reads. */
export function selectCounts(db: Db, { firmId, caller, question, invoiceKey }: Asked) {
  const other = sql`not (caller = ${caller} and question = ${question})`;
  const own = sql`select 1 from link_tries where firm_id = ${firmId} and caller = ${caller} and question = ${question}`;
  /** So many of the wrong tries that fit and are not older, at most `limit`: no more of them need be looked at. */
  const wrong = (fits: SQLWrapper, age: string, limit: number) =>
    sql<number>`(select count(*)::int from (select 1 from link_tries where firm_id = ${firmId} and right_at is null
      and at > now() - ${sql.raw(`interval '${age}'`)} and ${fits} limit ${sql.raw(String(limit))}) wrong)`;
  const atInvoice = sql`invoice_key = ${invoiceKey} and ${other}`;
  return db
    .select({
      isCounted: sql<boolean>`exists (${own})`.as("is_counted"),
      isRight: sql<boolean>`exists (${own} and right_at is not null)`.as("is_right"),
      callerAtInvoice: wrong(sql`caller = ${caller} and ${atInvoice}`, "1 day", AT_INVOICE).as(
        "caller_at_invoice",
      ),
      ofCaller: wrong(sql`caller = ${caller} and ${other}`, "10 minutes", OF_CALLER).as("of_caller"),
      atFirm: wrong(other, "10 minutes", AT_FIRM).as("at_firm"),
      atInvoice: wrong(atInvoice, "1 day", AT_INVOICE).as("at_invoice"),
    })
    .from(sql`(select 1) one`);
}

const counted = prepared("link-tries", (db) =>
  selectCounts(db, {
    firmId: sql.placeholder("firmId"),
    caller: sql.placeholder("caller"),
    question: sql.placeholder("question"),
    invoiceKey: sql.placeholder("invoiceKey"),
  }),
);

/** What was wrong besides this question. Ask it after `insertTry` has ended: of two at once, one sees the other then. */
export async function countTries(db: Db, { firmId, caller, question, invoiceKey }: Try): Promise<Seen> {
  const [counts] = await counted(db, { firmId, caller, question, invoiceKey });
  if (!counts) throw new Error("Tries were not counted");
  return counts;
}

/** The question was a right one. */
export async function markRight(db: Db, { firmId, caller, question }: Try): Promise<void> {
  await db
    .update(linkTries)
    .set({ rightAt: sql`now()` })
    .where(
      and(
        eq(linkTries.firmId, firmId),
        eq(linkTries.caller, caller),
        eq(linkTries.question, question),
        isNull(linkTries.rightAt),
      ),
    );
}
