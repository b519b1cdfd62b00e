import type { Db } from "#lib/core/db.ts";
import type { PostedPayment, WrittenDocument } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import type { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { Sign } from "../causes.ts";
import type { Claimed, Posting } from "../store.ts";

/** A document as it stands in Xero; of an order's, also what it says there. */
export type Posted = PostedPayment & Partial<WrittenDocument>;

/**
 * How one kind of document is written to Xero, found there, followed and told. Each kind is a file of this folder and a line of
 * registry.ts. Whether it moves the clearing account stands in read-clearing.ts, whether it is compared with Xero in
 * written-documents.ts.
 */
export type DocumentKind = {
  /** What it is called on a list of things to do, before its reference. */
  words: string;
  /** What Xero's words mean when it refuses one of this kind; the first that fits. */
  refusals?: Sign[];
  /** Reads what the document must say, once, before it is sent: it is kept, and every send says the same. Throws XeroFault. */
  prepare?(xero: XeroApi, posting: Claimed): Promise<object>;
  /** Writes it to Xero under this Idempotency-Key; `db` for what its body only names. Throws XeroFault. */
  send(xero: XeroApi, posting: Claimed, idempotencyKey: string, db: Db): Promise<Posted>;
  /** How several are written in one call; without it, each goes by itself. */
  together?: Together;
  /** What Xero has of it: more than one only when a slow send of ours came through after all. Throws XeroFault. */
  find(xero: XeroApi, posting: Posting): Promise<Posted[]>;
  /** What Xero made of it that was not asked for, in sentences. */
  differences?(posting: Posting, posted: Posted): string[];
  /** What must be in Xero next, promised in the transaction that says that this is. */
  follow?(tx: Db, posting: Claimed, posted: Posted): Promise<void>;
};

/** How documents of one kind, of one organisation and never sent before, go in one call. */
export type Together = {
  /** So many at most. */
  most: number;
  /** So many before Xero has answered; of what it can't take twice more may be in doubt at once. */
  atFirst: number;
  /** Those of these that may. */
  fitting(db: Db, postings: Claimed[]): Promise<Claimed[]>;
  /** By reference; one that Xero does not mention is missing. Throws XeroFault when the whole call failed. */
  send(xero: XeroApi, postings: Claimed[], idempotencyKey: string): Promise<Map<string, Posted | XeroFault>>;
  /** Whether Xero by itself refuses a second one, so that one of a call that comes late can't double what was sent anew. */
  isTakenOnce(posting: Posting): boolean;
};

/** How a document that stands in Xero is taken back there, and whether it still stands. Throws XeroFault. */
export type TakenBack = {
  takeBack(xero: XeroApi, xeroId: string, idempotencyKey: string): Promise<void>;
  isThere(xero: XeroApi, xeroId: string): Promise<boolean>;
};

/** A posting that pays one amount and aims at something. */
export type Aimed = Claimed & { targetId: string; amountMinor: bigint };

/** The database sees to it that these kinds have both (POSTING_KINDS). */
export function aimed({ targetId, amountMinor, ...posting }: Claimed): Aimed {
  if (targetId === null || amountMinor === null) throw new Error(`Posting ${posting.id} aims at nothing`);
  return { ...posting, targetId, amountMinor };
}
