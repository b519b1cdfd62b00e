import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { isWhole, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { CAUSE_WORDS } from "./cause-words.ts";
import type { Cause } from "./causes.ts";
import { causeOfPosting } from "./kinds/registry.ts";
import type { Posting } from "./store.ts";

/** What became of a document that stands in its posting's body. */
export type DocumentState = Pick<
  Posting,
  "sourceId" | "kind" | "reference" | "state" | "xeroId" | "dueAt" | "doneAt" | "body" | "message"
> & {
  postingId: string;
  /** Why Xero refused it, by kind and in words; null while it did not. */
  cause: { cause: Cause; title: string; fix: string } | null;
};

/** The documents of these sources, by source. */
export async function documentStates(db: Db, sourceIds: string[]): Promise<Map<string, DocumentState>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(postings)
    .where(and(inArray(postings.sourceId, sourceIds), isWhole(postings.kind)));
  return new Map(
    rows.map((row) => {
      const { id: postingId, sourceId, kind, reference, state, xeroId, dueAt, doneAt, body, message } = row;
      const cause = state === "refused" ? causeOfPosting(row) : null;
      const why = cause && { cause, ...CAUSE_WORDS[cause] };
      return [
        sourceId,
        { postingId, sourceId, kind, reference, state, xeroId, dueAt, doneAt, body, message, cause: why },
      ];
    }),
  );
}

/** For a query of the room above: the sources of a firm's documents in one of these states. */
export function documentsIn(firmId: string, states: Posting["state"][]): SQL {
  return sql`(select ${postings.sourceId} from ${postings} where ${and(eq(postings.firmId, firmId), isWhole(postings.kind), inArray(postings.state, states))})`;
}

/** The posting that makes this contact, and its ContactID once it is there; undefined while there is none. */
export async function contactPosting(
  tx: Db,
  sourceId: string,
): Promise<{ postingId: string; contactId: string | null } | undefined> {
  const [row] = await tx
    .select({ postingId: postings.id, contactId: postings.xeroId })
    .from(postings)
    .where(and(eq(postings.kind, "contact"), eq(postings.sourceId, sourceId)))
    .for("share");
  return row;
}
