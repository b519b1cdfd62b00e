import { and, eq, inArray, not, or, type SQL, sql } from "drizzle-orm";
import { isWhole, KIND_NAMES, type PostingKind, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { CAUSE_WORDS } from "./cause-words.ts";
import type { Cause } from "./causes.ts";
import { causeOfPosting, kindInWords } from "./kinds/registry.ts";
import type { Posting } from "./store.ts";

/** What became of a document that stands in its posting's body. */
export type DocumentState = Pick<
  Posting,
  "sourceId" | "part" | "kind" | "reference" | "state" | "xeroId" | "dueAt" | "doneAt" | "body" | "message"
> & {
  postingId: string;
  /** What it comes to, in hundredths: as we reckon until it is in Xero, then as Xero had it. */
  totalMinor: bigint;
  /** Why Xero refused it, by kind and in words; null while it did not. */
  cause: CauseInWords | null;
  /** What of it Xero has refused since it was written: to void or delete it, a payment, setting it against an invoice. */
  refusals: RefusedStep[];
};

type CauseInWords = { cause: Cause; title: string; fix: string };

export type RefusedStep = Pick<Posting, "kind" | "reference" | "dueAt" | "message"> & {
  postingId: string;
  /** "Payment", "Removal of". */
  words: string;
  cause: CauseInWords;
};

/** What an order becomes in Xero, and the contact that it may need first. */
const DOCUMENTS: PostingKind[] = ["invoice", "purchase_order", "order_credit", "contact"];

/** The documents of these sources, by source. */
export async function documentStates(db: Db, sourceIds: string[]): Promise<Map<string, DocumentState>> {
  return statesOf(db, { sourceIds, kinds: DOCUMENTS });
}

/** What goes with an invoice, as its document goes. */
export type WentWith = Pick<DocumentState, "postingId" | "part" | "state" | "message" | "cause" | "doneAt">;

/** The e-mails of these invoices, or what became of these files, by source; of a file that went on several invoices, on the last. */
export async function wentWith(
  db: Db,
  kind: "attachment" | "invoice_email",
  sourceIds: string[],
): Promise<Map<string, WentWith>> {
  return statesOf(db, { sourceIds, kinds: [kind] });
}

async function statesOf(
  db: Db,
  { sourceIds, kinds }: { sourceIds: string[]; kinds: PostingKind[] },
): Promise<Map<string, DocumentState>> {
  if (sourceIds.length === 0) return new Map();
  // The index of sources begins with the kind.
  const rows = await db
    .select()
    .from(postings)
    .where(
      and(
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, KIND_NAMES),
        or(inArray(postings.kind, kinds), IS_REFUSED_STEP),
      ),
    )
    .orderBy(postings.part);
  const [documents, steps] = [true, false].map((is) =>
    rows.filter(({ kind }) => kinds.includes(kind) === is),
  );
  const refusals = Map.groupBy(steps ?? [], ({ sourceId }) => sourceId);
  return new Map(
    documents?.map((row): [string, DocumentState] => {
      const {
        id: postingId,
        sourceId,
        part,
        kind,
        reference,
        state,
        xeroId,
        dueAt,
        doneAt,
        body,
        message,
      } = row;
      const told = {
        ...{ postingId, sourceId, part, kind, reference, state, xeroId, dueAt, doneAt, body, message },
        totalMinor: row.amountMinor ?? 0n,
        cause: state === "refused" ? causeInWords(row) : null,
        refusals: (refusals.get(sourceId) ?? []).map(stepOf),
      };
      return [sourceId, told];
    }),
  );
}

/** What follows a document and Xero refused; what goes with an invoice is told apart. */
const IS_REFUSED_STEP = and(eq(postings.state, "refused"), not(isWhole(postings.kind)));

function causeInWords(posting: Posting): CauseInWords {
  const cause = causeOfPosting(posting);
  return { cause, ...CAUSE_WORDS[cause] };
}

function stepOf(posting: Posting): RefusedStep {
  const { id: postingId, kind, reference, dueAt, message } = posting;
  return {
    postingId,
    kind,
    reference,
    dueAt,
    message,
    words: kindInWords(kind),
    cause: causeInWords(posting),
  };
}

/** For a query of the room above: the sources of a firm's documents in one of these states; "refused" also by one of `refusals`. */
export function documentsIn(firmId: string, states: Posting["state"][]): SQL {
  const which = and(
    eq(postings.firmId, firmId),
    inArray(postings.state, states),
    or(inArray(postings.kind, DOCUMENTS), IS_REFUSED_STEP),
  );
  return sql`(select ${postings.sourceId} from ${postings} where ${which})`;
}

/** What these documents in an organisation were written for, by their ids in Xero; those that we did not write are left out. */
export async function sourcesInXero(
  db: Db,
  connectionId: string,
  xeroIds: string[],
): Promise<Map<string, string>> {
  if (xeroIds.length === 0) return new Map();
  const rows = await db
    .select({ xeroId: postings.xeroId, sourceId: postings.sourceId })
    .from(postings)
    .where(
      and(
        eq(postings.connectionId, connectionId),
        inArray(postings.xeroId, xeroIds),
        inArray(postings.kind, DOCUMENTS),
      ),
    );
  return new Map(rows.flatMap(({ xeroId, sourceId }) => (xeroId ? [[xeroId, sourceId] as const] : [])));
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
